// What moves on the page: joints, morph targets and copies on both builds; played, held, sought, and still when it is over.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertClean, heard, openHtml, settled, shown } from "./support/browser.mjs";
import { MADE } from "./support/model.mjs";
import { decibels, difference, pictureOf, probe } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const stage = useStage();

const open = (backend, more = "", options = {}) => openHtml(stage.browser, stage.url, `<vitrine-view backend="${backend}" src="/made/moving.glb"
  alt="Squares" loading="eager" camera-orbit="0deg 90deg 4m" camera-target="0m 0m 0m" field-of-view="45deg" ${more}></vitrine-view>`,
  { routes: MADE, ...options });

/** Pixels for a metre on a picture of 400 by 300, from four metres away. */
const METRE = 150 / (4 * Math.tan(Math.PI / 8));
const at = (picture, x, y) => probe(picture, 0.5 + (x * METRE) / 400, 0.5 - (y * METRE) / 300);
const isColor = (picture, x, y, channel, what) => {
  const color = at(picture, x, y);
  assert.ok(color.every((value, index) => (index === channel ? value > 130 : value < 90)), `${what}: ${color} at ${x} ${y}`);
};
const isEmpty = (picture, x, y, what) => assert.deepEqual(at(picture, x, y), [255, 255, 255], what);
const frames = (page) => page.$eval("vitrine-view", (view) => view.query("frames"));

describe("both builds", () => {
  const pictures = {};
  for (const backend of ["webgpu", "webgl"]) {
    test(`${backend} draws joints, morph targets and copies`, async () => {
      const { page, account, close } = await open(backend);
      await shown(page);
      assert.equal(await page.$eval("vitrine-view", (view) => view.activeBackend), backend);
      assert.deepEqual(await page.$eval("vitrine-view", (view) => [view.availableAnimations, view.paused, view.duration]), [["go"], true, 0]);
      const rest = await pictureOf(page);
      isColor(rest, -1, 0, 0, "the joint is at the left");
      isColor(rest, 0, 0, 1, "nothing is blended in");
      for (const x of [-1.5, -0.5, 0.5, 1.5]) isColor(rest, x, -1, 2, "every copy is there");
      isEmpty(rest, 0, -1, "and nothing between");
      await page.$eval("vitrine-view", (view) => { view.currentTime = 0.75; });
      await settled(page);
      assert.deepEqual(await page.$eval("vitrine-view", (view) => [view.currentTime, view.duration]), [0.75, 1]);
      const later = await pictureOf(page);
      isColor(later, 0.5, 0, 0, "the joint has moved");
      isEmpty(later, -1, 0, "it is no more where it was");
      isColor(later, 0, 0.75, 1, "the target lifts");
      isEmpty(later, 0, -0.2, "it is no more where it was");
      pictures[backend] = later;
      assertClean(account);
      await close();
    });
  }

  test("draw the same picture", () => {
    assert.ok(pictures.webgpu && pictures.webgl, "both were drawn");
    const distance = decibels(pictures.webgpu, pictures.webgl);
    assert.ok(distance < -30, `the builds differ by ${distance.toFixed(1)} dB`);
  });
});

test("it plays, is held, and ends", async () => {
  const { page, account, close } = await open("webgpu", "autoplay");
  await heard(page, "play");
  await heard(page, "loop");
  const [first, second] = [await pictureOf(page), await pictureOf(page)];
  assert.ok(difference(first, second) > 0.001, "the picture changes");
  await page.$eval("vitrine-view", (view) => view.pause());
  await heard(page, "pause");
  await settled(page);
  const drawn = await frames(page);
  assert.ok(difference(await pictureOf(page), await pictureOf(page)) === 0, "the picture stands");
  assert.equal(await frames(page), drawn, "no frame is drawn while it is held");
  await page.$eval("vitrine-view", (view) => {
    view.currentTime = 0.5;
    view.play({ repetitions: 1 });
  });
  await heard(page, "finished");
  await settled(page);
  assert.deepEqual(await page.$eval("vitrine-view", (view) => [view.paused, view.currentTime]), [true, 1]);
  isColor(await pictureOf(page), 1, 0, 0, "it stays at its end");
  assertClean(account);
  await close();
});

test("with reduced motion nothing plays by itself", async () => {
  const { page, close } = await open("webgpu", "autoplay", { reducedMotion: "reduce" });
  await shown(page);
  assert.deepEqual(await page.evaluate(() => window.heard.filter(({ name }) => name === "play")), []);
  assert.equal(await page.$eval("vitrine-view", (view) => view.paused), true);
  await close();
});
