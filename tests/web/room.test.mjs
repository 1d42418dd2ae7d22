// A furnished room through the real element: two things on floor and wall, each on its own, measured, kept, shared and reserved
// without leaving it; and nothing of the room leaves the device.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertClean, launch } from "./support/browser.mjs";
import { openRoom } from "./support/room-page.mjs";
import { startStores } from "./support/stores.mjs";
import { SIZE } from "./support/xr-product.mjs";

let browser;
let service;
let opened;
let room;
before(async () => {
  service = await startStores();
  browser = await launch("webgpu");
  opened = await openRoom(browser, service.url);
  room = opened.room;
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const panel = () => room.view.locator("[part=store-panel]");
const off = (a, b) => Math.hypot(...a.map((value, axis) => value - b[axis]));
const byId = (items, id) => items.find((item) => item.id === id);
/** The element's own product, and what is added first. */
const [OWN, PICTURE] = [0, 1];

test("a product that the page adds comes along, and one that does not come says so", async () => {
  const item = await room.call("addItem", "/made/picture.glb", { placement: "wall", itemId: "CUBE-PLUM", name: "Picture", price: "12 €" });
  assert.deepEqual([item.id, item.name, item.isReady], [PICTURE, "Picture", true]);
  const problem = await room.page.evaluate(() => document.querySelector("vitrine-view").addItem("/nothing.glb").catch((error) => error.message));
  assert.match(problem, /no such file/);
  assert.deepEqual((await room.page.evaluate(() => document.querySelector("vitrine-view").items)).map(({ id }) => id), [PICTURE]);
});

test("one is placed on the floor, the other on the wall, which refuses the floor", async () => {
  await room.enter();
  await room.place(0, -35);
  await room.standing(1);
  await room.hint(/hangs on a wall/);
  await room.place(0, 0);
  const items = await room.standing(2);
  // Its back touches the wall at z = -3; its origin is in the middle of its depth.
  assert.ok(Math.abs(byId(items, PICTURE).position[2] - (SIZE[2] / 2 - 3)) < 0.03, JSON.stringify(items));
  assert.ok(Math.abs(byId(items, OWN).position[1]) < 0.02, "on the floor");
});

test("each is selected and moved on its own, by buttons alone", async () => {
  const before = await room.items();
  await room.press("Your room (2)");
  await room.view.getByRole("button", { name: /^Select Chest/ }).click();
  await room.press("Close");
  await room.press("Move right");
  const moved = await room.items();
  assert.ok(Math.abs(off(byId(moved, OWN).position, byId(before, OWN).position) - 0.1) < 0.005, "10 cm a press");
  assert.equal(off(byId(moved, PICTURE).position, byId(before, PICTURE).position), 0, "the other stays");
  await room.press("Your room (2)");
  await room.view.getByRole("button", { name: /^Select Picture/ }).click();
  await room.press("Close");
  await room.press("Move right");
  const after = await room.items();
  assert.equal(off(byId(after, OWN).position, byId(moved, OWN).position), 0);
  assert.ok(off(byId(after, PICTURE).position, byId(moved, PICTURE).position) > 0.09);
});

test("one more, one less, and put back where it was", async () => {
  await room.press("Your room (2)");
  await room.press("One more Chest");
  assert.equal((await room.standing(3)).length, 3);
  const before = byId(await room.items(), PICTURE).position;
  await room.press("Remove Picture");
  await room.standing(2);
  await room.press("Put it back");
  const back = await room.standing(3);
  const picture = back.find(({ position }) => off(position, before) < 0.01);
  assert.ok(picture, `nothing is at ${before}: ${JSON.stringify(back)}`);
  await room.view.getByRole("button", { name: "Remove Chest" }).last().click();
  await room.standing(2);
  await room.press("Close");
});

test("two taps measure a length, told in words with how far it may be off", async () => {
  await room.phone("stand", 0, 0, 0, -35);
  await room.press("Measure");
  await room.press("A gap");
  for (const x of [-0.5, 0.5]) {
    await room.phone("press", 0, [x, 0, -1.2]);
    await room.phone("release", 0);
  }
  const answer = room.view.locator("[part=ar-measurement]");
  await answer.waitFor();
  const text = await answer.textContent();
  const [, centimetres] = text.match(/(\d+) cm/) ?? [];
  assert.ok(Math.abs(Number(centimetres) - 100) <= 2 && text.includes("±"), text);
});

test("everything is reserved within the room, each with a code of its own", async () => {
  await room.press("Check stores for all of it");
  const row = panel().locator('li[data-location="middle"]');
  await row.getByRole("button", { name: /^Choose/ }).click();
  await panel().getByLabel("Name").fill("Ada");
  await panel().getByRole("checkbox").check();
  await panel().getByRole("button", { name: "Reserve", exact: true }).click();
  await panel().locator("[part=code]").waitFor();
  const other = panel().locator("[part=store-order] li").filter({ hasText: /Chest|Picture/ });
  await other.filter({ hasText: /[A-Z0-9]{4}/ }).first().waitFor();
  const codes = [await panel().locator("[part=code]").textContent(), (await other.first().textContent()).match(/· ([A-Z0-9]+)/)?.[1]];
  assert.ok(codes[0] && codes[1] && codes[0] !== codes[1], JSON.stringify(codes));
  assert.equal(await room.page.evaluate(() => document.querySelector("vitrine-view").getAttribute("ar-status")), "object-placed", "still in the room");
  await panel().getByRole("button", { name: "Close" }).click();
});

test("the list survives leaving, and comes along again", async () => {
  await room.press("Leave the room view");
  await room.until(() => document.querySelector("vitrine-view").getAttribute("ar-status") === "not-presenting");
  const items = await room.page.evaluate(() => document.querySelector("vitrine-view").items);
  assert.deepEqual(items.map(({ name }) => name), ["Picture"]);
  await room.phone("stand", 0, 0, 0, -35);
  await room.enter();
  await room.button("Your room (2)").waitFor();
});

test("nothing of the room is in what left the device, and nothing went elsewhere", async () => {
  const sent = opened.bodies.filter(({ method }) => method !== "GET");
  for (const { url, body } of sent) {
    assert.match(url, /\/api\/v1\/(reservations|locations\/search)$/);
    assert.doesNotMatch(body, /matrix|plane|depth|position|orientation|anchor/);
  }
  const holds = sent.filter(({ url }) => url.endsWith("reservations"));
  assert.equal(holds.length, 2, "a hold for each item");
  for (const { body } of holds) {
    assert.deepEqual(Object.keys(JSON.parse(body)).filter((key) => !["location_id", "lines", "allow_partial", "contact", "consent", "pickup_type", "source"].includes(key)), [], body);
  }
  const told = await room.page.evaluate(() => window.heard.filter(({ name }) => name === "analytics").map(({ detail }) => detail));
  assert.ok(told.every(({ detail }) => !/position|orientation|matrix/.test(JSON.stringify(detail))), JSON.stringify(told));
  assertClean(opened.account);
});
