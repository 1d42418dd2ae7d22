// Planes that a phone knows, and sizes to trust: surfaces refused with words, places against the wall, dimension lines, lengths
// between two taps and doorways, each answered in words with how far it may be off.

import assert from "node:assert/strict";
import { describe } from "node:test";
import { byId, OWN, PICTURE, useRooms } from "./support/room-page.mjs";
import { SIZE } from "./support/xr-product.mjs";

const { on } = useRooms();
const WALL_Z = -3;

/** The dimension lines on the screen, by their words. */
const lines = (room) => room.page.evaluate(() => {
  const root = document.querySelector("vitrine-view").shadowRoot.querySelector("[part=ar-dimensions]");
  const share = (value) => parseFloat(value) / 100;
  const ends = (line) => [["x1", "y1"], ["x2", "y2"]].map((end) => end.map((name) => share(line.getAttribute(name))));
  return [...root.querySelectorAll("span")].map((label, index) => ({ label: label.textContent, ends: ends(root.querySelectorAll("line")[index]) }));
});

describe("on a phone that knows planes and has no hit tests", () => {
  on("a thing for the wall is refused by the floor, aloud and in writing, and hangs flat on the wall", "?planes=1&no-hit-test=1", async (room) => {
    await room.page.evaluate(() => document.querySelector("vitrine-view").setAttribute("ar-placement", "wall"));
    await room.enter();
    await room.phone("stand", 0, 0, 0, -60);
    await room.hint(/^This one hangs on a wall. Point the phone at a wall$/);
    const hint = room.view.locator("[part=ar-hint]");
    assert.deepEqual([await hint.getAttribute("role"), await hint.getAttribute("aria-live"), await hint.isVisible()], ["status", "polite", true]);
    await room.touch();
    assert.equal((await room.items()).filter(({ placed }) => placed).length, 0, "the floor takes it not");
    await room.press("Place it here");
    await room.hint(/Point the phone at a wall/);
    // Looked at from the side, its back lies on the wall all the same.
    await room.place(25, 0);
    const [{ position, orientation }] = await room.standing(1);
    assert.ok(Math.abs(position[2] - (WALL_Z + SIZE[2] / 2)) < 0.002, `its back is at ${position[2] - SIZE[2] / 2}`);
    assert.ok(Math.abs(orientation[1]) < 0.002, `it is turned: ${orientation}`);
  });

  on("a thing for the floor goes against the wall near it, and one for tables onto the table", "?planes=1&no-hit-test=1", async (room) => {
    await room.call("addItem", "/made/vase.glb", { placement: "table", name: "Vase" });
    await room.enter();
    // 5 cm before the wall at its back, and looked at from the side.
    const near = WALL_Z + SIZE[2] / 2 + 0.05;
    await room.place(8, (-Math.atan2(1.5, -near / Math.cos((8 * Math.PI) / 180)) * 180) / Math.PI);
    const [chest] = await room.standing(1);
    assert.ok(Math.abs(chest.position[2] - (WALL_Z + SIZE[2] / 2)) < 0.002, `its back is at ${chest.position[2] - SIZE[2] / 2}`);
    await room.phone("stand", 0, 0, 0, -60);
    await room.hint(/stands on a table or shelf/);
    await room.place(28, -20);
    const vase = byId(await room.standing(2), PICTURE);
    assert.ok(Math.abs(vase.position[1] - 0.75) < 0.005, `it stands at ${vase.position}`);
  });
});

describe("sizes", () => {
  on("are drawn on the product and to the nearest wall, where they are and as long as they are", "?planes=1", async (room) => {
    await room.enter();
    await room.place(0, -40);
    await room.standing(1);
    await room.phone("stand", 0.6, 0.9, 0, -20);
    await room.press("Measure");
    await room.view.getByLabel("Show dimensions").check();
    await room.press("Close");
    await room.until(() => document.querySelector("vitrine-view").shadowRoot.querySelectorAll("[part=ar-dimensions] span").length === 4);
    const { position: [x, y, z] } = byId(await room.items(), OWN);
    const gap = z - SIZE[2] / 2 - WALL_Z;
    const drawn = await lines(room);
    assert.deepEqual(drawn.map(({ label }) => label), [...[SIZE[0], SIZE[1], SIZE[2], gap].map((metres) => `${Math.round(metres * 100)} cm`)]);
    // The width runs along the lower front edge, 2 cm before it.
    for (const [end, side] of [[0, -1], [1, 1]]) {
      const place = await room.phone("placeOf", [x + (side * SIZE[0]) / 2, y, z + SIZE[2] / 2 + 0.02]);
      const apart = Math.hypot(...place.map((share, axis) => share - drawn[0].ends[end][axis]));
      assert.ok(apart < 0.01, `the line's end ${drawn[0].ends[end]} is not at ${place}`);
    }
    await room.leave();
    await room.page.evaluate(() => document.querySelector("vitrine-view").setAttribute("ar-units", "in"));
    await room.phone("stand", 0, 0, 0, -40);
    await room.enter();
    await room.place(0, -40);
    await room.standing(1);
    await room.press("Measure");
    await room.view.getByLabel("Show dimensions").check();
    await room.until(() => [...document.querySelector("vitrine-view").shadowRoot.querySelectorAll("[part=ar-dimensions] span")][0]?.textContent === "19.5 in");
  });

  on("of a gap and a doorway are answered in a sentence with the uncertainty", "?planes=1", async (room) => {
    const answer = room.view.locator("[part=ar-measurement]");
    const gap = async (metres) => {
      await room.press("Measure");
      await room.press("A gap");
      await room.hint(/where the measurement begins/);
      await room.touch([-1.9, 0, -1.5]);
      await room.hint(/where the measurement ends/);
      await room.touch([metres - 1.9, 0, -1.5]);
      await answer.waitFor();
      return answer.textContent();
    };
    await room.enter();
    await room.place(0, -40);
    await room.standing(1);
    await room.phone("stand", -1.5, 0, 0, -40);
    const within = /(\d+) cm ±(?:\d+ [cm]m)\. (.*)$/;
    const [, wide, fits] = (await gap(0.7)).match(within);
    assert.ok(Math.abs(wide - 70) <= 1, wide);
    assert.match(fits, /^Fits, (19|20|21) cm to spare \(±\d+ [cm]m\)$/);
    const [, narrow, not] = (await gap(0.4)).match(within);
    assert.ok(Math.abs(narrow - 40) <= 1, narrow);
    assert.match(not, /^(9|10|11) cm too wide \(±\d+ [cm]m\)$/);

    await room.press("Measure");
    const door = async (width, height) => {
      await room.view.getByLabel("Width of the doorway (cm)").fill(width);
      await room.view.getByLabel("Height of the doorway (cm)").fill(height);
      await room.press("Check");
    };
    const said = (text) => room.view.locator("[part=ar-measure] [role=status]").filter({ hasText: text }).waitFor();
    await door("wide", "200");
    await said("Write width and height as numbers.");
    // Carried with its narrow side ahead, which is 30 cm.
    await door("45", "200");
    await said("Fits, 15 cm to spare (±5 mm)");
    await door("25", "200,5");
    await said("5 cm too wide (±5 mm)");
  });
});
