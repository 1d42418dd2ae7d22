// What can go wrong with a room session, and what phones lack: each leaves a word with a stable code and a page that works.

import assert from "node:assert/strict";
import { describe } from "node:test";
import { usePhones } from "./support/xr-browser.mjs";
import { FACES, faceCenter } from "./support/xr-product.mjs";

const on = usePhones();

describe("sessions that do not begin", () => {
  for (const [word, code] of [["NotAllowedError", "ar-refused"], ["NotSupportedError", "ar-not-supported"], ["InvalidStateError", "ar-busy"]]) {
    on(`${word} is told as ${code}`, { build: "webgl", deny: word }, async (room) => {
      await room.enter();
      assert.equal((await room.notice("ar-status", { status: "failed" })).reason, code);
      await pageWorks(room);
      // Trying again is told again.
      await room.enter();
      await room.page.waitForFunction(() => window.notices.filter(({ detail }) => detail.status === "failed").length === 2);
    });
  }

  on("a device without room sessions is told as ar-not-supported", { build: "webgl", "no-ar": "1" }, async (room) => {
    await room.enter();
    assert.equal((await room.notice("ar-status", { status: "failed" })).reason, "ar-not-supported");
    await pageWorks(room);
  });

  on("two clicks ask once", { build: "webgl" }, async (room) => {
    await room.page.evaluate(() => {
      document.getElementById("enter").click();
      document.getElementById("enter").click();
    });
    await room.notice("ar-hint", { code: "tap-to-place" });
    assert.ok(!(await room.heard()).some(({ detail }) => detail.status === "failed"));
  });
});

describe("the bridge does not carry", () => {
  const broken = { "broken-bridge": "1" };

  on("the WebGPU build ends the session and asks for the other build", { build: "webgpu", ...broken }, async (room) => {
    await room.enter();
    await room.notice("ar-bridge-failed");
    const { reason } = await room.notice("ar-status", { status: "not-presenting" });
    assert.equal(reason, "ar-bridge-failed");
    assert.equal(await room.page.evaluate(() => window.phone.device.activeSession ?? null), null);
    await pageWorks(room);
  });

  for (const opaque of [{}, { opaque: "1" }]) {
    const layer = opaque.opaque ? "with" : "without";
    on(`the WebGL2 build goes on directly in the same session, ${layer} a frame buffer of its own`, { build: "webgl", ...broken, ...opaque }, async (room) => {
      await room.place();
      assert.ok(await room.isDirect());
      await seesFront(room);
      assert.deepEqual(await room.page.evaluate(() => window.faults), []);
      await room.page.evaluate(() => window.viewer.endAr());
      await room.notice("ar-status", { status: "not-presenting" });
      await pageWorks(room);
    });
  }

  on("where only the bridge is allowed the session fails and says so", { build: "webgl", way: "bridge", ...broken }, async (room) => {
    await room.enter();
    assert.equal((await room.notice("ar-status", { status: "failed" })).reason, "ar-bridge-failed");
    await room.page.waitForFunction(() => !window.phone.device.activeSession);
    await pageWorks(room);
  });

  on("the WebGPU build has no direct way", { build: "webgpu", way: "direct" }, async (room) => {
    await room.enter();
    await room.notice("ar-bridge-failed");
    await room.page.waitForFunction(() => !window.phone.device.activeSession);
    await pageWorks(room);
  });

  on("a bridge whose card is lost in the middle gives way to the direct way", { build: "webgl" }, async (room) => {
    await room.place();
    await seesFront(room);
    await room.page.evaluate(() => window.phone.device.activeSession.renderState.baseLayer.context.getExtension("WEBGL_lose_context").loseContext());
    await room.page.waitForFunction(() => document.querySelector("[data-webxr_runtime] #view"));
    await room.phone("frames", 3);
    await seesFront(room);
  });
});

describe("phones that lack something", () => {
  on("without a known floor the hits still place it", { build: "webgl", "no-floor": "1" }, async (room) => {
    await room.place();
    await seesFront(room);
  });

  on("without hit tests the known floor is the floor", { build: "webgl", "no-hit-test": "1" }, async (room) => {
    await room.place();
    const { item } = await room.query("room");
    assert.ok(Math.abs(item.position[1]) < 0.01, `stands at ${item.position}`);
    await seesFront(room);
  });

  for (const way of [{ build: "webgpu" }, { build: "webgl" }, { build: "webgl", way: "direct" }]) {
    on(`two eyes see two pictures: ${Object.values(way).join(", ")}`, { ...way, stereo: "1" }, async (room) => {
      await room.place();
      const front = await room.world(faceCenter("front"));
      const pixels = await room.page.evaluate((front) => window.phone.pixelsOfEyes(front), front);
      assert.equal(pixels.length, 2);
      for (const [red, green, blue, alpha] of pixels) assert.ok(red > 250 && green < 5 && blue < 5 && alpha === 255, `${pixels}`);
    });
  }
});

describe("in the middle of a session", () => {
  on("a wall product hangs on the wall and not on the floor", { build: "webgl", placement: "wall" }, async (room) => {
    await room.enter();
    await room.notice("ar-hint", { code: "wrong-surface" });
    await room.phone("stand", 0, -1, 0, 0);
    await room.notice("ar-hint", { code: "tap-to-place" });
    await room.tap();
    await room.notice("ar-hint", { code: "placed" });
    const [x, y, z] = await room.world([0, 0.4, -0.15]);
    assert.ok(Math.hypot(x, y - 1.5, z + 3) < 0.02, `its back is at ${[x, y, z]}`);
    await seesFront(room);
  });

  on("it lands on the table where the finger points when it is let go", { build: "webgl" }, async (room) => {
    await room.phone("stand", -0.3, 0.4, 0, -30);
    await room.place();
    const [x, y, z] = await room.world([0, 0.1, 0.15]);
    await room.phone("press", 0, [x, y, z]);
    await room.phone("move", [x - 0.02, y, z]);
    await room.phone("move", [-1.0, 0.75, -1.85]);
    assert.ok(Math.abs((await room.query("room")).item.position[1]) < 0.01, "still on the floor while it is dragged");
    await room.phone("release", 0);
    const landed = (await room.query("room")).item.position;
    assert.ok(Math.abs(landed[1] - 0.75) < 0.01 && Math.hypot(landed[0] + 1.0, landed[2] + 1.85) < 0.25, `it stands at ${landed}`);
  });

  on("a touch that the system takes away places nothing", { build: "webgl" }, async (room) => {
    await room.enter();
    await room.notice("ar-hint", { code: "tap-to-place" });
    await room.page.evaluate(() => (window.isActionCancelled = true));
    await room.tap();
    assert.equal((await room.query("room")).status, "session-started");
  });

  on("a session that is hidden lets go of the product", { build: "webgl" }, async (room) => {
    await room.place();
    const foot = (await room.query("room")).item.position;
    await room.phone("press", 0);
    await room.page.evaluate(() => window.phone.device.updateVisibilityState("visible-blurred"));
    await room.phone("frames", 3);
    await room.page.evaluate(() => window.phone.device.updateVisibilityState("visible"));
    await room.phone("frames", 3);
    await room.phone("move", [1, 0, -2]);
    assert.deepEqual((await room.query("room")).item.position, foot);
  });

  on("lost tracking is told after half a second and found again", { build: "webgl" }, async (room) => {
    await room.place();
    const pictures = await room.page.evaluate(async () => {
      const isTold = () => window.notices.some(({ detail }) => detail.status === "not-tracking");
      window.isLost = true;
      const before = window.pictures;
      while (!isTold() && window.pictures < before + 60) await window.phone.frames(1);
      return window.pictures - before;
    });
    // It is told a microtask after the picture; half a second is 30 of them.
    assert.ok(pictures >= 30 && pictures <= 32, `told after ${pictures} pictures`);
    const { share } = await room.phone("coverage");
    assert.equal(share, 0, "what the phone cannot place is not shown");
    await room.page.evaluate(() => (window.isLost = false));
    await room.phone("frames", 2);
    assert.equal((await room.heard()).findLast(({ name }) => name === "ar-tracking").detail.status, "tracking");
    await seesFront(room);
  });

  on("when the phone forgets its origin the product is looked for anew", { build: "webgl" }, async (room) => {
    await room.place();
    await room.page.evaluate(() => window.phone.device.recenter());
    await room.page.waitForFunction(() => JSON.parse(window.viewer.query("room")).status === "session-started");
    await room.tap();
    await room.page.waitForFunction(() => JSON.parse(window.viewer.query("room")).status === "object-placed");
  });

  on("closing the viewer ends the session", { build: "webgpu" }, async (room) => {
    await room.place();
    await room.page.evaluate(() => window.viewer.close());
    await room.page.waitForFunction(() => !window.phone.device.activeSession);
    assert.deepEqual(room.page.problems, []);
  });
});

/** The middle of the front face is red in the layer. */
async function seesFront(room) {
  const [[red, green, blue, alpha]] = await room.phone("pixelsAt", [await room.world(faceCenter("front"))]);
  assert.ok(red > 250 && green < 5 && blue < 5 && alpha === 255, `the front is ${[red, green, blue, alpha]}`);
}

/** The page's own view is drawn, in its own size. */
async function pageWorks(room) {
  await room.page.evaluate(() => window.viewer.act("reset-view", ""));
  const { width, height, middle } = await room.pagePicture();
  assert.deepEqual([width, height], [320, 240]);
  FACES.front.color.forEach((value, channel) => assert.ok(Math.abs(middle[channel] - value * 255) <= 3, `the page shows ${middle}`));
}
