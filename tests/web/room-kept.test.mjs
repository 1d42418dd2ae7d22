// A room that is kept: on this device with the device's own anchors, with a known floor or with neither, and as a link for
// somebody else, which may be hostile. No picture and no scan of the room is in any of it.

import assert from "node:assert/strict";
import { describe } from "node:test";
import { assertClean, shown } from "./support/browser.mjs";
import { byId, off, openRoom, OWN, PICTURE, useRooms } from "./support/room-page.mjs";

const rooms = useRooms();
const { on } = rooms;

/** Each stands where it stood, in a space that begins `x` metres to the right of the first. */
function assertSame(now, before, x = 0) {
  assert.deepEqual(now.map(({ id }) => id).sort(), before.map(({ id }) => id).sort());
  for (const { id, position: [right, up, back], orientation } of before) {
    const item = byId(now, id);
    assert.ok(off(item.position, [right - x, up, back]) < 0.005, `${id} stood at ${[right, up, back]} and stands at ${item.position}`);
    const angle = 2 * Math.acos(Math.min(1, Math.abs(orientation.reduce((sum, part, at) => sum + part * item.orientation[at], 0))));
    assert.ok(angle < 0.01, `${id} is turned by ${angle}`);
  }
}

/** Keeps the room by the shopper's own button. */
async function keep(room) {
  await room.press(/^Your room/);
  await room.press("Keep this room on this device");
  await room.view.getByText("The room is kept on this device.").waitFor();
  await room.press("Close");
}

/** The next visit, on a page of its own, in a space that begins `x` metres to the right. */
async function comeBack(room, end) {
  if (await room.page.evaluate(() => document.querySelector("vitrine-view").query("room").items)) await room.leave();
  await room.page.goto(`${rooms.url}/room.html${end}`);
  await shown(room.page);
}

const keptAnchors = (room) => room.page.evaluate(() => Object.values(localStorage).flatMap((text) => [...text.matchAll(/\\"anchor\\":\\"([^\\]+)/g)].map(([, handle]) => handle)));

describe("on this device", () => {
  on("two things stand where they stood, by the anchors that the device has kept, without a tap", "?anchors=kept", async (room) => {
    const before = await room.furnish();
    await keep(room);
    // Their names come later, and are kept when they come.
    await room.until(() => window.kept.length === 2 && window.kept.every((handle) => Object.values(localStorage).some((text) => text.includes(`\\"${handle}`))));
    const handles = await room.page.evaluate(() => window.kept);
    await comeBack(room, "?anchors=kept&origin=1.5");
    assert.deepEqual(await room.page.evaluate(() => document.querySelector("vitrine-view").items), [], "nothing comes unasked");
    assert.equal(await room.call("restoreRoom"), true);
    await room.enter();
    assertSame(await room.standing(2), before, 1.5);

    // One is moved and the room kept anew: the anchor that nothing names any more is given back to the device.
    await room.select("Chest");
    await room.press("Move right");
    await keep(room);
    await room.until(([handles]) => window.kept.length === 2 && window.kept.filter((handle) => handles.includes(handle)).length === 1, handles);
    await room.until(() => window.kept.every((handle) => Object.values(localStorage).some((text) => text.includes(`\\"${handle}`))));
    assert.deepEqual((await keptAnchors(room)).sort(), (await room.page.evaluate(() => window.kept)).sort());

    // Forgotten, nothing of it is left, and what stands in the room stays there.
    const standing = await room.items();
    await room.press(/^Your room/);
    await room.press("Forget the kept room");
    await room.until(() => window.kept.length === 0);
    assert.deepEqual(await room.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("vitrine"))), []);
    await room.phone("frames", 10);
    assertSame(await room.items(), standing);
    assert.equal(await room.button("Bring back the kept room").isVisible(), false);
  });

  on("without such anchors everything stands where it stood on the same floor, and comes back once", "?anchors=1&planes=1", async (room) => {
    const before = await room.furnish();
    await keep(room);
    await comeBack(room, "?anchors=1&planes=1&origin=-0.8");
    await room.enter();
    await room.press(/^Your room/);
    await room.press("Bring back the kept room");
    await room.view.getByText("The kept room comes back.").waitFor();
    assertSame(await room.standing(2), before, -0.8);
    await room.press("Close");
    await room.leave();
    // What is on the page already is not brought in a second time.
    assert.equal(await room.call("restoreRoom"), true);
    assert.deepEqual((await room.page.evaluate(() => document.querySelector("vitrine-view").items)).map(({ name }) => name), ["Picture"]);
    await room.enter();
    assertSame(await room.standing(2), before, -0.8);
  });

  on("saved anew before any session it still says where things stood, whatever came to the list meanwhile", "?anchors=1&planes=1", async (room) => {
    const before = await room.furnish();
    await keep(room);
    await comeBack(room, "?anchors=1&planes=1&origin=0.5");
    // The page brings its things itself, another one first; nothing was restored yet.
    await room.call("addItem", "/made/other.glb", { placement: "floor", name: "Other" });
    await room.call("addItem", "/made/picture.glb", { placement: "wall", name: "Picture" });
    assert.equal(await room.call("saveRoom"), true);
    await comeBack(room, "?anchors=1&planes=1&origin=0.5");
    assert.equal(await room.call("restoreRoom"), true);
    // The same while what was restored still waits for the session.
    assert.equal(await room.call("saveRoom"), true);
    await comeBack(room, "?anchors=1&planes=1&origin=0.5");
    assert.equal(await room.call("restoreRoom"), true);
    const items = await room.page.evaluate(() => document.querySelector("vitrine-view").items);
    assert.deepEqual(items.map(({ name }) => name).sort(), ["Other", "Picture"]);
    await room.enter();
    const standing = await room.standing(2);
    const [chest, picture] = [OWN, items.find(({ name }) => name === "Picture").id].map((id) => byId(standing, id));
    assertSame([chest, { ...picture, id: PICTURE }], before, 0.5);
  });

  on("with neither the shopper places the first, and the other goes with it", "", async (room) => {
    const before = await room.furnish();
    await keep(room);
    await comeBack(room, "");
    await room.call("restoreRoom");
    await room.enter();
    await room.place(10, -40);
    const now = await room.standing(2);
    const apart = (items) => off(byId(items, OWN).position, byId(items, PICTURE).position);
    assert.ok(Math.abs(apart(now) - apart(before)) < 0.01, `${apart(now)} m apart, not ${apart(before)}`);
    assert.ok(off(byId(now, OWN).position, byId(before, OWN).position) > 0.1, "the first is where it was tapped");
    assert.ok(Math.abs(byId(now, PICTURE).position[1] - byId(before, PICTURE).position[1]) < 0.01, "the picture at its height");
  });
});

describe("a link", () => {
  const link = async (room) => {
    await room.page.evaluate(() => {
      navigator.canShare = ({ url }) => url !== undefined;
      navigator.share = async (what) => (window.shared = what);
    });
    await room.press(/^Your room/);
    await room.press("Share this room");
    await room.until(() => window.shared);
    return room.page.evaluate(() => window.shared.url);
  };

  on("brings the room to somebody else, who places its first thing", "?anchors=kept", async (room) => {
    const before = await room.furnish();
    const url = new URL(await link(room));
    const text = Buffer.from(url.hash.split("=")[1], "base64url").toString();
    assert.doesNotMatch(text, /anchor|plane|depth|image|matrix/);
    assert.ok(url.hash.length < 1200, `${url.hash.length} letters`);
    assert.deepEqual(await room.page.evaluate(() => window.kept), [], "sharing keeps nothing on the device");
    const other = await openRoom(rooms.browser, rooms.url, url.hash);
    await other.room.until(() => document.querySelector("vitrine-view").items.some(({ isReady }) => isReady));
    await other.room.enter();
    await other.room.place(0, -35);
    const now = await other.room.standing(2);
    const apart = (items) => byId(items, OWN).position.map((value, axis) => value - byId(items, PICTURE).position[axis]);
    assert.ok(off(apart(now), apart(before)) < 0.02, `${apart(now)}, not ${apart(before)}`);
    assertClean(other.account);
    await other.close();
  });

  const hash = (room) => `#vitrine-room=${typeof room === "string" ? room : Buffer.from(JSON.stringify(room)).toString("base64url")}`;
  const warned = (room, pattern) => room.until(([source]) => window.heard.some(({ name, detail }) => name === "warning" && new RegExp(source).test(detail.message)), pattern);

  on("that is broken is told to shop and shopper, and the product stands alone", hash("%%%"), async (room) => {
    await warned(room, "address cannot be read");
    await room.enter();
    await room.view.locator("[part=ar-warning]").filter({ hasText: "cannot be read" }).waitFor();
    await room.place(0, -35);
    await room.standing(1);
  });

  const hostile = {
    version: 1, layout: "1~0_NaN_0_0_0_f",
    items: [
      { id: 0, src: "/made/chest.glb", name: "Chest" },
      { id: 1, src: "https://evil.example/track.glb", name: "Tracker" },
      { id: 2, src: "javascript:alert(1)", name: "Script" },
      { id: "__proto__", src: "/made/picture.glb", name: `<img src=x onerror="document.title='taken over'">`, placement: "nowhere" },
    ],
  };
  on("by somebody hostile fetches nothing from elsewhere, runs nothing and moves nothing", hash(hostile), async (room) => {
    await warned(room, "not from this shop");
    await room.until(() => document.querySelector("vitrine-view").items.some(({ isReady }) => isReady));
    assert.equal((await room.page.evaluate(() => document.querySelector("vitrine-view").items)).length, 1);
    await room.enter();
    await warned(room, "link's product 1 is not complete");
    await room.view.locator("[part=ar-warning]").filter({ hasText: "Place them anew" }).waitFor();
    await room.press(/^Your room/);
    await room.view.getByRole("button", { name: /^Select <img/ }).waitFor();
    assert.notEqual(await room.page.title(), "taken over");
  });
});
