// The element on a page: starts when it is near, lives beside others, moves, goes and comes back, and leaves nothing behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean, heard, openHtml, shown } from "./support/browser.mjs";
import { MADE } from "./support/model.mjs";
import { coverage, pictureOf } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const stage = useStage();

const open = (body, options = {}) => openHtml(stage.browser, stage.url, body, { routes: MADE, ...options });
const CUBE = `<vitrine-view src="/made/cube.glb" alt="A cube" camera-controls></vitrine-view>`;

test("shows the poster at once and takes it away with the first frame", async () => {
  const poster = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#c06020"/></svg>`;
  const held = Promise.withResolvers?.() ?? withResolvers();
  const routes = {
    ...MADE,
    "**/made/poster.svg": (route) => route.fulfill({ contentType: "image/svg+xml", body: poster }),
    "**/made/slow.glb": async (route) => { await held.promise; await MADE["**/made/cube.glb"](route); },
  };
  const { page, close } = await open(`<vitrine-view src="/made/slow.glb" poster="/made/poster.svg" alt="A cube"></vitrine-view>`, { routes });
  await page.waitForFunction(() => document.querySelector("vitrine-view").shadowRoot?.querySelector("img")?.naturalWidth > 0);
  assert.ok(coverage(await pictureOf(page)) >= 0 && !(await page.$eval("vitrine-view", (view) => view.modelIsVisible)));
  const image = page.locator("vitrine-view").locator("img");
  assert.ok(await image.isVisible(), "the poster is seen while the product loads");
  held.resolve();
  await shown(page);
  await image.waitFor({ state: "hidden", timeout: 5_000 }); // it fades, once the card has time for the page
  assert.equal((await heard(page, "progress")).totalProgress, 0);
  const all = await page.evaluate(() => window.heard);
  assert.ok(all.every(({ bubbles, composed }) => bubbles && composed), "events bubble and are composed");
  const order = all.map(({ name }) => name).filter((name) => ["load", "poster-dismissed", "model-visibility"].includes(name));
  // The event `load` waits for the code of the product's parts, which comes after the first picture.
  assert.deepEqual(order, ["poster-dismissed", "model-visibility", "load"]);
  await close();
});

test("waits until it is near the visible part of the page", async () => {
  const { page, account, close } = await open(`${"<p>far</p>".repeat(120)}${CUBE}`);
  await page.waitForFunction(() => customElements.get("vitrine-view"));
  await page.waitForTimeout(600);
  assert.ok(!account.requests.some((url) => /\.(wasm|glb)$/.test(url)), "nothing is loaded for what nobody sees");
  await page.locator("vitrine-view").scrollIntoViewIfNeeded();
  await shown(page);
  assertClean(account);
  await close();
});

test("waits for a press where the page wants that", async () => {
  const { page, account, close } = await open(`<vitrine-view src="/made/cube.glb" alt="A cube" reveal="interaction"></vitrine-view>`);
  await page.waitForTimeout(500);
  assert.ok(!account.requests.some((url) => /\.(wasm|glb)$/.test(url)));
  await page.getByRole("button", { name: "Show in 3D" }).click();
  await shown(page);
  await close();
});

test("several on one page are drawn each, from one module", async () => {
  const { page, account, close } = await open(CUBE.repeat(3).replaceAll("<vitrine-view", "<vitrine-view loading=eager"));
  for (const index of [0, 1, 2]) {
    await page.waitForFunction((index) => document.querySelectorAll("vitrine-view")[index].modelIsVisible, index);
    assert.ok(coverage(await pictureOf(page, `vitrine-view >> nth=${index}`)) > 0.05, `view ${index}`);
  }
  for (const index of [0, 1, 2]) await page.waitForFunction((index) => document.querySelectorAll("vitrine-view")[index].model, index);
  const files = account.requests.filter((url) => url.endsWith(".wasm")).map((url) => url.split("/").at(-1));
  assert.deepEqual(files, ["vitrine_webgpu_bg.wasm", "vitrine_webgpu_later.wasm"], "each half once for all of them");
  assertClean(account);
  await close();
});

test("scrolled out of sight it draws nothing", async () => {
  const turning = CUBE.replace("alt", `auto-rotate auto-rotate-delay="0" rotation-per-second="90deg" alt`);
  const { page, close } = await open(`${turning}${"<p>far</p>".repeat(120)}`);
  await page.waitForFunction(() => document.querySelector("vitrine-view").modelIsVisible);
  await page.evaluate(() => scrollTo(0, 4000));
  // The browser tells of it when it next lays out the page, and a picture may be on its way: then a whole second goes by without one.
  const before = await page.evaluate(async () => {
    const count = () => document.querySelector("vitrine-view").query("frames");
    for (;;) {
      const before = count();
      await new Promise((then) => setTimeout(then, 1000));
      if (count() === before) return before;
    }
  });
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction((before) => document.querySelector("vitrine-view").query("frames") > before, before);
  await close();
});

test("moving it within the page keeps the product, removing it gives everything back, adding it shows it again", async () => {
  const { page, close } = await open(`<main id="here"></main><main id="there"></main>`);
  await page.evaluate(() => {
    // Counts what lasts beyond the element: frames asked for and listeners on window, document and media queries.
    window.asked = 0;
    const ask = requestAnimationFrame;
    window.requestAnimationFrame = (then) => { window.asked += 1; return ask(then); };
    window.listening = new Set();
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, then, options) {
      // The browser's driver listens too, but not from the element's script.
      const isOurs = /vitrine|chunk/.test(new Error().stack);
      if (isOurs && (this === window || this === document || this instanceof MediaQueryList)) {
        window.listening.add(type);
        options?.signal?.addEventListener("abort", () => window.listening.delete(type));
      }
      return add.call(this, type, then, options);
    };
    const view = document.createElement("vitrine-view");
    Object.assign(view, { src: "/made/cube.glb", alt: "A cube", loading: "eager" });
    document.querySelector("#here").append(view);
  });
  await shown(page);
  assert.ok(await page.evaluate(() => window.listening.has("visibilitychange") && window.listening.has("online")), "listeners are counted");
  const memory = await page.$eval("vitrine-view", (view) => view.query("memory"));
  assert.ok(memory > 0, "the product takes memory on the card");
  await page.evaluate(() => document.querySelector("#there").append(document.querySelector("vitrine-view")));
  await page.waitForTimeout(300);
  assert.equal(await page.$eval("vitrine-view", (view) => view.query("memory")), memory, "a move keeps the viewer");
  await page.evaluate(() => {
    window.kept = document.querySelector("vitrine-view");
    window.kept.remove();
  });
  await page.waitForTimeout(300);
  const left = await page.evaluate(async () => {
    const before = window.asked;
    await new Promise((done) => setTimeout(done, 500));
    return { viewer: window.kept.activeBackend ?? null, canvas: window.kept.shadowRoot.querySelectorAll("canvas").length, frames: window.asked - before, listening: [...window.listening] };
  });
  assert.deepEqual(left, { viewer: null, canvas: 0, frames: 0, listening: [] });
  await page.evaluate(() => document.querySelector("#here").append(window.kept));
  await shown(page);
  assert.equal(await page.$eval("vitrine-view", (view) => view.query("memory")), memory, "no more memory than the first time");
  assert.ok(coverage(await pictureOf(page)) > 0.05);
  await close();
});

test("properties set before the script runs are taken over", async () => {
  const { page, close } = await open("");
  const taken = await page.evaluate(() => {
    const view = document.createElement("vitrine-view");
    Object.defineProperty(view, "alt", { value: "A cube", writable: true, configurable: true, enumerable: true });
    document.body.append(view);
    return [view.getAttribute("alt"), view.shadowRoot.querySelector("[part=stage]").getAttribute("aria-label")];
  });
  assert.deepEqual(taken, ["A cube", "A cube"]);
  await close();
});

test("without script the page shows poster and link", async () => {
  const context = await stage.browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${stage.url}/embed.html`);
  assert.ok(await page.getByRole("link", { name: /armchair/i }).isVisible());
  await context.close();
});

function withResolvers() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}
