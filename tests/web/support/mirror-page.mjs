// A page with something to try on: opens its mirror, waits for what it says, and tells where the worn product is seen.

import { openHtml, shown } from "./browser.mjs";
import { fakeCamera, HEIGHT, WIDTH } from "./camera.mjs";
import { pictureOf, probe, readPng } from "./picture.mjs";

/**
 * Opens a page whose one product is drawn and whose mirror is open and asks. `bytes` is the camera's portrait; `script` runs in
 * the page before all others, `options` are those of the page. `account.sent` lists requests that carry anything.
 */
export async function openMirror(stage, bytes, attributes, script, options = {}) {
  const sent = [];
  const prepare = async (page) => {
    await fakeCamera(page, bytes);
    await page.addInitScript(listen);
    if (script) await page.addInitScript(script);
    page.on("request", (request) => {
      const { search, hash } = new URL(request.url());
      if (request.method() !== "GET" || request.postData() !== null || search || hash) sent.push(`${request.method()} ${request.url()}`);
    });
  };
  const view = `<vitrine-view loading="eager" alt="Something to wear" ${attributes}></vitrine-view>`;
  // A wall needs few pixels, and software draws each.
  const deviceScaleFactor = bytes ? 1 : 0.5;
  const opened = await openHtml(stage.browser, stage.url, view, { viewport: { width: WIDTH, height: HEIGHT }, deviceScaleFactor, prepare, ...options });
  await shown(opened.page);
  await opened.page.click("[part=default-try-on-button]");
  await said(opened.page, "asking");
  opened.account.sent = sent;
  return opened;
}

/** Runs in the page: what the mirror says, how many answers trackers in workers gave, and whom they saw last. */
function listen() {
  window.said = [];
  window.answers = 0;
  window.sighting = undefined;
  document.addEventListener("try-on-status", ({ detail }) => window.said.push(detail));
  window.Worker = class extends Worker {
    constructor(...parameters) {
      super(...parameters);
      this.addEventListener("message", ({ data }) => {
        window.answers += Number(data.found !== undefined);
        if (data.found?.length) window.sighting = [...data.found[0].points];
      });
    }
  };
}

/** Waits until the mirror has said a status, with that reason where one is named, so many times. */
export function said(page, status, reason, count = 1) {
  const isSaid = ([status, reason, count]) => window.said.filter((detail) => detail.status === status && (reason === null || detail.reason === reason)).length >= count;
  return page.waitForFunction(isSaid, [status, reason ?? null, count]);
}

/** What the viewer knows of the shopper; `null` while the mirror is closed. */
export const known = (page) => page.evaluate(() => document.querySelector("vitrine-view").query("mirror"));

/** A tracker that computes in software, beside all else that a busy machine does, takes seconds for each picture. */
const SEATING_MS = 200_000;

/** Waits until the product sits and the tracker's answers move it no more; gives what the viewer knows then. */
export async function seated(page) {
  await page.evaluate(() => (window.seat = { answers: window.answers, calm: 0 }));
  await page.waitForFunction(() => {
    const { seat } = window;
    if (window.answers === seat.answers) return false;
    const told = document.querySelector("vitrine-view").query("mirror");
    const [x, y, z] = told?.worn[0]?.position ?? [];
    const focal = told?.view && told.view.size[1] / 2 / Math.tan(told.view.verticalFieldOfView / 2);
    const at = z && [(x / z) * focal, (y / z) * focal];
    const moved = at && seat.at ? Math.hypot(at[0] - seat.at[0], at[1] - seat.at[1]) : Infinity;
    Object.assign(seat, { answers: window.answers, at, calm: moved < 1.5 ? seat.calm + 1 : 0 });
    return told?.status === "found" && seat.calm >= 2;
  }, undefined, { polling: 100, timeout: SEATING_MS }).catch(async (cause) => {
    const seen = await page.evaluate(() => [window.answers, window.seat, document.querySelector("vitrine-view").query("mirror")]);
    throw new Error(`it never sat: ${JSON.stringify(seen)}`, { cause });
  });
  return known(page);
}

/** The wall that the camera sees behind everything while it has no portrait. */
const WALL = [0x88, 0x88, 0x88];

/**
 * Opens the mirror before somebody whom the page's own tracker sees. Once the product sits: what is known as `told`, and how far
 * the picture is from the bare wall where a point of the product is as `covered`.
 */
export async function before(stage, attributes, script, sighting, options) {
  const opened = await openMirror(stage, undefined, attributes, script, options);
  await opened.page.evaluate((sighting) => (window.sightings = [sighting]), sighting);
  await opened.page.click("[part=try-on-camera-button]");
  await said(opened.page, "live");
  const told = await seated(opened.page);
  await opened.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const picture = await pictureOf(opened.page, "[part=try-on]");
  const screenAt = told.view.mirrored ? mirroredAt : straightAt;
  const covered = (point, which = 0) => apart(screenAt(picture, projected(told, point, which)), WALL);
  return { ...opened, told, covered };
}

/** A direction of a worn product's own space in the camera's. */
export function turnedBy({ orientation: [x, y, z, w] }, way) {
  const cross = ([ax, ay, az], [bx, by, bz]) => [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
  const twice = cross([x, y, z], way).map((value) => value * 2);
  const again = cross([x, y, z], twice);
  return way.map((value, axis) => value + w * twice[axis] + again[axis]);
}

/** A point of a worn product in the camera's space, in metres. */
export function worn({ worn }, point, which = 0) {
  const { position, scale } = worn[which];
  return turnedBy(worn[which], point.map((value) => value * scale)).map((value, axis) => value + position[axis]);
}

/** Where it is seen in the camera's picture, in its pixels. */
export function projected(known, point, which = 0) {
  const [x, y, z] = worn(known, point, which);
  const [width, height] = known.view.size;
  const focal = height / 2 / Math.tan(known.view.verticalFieldOfView / 2);
  return [width / 2 + (x / -z) * focal, height / 2 - (y / -z) * focal];
}

/** What the camera itself has at a point of its picture; what the screen has there, mirrored. */
export const cameraAt = (page, [x, y]) => page.evaluate(([x, y]) => [...window.camera.canvas.getContext("2d").getImageData(x, y, 1, 1).data].slice(0, 3), [Math.round(x), Math.round(y)]);
export const mirroredAt = (picture, [x, y]) => probe(picture, (WIDTH - 0.5 - Math.round(x)) / (WIDTH - 1), (Math.round(y) + 0.5) / (HEIGHT - 1));
export const straightAt = (picture, [x, y]) => probe(picture, (Math.round(x) + 0.5) / (WIDTH - 1), (Math.round(y) + 0.5) / (HEIGHT - 1));
/** How far the mirror is from what the camera itself has where these points of a worn product are, if all of the page is the mirror. */
export async function overCamera(page, told, points) {
  const picture = readPng(await page.screenshot());
  return Promise.all(points.map(async (point) => {
    const at = projected(told, point);
    return apart(mirroredAt(picture, at), await cameraAt(page, at));
  }));
}
/** How far two colours are apart, 0 to 255. */
export const apart = (a, b) => Math.max(...a.map((value, part) => Math.abs(value - b[part])));
