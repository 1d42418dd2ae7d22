// A furnished room through the real element: two things on floor and wall, each on its own, measured, kept, shared and reserved
// without leaving it; what the shop may count of it, and that nothing of the room leaves a device that knows all of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertClean, launch } from "./support/browser.mjs";
import { byId, off, openRoom, OWN, PICTURE } from "./support/room-page.mjs";
import { startStores } from "./support/stores.mjs";
import { SIZE } from "./support/xr-product.mjs";

let browser;
let service;
let opened;
let room;
before(async () => {
  service = await startStores();
  browser = await launch("webgpu");
  opened = await openRoom(browser, service.url, "?depth=cpu&planes=1&anchors=kept&camera=1&light=1");
  room = opened.room;
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const panel = () => room.view.locator("[part=store-panel]");

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
  await room.select("Chest");
  await room.press("Move right");
  const moved = await room.items();
  assert.ok(Math.abs(off(byId(moved, OWN).position, byId(before, OWN).position) - 0.1) < 0.005, "10 cm a press");
  assert.equal(off(byId(moved, PICTURE).position, byId(before, PICTURE).position), 0, "the other stays");
  await room.select("Picture");
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
  for (const x of [-0.5, 0.5]) await room.touch([x, 0, -1.2]);
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

test("a photo is taken, the room kept", async () => {
  await room.page.evaluate(() => (window.light = { around: [1, 1, 1], direction: [0, 1, 0.5], intensity: [1, 1, 1] }));
  await room.press("Take a photo");
  await room.view.getByRole("img", { name: "The photo of your room" }).waitFor();
  await room.press("Close");
  assert.equal(await room.call("saveRoom"), true);
  await room.until(() => window.kept.length === 2);
});

test("the list survives leaving, and comes along again", async () => {
  await room.leave();
  const items = await room.page.evaluate(() => document.querySelector("vitrine-view").items);
  assert.deepEqual(items.map(({ name }) => name), ["Picture"]);
  await room.phone("stand", 0, 0, 0, -35);
  await room.enter();
  await room.button("Your room (2)").waitFor();
});

test("what the shop may count says what and for how long, and nothing of where", async () => {
  const told = await room.page.evaluate(() => window.heard.filter(({ name, detail }) => name === "analytics" && detail.name.startsWith("ar-")).map(({ detail }) => detail));
  for (const { name, detail } of told) {
    assert.deepEqual(Object.keys(detail).sort(), ["item", "items", "seconds"], name);
    assert.ok((detail.item === null || Number.isInteger(detail.item)) && Number.isInteger(detail.items) && detail.seconds >= 0, JSON.stringify(detail));
  }
  const of = (wanted) => told.filter(({ name }) => name === wanted).map(({ detail }) => detail);
  assert.equal(told[0].name, "ar-start");
  assert.equal(of("ar-start").length, 2, "twice in the room");
  assert.deepEqual(of("ar-place").slice(0, 2).map(({ item, items }) => [item, items]), [[OWN, 1], [PICTURE, 2]]);
  assert.ok(of("ar-move").length >= 2 && of("ar-move").every(({ item }) => item !== null), JSON.stringify(of("ar-move")));
  for (const [name, count] of [["ar-measure", 1], ["ar-photo", 1], ["ar-end", 1]]) assert.equal(of(name).length, count, name);
  const seconds = (name) => of(name).reduce((sum, { seconds }) => sum + seconds, 0);
  assert.ok(seconds("ar-measure") > 0 && seconds("ar-end") > seconds("ar-measure"), JSON.stringify(told));
});

test("nothing of the room is in what left the device, and nothing went elsewhere", async () => {
  const sent = opened.bodies.filter(({ url }) => !/^(blob|data):/.test(url));
  assert.ok(sent.length > 5, "the capture works");
  for (const { url, method, body } of sent) {
    const { pathname, search, searchParams } = new URL(url);
    if (method === "POST") assert.match(pathname, /^\/api\/v1\/(reservations|locations\/search)$/);
    else assert.ok(method === "GET" && body === "", `${method} ${url}`);
    if (pathname.startsWith("/api/")) for (const [name, value] of searchParams) assert.match(value, /^[\w,.-]{0,80}$/, name);
    else if (pathname !== "/room.html") assert.equal(search, "", "code, pictures and models are asked for by their names alone");
    assert.doesNotMatch(body, /matrix|plane|depth|position|orientation|anchor|image/);
  }
  const holds = sent.filter(({ method, url }) => method === "POST" && url.endsWith("reservations"));
  assert.equal(holds.length, 2, "a hold for each item");
  for (const { body } of holds) {
    assert.deepEqual(Object.keys(JSON.parse(body)).filter((key) => !["location_id", "lines", "allow_partial", "contact", "consent", "pickup_type", "source"].includes(key)), [], body);
  }
  assertClean(opened.account);
});
