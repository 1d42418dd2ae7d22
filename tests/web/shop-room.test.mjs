// "Place together" on the shop's own page: an armchair and a picture into one room, reserved together there with the real store
// service, and still chosen afterwards.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertClean, openPage, shown } from "./support/browser.mjs";
import { byId, lendPhone, OWN, PICTURE, RoomOnPage } from "./support/room-page.mjs";
import { useStage } from "./support/stage.mjs";
import { otherShopper } from "./support/stores.mjs";

const stage = useStage();
/** Small: every picture is made by software. */
const SCREEN = { width: 360, height: 560 };
/** The phone comes before the shop's own scripts, which its page allows from its own address alone. */
const PHONE = `<script src="/iwer.min.js"></script><script src="/iwer-sem.min.js"></script><script type="module" src="/phone.js"></script>`;
const INSTALL = `import { installPhone } from "/xr-phone.js"; await installPhone(new URLSearchParams("planes=1"));`;

let opened;
let room;
const holds = [];

/** The armchair's page, with the phone. */
async function visit() {
  opened = await openPage(stage.browser, stage.url, { viewport: SCREEN });
  const { page } = opened;
  page.on("response", async (response) => {
    if (response.request().method() !== "POST" || !response.url().endsWith("/reservations")) return;
    holds.push({ asked: response.request().postDataJSON(), status: response.status(), answer: await response.json() });
  });
  await lendPhone(page);
  await page.route("**/phone.js", (route) => route.fulfill({ contentType: "text/javascript", body: INSTALL }));
  await page.route("**/product.html*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("<script", `${PHONE}<script`) });
  });
  await page.goto(`${stage.url}/product.html?id=armchair`);
  await shown(page);
  room = new RoomOnPage(page);
}
after(() => opened?.close());

const picture = () => room.page.locator("#together input[value=picture]");

test("a second product of the shop comes along", async () => {
  await visit();
  await picture().check();
  await room.page.getByText("Bogen framed print comes along into your room.").waitFor();
  const items = await room.page.evaluate(() => document.querySelector("vitrine-view").items);
  assert.deepEqual(items.map(({ id, name, itemId, placement }) => [id, name, itemId, placement]), [[PICTURE, "Bogen framed print", "PICTURE-5070", "wall"]]);
});

test("the armchair is placed on the floor, the picture on the wall", async () => {
  await room.enter();
  await room.place(0, -35);
  await room.standing(1);
  await room.place(0, 5);
  const items = await room.standing(2);
  const [chair, print] = [OWN, PICTURE].map((id) => byId(items, id).position);
  assert.ok(Math.abs(chair[1]) < 0.02 && chair[2] < -1.5, `the armchair is at ${chair}`);
  assert.ok(print[2] < -2.9 && print[1] > 1, `the picture is at ${print}`);
});

test("both are reserved without leaving the room, and the store service has them", async () => {
  await room.press("Check stores for all of it");
  const panel = room.view.locator("[part=store-panel]");
  await panel.locator('li[data-location="loc_mitte"]').getByRole("button", { name: /^Choose/ }).click();
  await panel.getByLabel("Name").fill("Ada");
  await panel.getByRole("checkbox").check();
  await panel.getByRole("button", { name: "Reserve", exact: true }).click();
  const code = await panel.locator("[part=code]").textContent();
  // The panel is about the one that was placed last, the line below it about the other.
  const line = panel.locator("[part=store-order] li").filter({ hasText: "Linden armchair" }).filter({ hasText: "·" });
  const [, other] = (await line.textContent()).split("·");
  assert.equal(await room.view.getAttribute("ar-status"), "object-placed", "still in the room");
  assert.deepEqual(holds.map(({ status, asked }) => [status, asked.location_id, asked.lines.map(({ item_id }) => item_id)]).sort(), [
    [201, "loc_mitte", ["ARMCHAIR-SAGE"]], [201, "loc_mitte", ["PICTURE-5070"]],
  ]);
  const kept = await Promise.all(holds.map(({ answer }) => otherShopper(stage.url).read({ reservation_id: answer.id, access_token: answer.access_token })));
  assert.deepEqual(kept.map(({ status, body }) => [status, body.status]), [[200, "held"], [200, "held"]]);
  const plain = (text) => text.replace(/[^A-Z0-9]/g, "");
  assert.deepEqual([code, other].map(plain).sort(), kept.map(({ body }) => plain(body.pickup.code)).sort());
  await panel.getByRole("button", { name: "Close" }).click();
});

test("both are still chosen after leaving, and come along again", async () => {
  await room.leave();
  assert.ok(await picture().isChecked(), "still chosen on the page");
  assert.deepEqual(await room.page.evaluate(() => document.querySelector("vitrine-view").items.map(({ name, isReady }) => [name, isReady])), [["Bogen framed print", true]]);
  await room.enter();
  await room.button("Your room (2)").waitFor();
  await room.leave();
  assertClean(opened.account);
});
