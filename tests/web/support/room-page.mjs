// The real element on a page with the emulated phone and the real store service: what a shopper in a room has before them.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openPage, PATIENCE_MS, shown } from "./browser.mjs";
import { boxGlb } from "./xr-product.mjs";

const near = (path) => fileURLToPath(new URL(path, import.meta.url));
const FILES = {
  "**/iwer.min.js": near("../../../node_modules/iwer/build/iwer.min.js"),
  "**/iwer-sem.min.js": near("../../../node_modules/@iwer/sem/build/iwer-sem.min.js"),
  "**/xr-phone.js": near("./xr-phone.js"),
};

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="/icon.svg">
  <style>body{margin:0}vitrine-view{display:block;width:240px;height:300px}</style>
  <script src="/iwer.min.js"></script><script src="/iwer-sem.min.js"></script>
  <script type="module">
    import { installPhone } from "/xr-phone.js";
    await installPhone(new URLSearchParams());
    await import("/vitrine-view.js");
  </script></head><body>
  <vitrine-view src="/made/chest.glb" alt="Chest" ar loading="eager" camera-controls store-url="/api/v1" item-id="CUBE-PLAIN" item-price="10 €" ar-units="cm"></vitrine-view>
  </body></html>`;

/** Opens the page; the element's product is on the screen. `hash` is the end of its address. */
export async function openRoom(browser, origin, hash = "") {
  const opened = await openPage(browser, origin, { viewport: { width: 420, height: 760 } });
  const { page } = opened;
  const bodies = [];
  page.on("request", (request) => bodies.push({ url: request.url(), method: request.method(), body: request.postData() ?? "" }));
  for (const [path, file] of Object.entries(FILES)) await page.route(path, async (route) => route.fulfill({ contentType: "text/javascript", body: await readFile(file) }));
  await page.route("**/made/*.glb", (route) => route.fulfill({ contentType: "model/gltf-binary", body: boxGlb() }));
  await page.route("**/room.html", (route) => route.fulfill({ contentType: "text/html", body: PAGE }));
  await page.goto(`${origin}/room.html${hash}`);
  await shown(page);
  return { ...opened, room: new RoomOnPage(page), bodies };
}

/** What a test does in the room. */
class RoomOnPage {
  constructor(page) {
    this.page = page;
    this.view = page.locator("vitrine-view");
  }

  /** A button of the element's, by its name. */
  button(name) {
    return this.view.getByRole("button", { name, exact: typeof name === "string" });
  }

  press(name) {
    return this.button(name).click();
  }

  phone(verb, ...values) {
    return this.page.evaluate(([verb, values]) => window.phone[verb](...values), [verb, values]);
  }

  /** Calls a method of the element's. */
  call(name, ...values) {
    return this.page.evaluate(([name, values]) => document.querySelector("vitrine-view")[name](...values), [name, values]);
  }

  async items() {
    return (await this.page.evaluate(() => document.querySelector("vitrine-view").query("room"))).items ?? [];
  }

  async enter() {
    await this.press("View in your space");
    // On a slow machine the first thing may have been put in front of the shopper by now.
    await this.until(() => ["session-started", "object-placed"].includes(document.querySelector("vitrine-view").getAttribute("ar-status")));
  }

  /** Waits until the page sees it so. */
  until(what, ...values) {
    return this.page.waitForFunction(what, values, { timeout: PATIENCE_MS });
  }

  /** Waits until so many things stand in the room; gives them. */
  async standing(count) {
    await this.until(([count]) => (document.querySelector("vitrine-view").query("room").items ?? []).filter(({ placed }) => placed).length === count, count);
    return (await this.items()).filter(({ placed }) => placed);
  }

  /** Waits for a hint. */
  hint(pattern) {
    return this.view.locator("[part=ar-hint]").filter({ hasText: pattern }).waitFor();
  }

  /** Looks there and taps once something can be placed. */
  async place(yaw, pitch) {
    await this.phone("stand", 0, 0, yaw, pitch);
    await this.hint(/Tap to place/);
    await this.phone("press", 0);
    await this.phone("release", 0);
  }
}
