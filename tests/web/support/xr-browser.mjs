// A page with one viewer and an emulated phone, in a real headless browser, served from this machine.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, PATIENCE_MS } from "./browser.mjs";
import { pictureOf, probe } from "./picture.mjs";
import { boxGlb, litGlb, metalGlb } from "./xr-product.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const modules = fileURLToPath(new URL("../../../node_modules/", import.meta.url));
const shop = process.env.VITRINE_SHOP ?? fileURLToPath(new URL("../../../dist/shop/", import.meta.url));

const TYPES = { ".js": "text/javascript", ".html": "text/html", ".wasm": "application/wasm", ".glb": "model/gltf-binary" };

/** HTML, "cross-origin isolated": clocks are finer then. */
const ALONE = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/**
 * Serves the page, the builds and the emulator; `close` ends it. To itself alone, so that its clock is a fine one.
 * `more` are files by the names that the page knows them by.
 */
async function serve(more) {
  if (!existsSync(join(shop, "vitrine_webgl_bg.wasm"))) throw new Error(`no build in ${shop}: run \`cargo dev build\` first`);
  const files = {
    "/": join(here, "xr-page.html"),
    "/xr-phone.js": join(here, "xr-phone.js"),
    "/xr-anchors.js": join(here, "xr-anchors.js"),
    "/xr-light.js": join(here, "xr-light.js"),
    "/xr-room.js": join(here, "xr-room.js"),
    "/iwer.min.js": join(modules, "iwer/build/iwer.min.js"),
    "/iwer-sem.min.js": join(modules, "@iwer/sem/build/iwer-sem.min.js"),
    ...more,
  };
  for (const build of ["webgpu", "webgl"]) {
    for (const name of [`/vitrine_${build}.js`, `/vitrine_${build}_bg.wasm`, `/vitrine_${build}_later.wasm`]) files[name] = join(shop, name);
  }
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const path = existsSync(files[pathname] ?? "") ? files[pathname] : undefined;
    const made = { "/box.glb": boxGlb, "/lit.glb": litGlb, "/metal.glb": metalGlb }[pathname];
    const body = made ? made() : path && (await readFile(path));
    response.writeHead(body ? 200 : 404, { "content-type": TYPES[extname(path ?? pathname)] ?? "text/plain", ...ALONE });
    response.end(body || undefined);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

/** A browser and a server for a file of tests. */
export async function openBrowser(more = {}) {
  const browser = await launch("webgpu");
  const server = await serve(more);
  const address = `http://127.0.0.1:${server.address().port}/`;
  return {
    /** Opens the page; `query` says which build and what is wrong with the phone. */
    async page(query) {
      const page = await browser.newPage({ viewport: { width: 240, height: 400 } });
      page.problems = [];
      page.requests = [];
      page.on("request", (request) => page.requests.push(request));
      page.on("pageerror", (error) => page.problems.push(String(error)));
      page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
      await page.goto(`${address}?${new URLSearchParams(query)}`);
      await page.waitForFunction(() => window.notices?.some(({ name }) => name === "first-frame" || name === "error"), undefined, { timeout: 2 * PATIENCE_MS });
      return new Room(page);
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * One browser for a file of tests; what it gives runs a test on a fresh page of its own. With `isQuiet` nothing may be asked of
 * a server meanwhile, and nothing may go wrong on the page.
 */
export function usePhones({ isQuiet = false } = {}) {
  let browser;
  before(async () => (browser = await openBrowser()));
  after(() => browser?.close());
  return (name, query, check) => test(name, async () => {
    const room = await browser.page(query);
    try {
      room.page.requests.length = 0;
      await check(room);
      if (!isQuiet) return;
      assert.deepEqual(room.page.requests.map((request) => request.url()), [], "something was asked of a server in the room");
      assert.deepEqual(room.page.problems, []);
    } finally {
      await room.close();
    }
  });
}

/** What a test does on the page. */
class Room {
  constructor(page) {
    this.page = page;
  }

  /** Clicks the button that enters the room. */
  enter() {
    return this.page.click("#enter", { force: true });
  }

  /** Waits for a notice with these values in its detail, among those after the `after`th; gives its detail. */
  async notice(name, values = {}) {
    const found = await this.page.waitForFunction(
      ([name, values]) => window.notices.findLast((notice) => notice.name === name && Object.entries(values).every(([key, value]) => notice.detail[key] === value)),
      [name, values], { timeout: PATIENCE_MS },
    ).catch(async () => {
      throw new Error(`no notice ${name} ${JSON.stringify(values)}; heard: ${JSON.stringify(await this.heard())}; problems: ${this.page.problems.join("; ")}`);
    });
    return (await found.jsonValue()).detail;
  }

  /** All notices but the loud ones. */
  heard() {
    return this.page.evaluate(() => window.notices.filter(({ name }) => name !== "progress" && name !== "camera-change"));
  }

  phone(verb, ...values) {
    return this.page.evaluate(([verb, values]) => window.phone[verb](...values), [verb, values]);
  }

  async query(name) {
    return JSON.parse(await this.page.evaluate((name) => window.viewer.query(name), name));
  }

  act(name, detail = {}) {
    return this.page.evaluate(([name, detail]) => window.viewer.act(name, JSON.stringify(detail)), [name, detail]);
  }

  /** Enters, finds the floor and taps. */
  async place() {
    await this.enter();
    await this.notice("ar-hint", { code: "tap-to-place" });
    await this.tap();
    await this.notice("ar-status", { status: "object-placed" });
  }

  /** True when the session's layer is one of the viewer's own context, false when it is the bridge's. */
  isDirect() {
    return this.page.evaluate(() => window.phone.device.activeSession.renderState.baseLayer.context.canvas.id === "view");
  }

  /** A finger touches the middle of the screen and lets go. */
  async tap() {
    await this.phone("press", 0);
    await this.phone("release", 0);
  }

  /** A point of the product's own space in the world. */
  async world(point) {
    const { item } = await this.query("room");
    const [x, y, z, w] = item.orientation;
    const cross = ([ax, ay, az], [bx, by, bz]) => [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
    const twice = cross([x, y, z], point).map((value) => value * 2);
    const turned = cross([x, y, z], twice).map((value, axis) => point[axis] + w * twice[axis] + value);
    return turned.map((value, axis) => value + item.position[axis]);
  }

  /** The page's own picture of the product: the colour in its middle, and the canvas's size in pixels. */
  async pagePicture() {
    const [width, height] = await this.page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const { width, height } = document.getElementById("view");
      return [width, height];
    });
    return { width, height, middle: probe(await pictureOf(this.page, "#view"), 0.5, 0.5) };
  }

  close() {
    return this.page.close();
  }
}
