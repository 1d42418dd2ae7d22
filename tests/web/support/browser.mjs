// A real headless Chromium with graphics made of software, and pages that keep account of what must not happen on them.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const USUAL = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--enable-unsafe-swiftshader"];
/** Browsers by what they can draw with. */
const KINDS = {
  // The last three put the canvas, and the WebGL context that takes its picture in the room view, on the same software card.
  webgpu: ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--use-angle=swiftshader", "--enable-features=Vulkan", "--use-vulkan=swiftshader"],
  /** Without a card WebGPU gives no adapter unless it is asked for the one made of software. */
  webgl: [],
  neither: ["--disable-3d-apis"],
};

/** Software drawing on a busy machine needs its time. */
export const PATIENCE_MS = 60_000;

/** Launches a browser of one of the kinds `webgpu`, `webgl`, `neither`. */
export function launch(kind = "webgpu") {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...USUAL, ...KINDS[kind]] });
}

/** The head of every page that tests write: as strict as a careful shop's. */
export const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'";

/**
 * A page of its own context, with an account: `foreign` requests that left this machine, `violations` of the security
 * policy, `problems` (errors of scripts). Close it with `close`.
 */
export async function openPage(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 800, height: 600 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const account = { foreign: [], violations: [], problems: [], requests: [] };
  page.on("request", (request) => {
    const url = new URL(request.url());
    account.requests.push(url.href);
    if (!["blob:", "data:"].includes(url.protocol) && url.origin !== origin) account.foreign.push(url.href);
  });
  page.on("pageerror", (error) => account.problems.push(String(error)));
  await page.exposeFunction("tellViolation", (text) => account.violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => tellViolation(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
    window.heard = [];
    for (const name of ["load", "error", "progress", "warning", "camera-change", "model-visibility", "poster-dismissed", "variant-applied", "environment-change", "play", "pause", "loop", "finished", "ar-status", "ar-tracking", "context-restored", "analytics"]) {
      document.addEventListener(name, (event) => {
        if (event instanceof CustomEvent) window.heard.push({ name, detail: event.detail, bubbles: event.bubbles, composed: event.composed });
      });
    }
  });
  return { page, context, account, close: () => context.close() };
}

/** Opens a page that holds only this HTML, with the element's script; `prepare` has the page before that. */
export async function openHtml(browser, origin, body, options = {}) {
  const opened = await openPage(browser, origin, options);
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${STRICT}">
    <link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/test.css"><script type="module" src="/vitrine-view.js"></script></head><body>${body}</body></html>`;
  await opened.page.route("**/test.html", (route) => route.fulfill({ contentType: "text/html", body: html }));
  await opened.page.route("**/test.css", (route) => route.fulfill({ contentType: "text/css", body: "body{margin:0;background:#fff}vitrine-view{width:400px;height:300px}" }));
  for (const [path, route] of Object.entries(options.routes ?? {})) await opened.page.route(path, route);
  await options.prepare?.(opened.page);
  await opened.page.goto(`${origin}/test.html`);
  return opened;
}

/** Waits for an event that the element sent; gives its detail. */
export async function heard(page, name, count = 1) {
  const handle = await page.waitForFunction(([name, count]) => window.heard.filter((event) => event.name === name)[count - 1], [name, count]);
  return (await handle.jsonValue()).detail;
}

/** Waits until the product is drawn, with its last picture, and what comes after the first one is there. */
export async function shown(page, selector = "vitrine-view") {
  await page.waitForFunction((selector) => document.querySelector(selector)?.modelIsVisible && document.querySelector(selector).model, selector);
  await settled(page, selector);
}

/** Waits until the picture rests: no frame was drawn for a while. */
export async function settled(page, selector = "vitrine-view") {
  await page.waitForFunction(async (selector) => {
    const view = document.querySelector(selector);
    const before = view.query("frames");
    await new Promise((done) => setTimeout(done, 400));
    return view.query("frames") === before;
  }, selector);
}

/** Nothing left this machine, nothing broke the policy, no script failed. */
export function assertClean(account) {
  assert.deepEqual(account.foreign, [], "requests left this machine");
  assert.deepEqual(account.violations, [], "the security policy was broken");
  assert.deepEqual(account.problems, [], "scripts failed");
}
