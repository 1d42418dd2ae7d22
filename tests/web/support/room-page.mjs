// The real element on a page with the emulated phone and the real store service: what a shopper in a room has before them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { assertClean, launch, openPage, PATIENCE_MS, shown } from "./browser.mjs";
import { startStores } from "./stores.mjs";
import { boxGlb } from "./xr-product.mjs";

const near = (path) => fileURLToPath(new URL(path, import.meta.url));
const FILES = {
  "**/iwer.min.js": near("../../../node_modules/iwer/build/iwer.min.js"),
  "**/iwer-sem.min.js": near("../../../node_modules/@iwer/sem/build/iwer-sem.min.js"),
  "**/xr-phone.js": near("./xr-phone.js"),
  "**/xr-anchors.js": near("./xr-anchors.js"),
  "**/xr-light.js": near("./xr-light.js"),
  "**/xr-room.js": near("./xr-room.js"),
};

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="/icon.svg">
  <style>body{margin:0}vitrine-view{display:block;width:240px;height:300px}</style>
  <script src="/iwer.min.js"></script><script src="/iwer-sem.min.js"></script>
  <script type="module">
    import { installPhone } from "/xr-phone.js";
    const query = new URLSearchParams(location.search);
    await installPhone(query);
    if (query.has("camera")) document.querySelector("vitrine-view").setAttribute("ar-camera", "auto");
    await import("/vitrine-view.js");
  </script></head><body>
  <vitrine-view src="/made/chest.glb" alt="Chest" ar loading="eager" camera-controls store-url="/api/v1" item-id="CUBE-PLAIN" item-price="10 €" ar-units="cm"></vitrine-view>
  </body></html>`;

/** Opens the page; the element's product is on the screen. `end` is the end of its address: what the phone can, a shared room. */
export async function openRoom(browser, origin, end = "") {
  const opened = await openPage(browser, origin, { viewport: { width: 320, height: 560 } });
  const { page } = opened;
  const bodies = [];
  page.on("request", (request) => bodies.push({ url: request.url(), method: request.method(), body: request.postData() ?? "" }));
  page.on("websocket", (socket) => bodies.push({ url: socket.url(), method: "SOCKET", body: "" }));
  await lendPhone(page);
  await page.route("**/made/*.glb", (route) => route.fulfill({ contentType: "model/gltf-binary", body: boxGlb() }));
  await page.route("**/room.html*", (route) => route.fulfill({ contentType: "text/html", body: PAGE }));
  await page.goto(`${origin}/room.html${end}`);
  await shown(page);
  return { ...opened, room: new RoomOnPage(page), bodies };
}

/** Lays the emulated phone's files beside those of the page. */
export async function lendPhone(page) {
  for (const [path, file] of Object.entries(FILES)) await page.route(path, async (route) => route.fulfill({ contentType: "text/javascript", body: await readFile(file) }));
}

/** One service and one browser for a file of tests. */
export function useRooms() {
  const rooms = {
    browser: undefined,
    url: "",
    /** Runs a test on a page of its own; nothing of the room may leave it, and nothing may go wrong on it. */
    on(name, end, check) {
      test(name, async () => {
        const opened = await openRoom(rooms.browser, rooms.url, end);
        try {
          await check(opened.room, opened);
          assertClean(opened.account);
          assert.deepEqual(opened.bodies.filter(({ method }) => method !== "GET"), [], "something was sent");
        } finally {
          await opened.close();
        }
      });
    },
  };
  let service;
  before(async () => {
    service = await startStores();
    rooms.url = service.url;
    rooms.browser = await launch("webgpu");
  });
  after(async () => {
    await rooms.browser?.close();
    await service?.stop();
  });
  return rooms;
}

/** How far apart two points are, in metres. */
export const off = (a, b) => Math.hypot(...a.map((value, axis) => value - b[axis]));
export const byId = (items, id) => items.find((item) => item.id === id);
/** The element's own product, and what is added first. */
export const [OWN, PICTURE] = [0, 1];

/** What a test does in the room. */
export class RoomOnPage {
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

  /** Two things, one on the floor and one on the wall, each moved on its own. */
  async furnish() {
    await this.call("addItem", "/made/picture.glb", { placement: "wall", itemId: "CUBE-PLUM", name: "Picture", price: "12 €" });
    await this.enter();
    await this.place(0, -35);
    await this.standing(1);
    await this.place(0, 0);
    await this.standing(2);
    for (const [name, way] of [["Chest", "Move right"], ["Picture", "Move left"]]) {
      await this.select(name);
      await this.press(way);
      await this.press(way);
    }
    return this.items();
  }

  /** Chooses one in the list. */
  async select(name) {
    await this.press(/^Your room/);
    await this.view.getByRole("button", { name: new RegExp(`^Select ${name}`) }).click();
    await this.press("Close");
  }

  /** Touches a point of the world and lets go. */
  async touch(point) {
    await this.phone("press", 0, point);
    await this.phone("release", 0);
  }

  async leave() {
    await this.press("Leave the room view");
    await this.until(() => document.querySelector("vitrine-view").getAttribute("ar-status") === "not-presenting");
  }

  /** Looks there and taps once something can be placed. */
  async place(yaw, pitch) {
    await this.phone("stand", 0, 0, yaw, pitch);
    await this.hint(/Tap to place/);
    await this.phone("press", 0);
    await this.phone("release", 0);
  }
}
