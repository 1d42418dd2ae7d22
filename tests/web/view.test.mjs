// The product on the page: the same picture on both builds, turned by hand, in its variants, and still when nobody moves it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertClean, heard, launch, openHtml, settled, shown } from "./support/browser.mjs";
import { MADE } from "./support/model.mjs";
import { coverage, decibels, difference, pictureOf, probe } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const CUBE = (backend, more = "") => `<vitrine-view backend="${backend}" src="/made/cube.glb" alt="A cube" camera-controls loading="eager"
  camera-orbit="35deg 65deg 4m" interpolation-decay="0" ${more}></vitrine-view>`;

const stage = useStage();

const open = (body, options = {}) => openHtml(stage.browser, stage.url, body, { routes: MADE, ...options });

describe("both builds", () => {
  const pictures = {};
  for (const backend of ["webgpu", "webgl"]) {
    test(`${backend} shows the product in its colours`, async () => {
      const { page, account, close } = await open(CUBE(backend));
      await shown(page);
      assert.equal(await page.$eval("vitrine-view", (view) => view.activeBackend), backend);
      const picture = await pictureOf(page);
      pictures[backend] = picture;
      assert.deepEqual(probe(picture, 0.02, 0.02), [255, 255, 255], "around the product the page shows through");
      assert.ok(coverage(picture) > 0.1, `the cube covers ${coverage(picture)} of the picture`);
      // From 35 degrees to the right the front is left of the edge, the right side right of it, the top above.
      dominates(probe(picture, 0.44, 0.6), 1, "front: green");
      dominates(probe(picture, 0.63, 0.55), 0, "right: red");
      const top = probe(picture, 0.5, 0.36);
      assert.ok(Math.max(...top) - Math.min(...top) < 12 && top[0] > 120, `top: light grey, not ${top}`);
      const detail = await heard(page, "load");
      assert.deepEqual(detail.variants, ["Plain", "Plum"]);
      assert.deepEqual(rounded(detail.dimensions), { x: 1, y: 1, z: 1 });
      assertClean(account);
      await close();
    });
  }

  test("show the same picture", () => {
    assert.ok(pictures.webgpu && pictures.webgl, "both were drawn");
    const distance = decibels(pictures.webgpu, pictures.webgl);
    assert.ok(distance < -30, `the builds differ by ${distance.toFixed(1)} dB`);
  });

  test("without WebGPU the WebGL2 build is taken", async () => {
    const other = await launch("webgl");
    const { page, account, close } = await openHtml(other, stage.url, CUBE("auto"), { routes: MADE });
    await shown(page);
    assert.equal(await page.$eval("vitrine-view", (view) => view.activeBackend), "webgl");
    assert.ok(!account.requests.some((url) => url.includes("vitrine_webgpu")), "the other build is not downloaded");
    await close();
    await other.close();
  });
});

describe("hands", () => {
  test("the mouse turns it and stays within its own business", async () => {
    const { page, close } = await open(CUBE("webgpu"));
    await shown(page);
    const before = await camera(page);
    await page.mouse.move(200, 150);
    await page.mouse.down();
    await page.mouse.move(260, 150, { steps: 6 });
    await page.mouse.up();
    await settled(page);
    const after = await camera(page);
    assert.ok(Math.abs(after.theta - before.theta) > 0.5, `theta ${before.theta} to ${after.theta}`);
    await page.mouse.move(100, 100, { steps: 4 });
    assert.deepEqual(await camera(page), after, "a hovering mouse moves nothing");
    assert.ok(await page.evaluate(() => window.heard.some(({ name, detail }) => name === "camera-change" && detail.source === "user-interaction")));
    await close();
  });

  test("the wheel zooms with camera controls and scrolls the page without", async () => {
    const tall = "<p>.</p>";
    const { page, close } = await open(`${CUBE("webgpu")}${tall.repeat(80)}`);
    await shown(page);
    const before = await camera(page);
    await page.mouse.move(200, 150);
    await page.mouse.wheel(0, 240);
    await settled(page);
    assert.ok((await camera(page)).radius > before.radius * 1.1);
    assert.equal(await page.evaluate(() => scrollY), 0);
    await page.$eval("vitrine-view", (view) => view.toggleAttribute("disable-zoom", true));
    const far = await camera(page);
    await page.mouse.wheel(0, 240);
    await page.waitForFunction(() => scrollY > 0);
    assert.equal((await camera(page)).radius, far.radius);
    await close();
  });

  test("a finger turns it sideways, two fingers zoom, and up and down stays with the page", async () => {
    const { page, context, close } = await open(CUBE("webgpu"), { hasTouch: true, isMobile: true });
    await shown(page);
    const touch = await context.newCDPSession(page);
    const fingers = (type, points) => touch.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    const before = await camera(page);
    await fingers("touchStart", [[150, 150]]);
    for (let x = 160; x <= 230; x += 10) await fingers("touchMove", [[x, 150]]);
    await fingers("touchEnd", []);
    await settled(page);
    const turned = await camera(page);
    assert.ok(Math.abs(turned.theta - before.theta) > 0.3, `theta ${before.theta} to ${turned.theta}`);
    await fingers("touchStart", [[180, 150], [220, 150]]);
    for (let gap = 30; gap <= 90; gap += 10) await fingers("touchMove", [[200 - gap, 150], [200 + gap, 150]]);
    await fingers("touchEnd", []);
    await settled(page);
    assert.ok((await camera(page)).radius < turned.radius * 0.8, "spreading two fingers comes nearer");
    assert.equal(await page.$eval("vitrine-view", (view) => getComputedStyle(view.shadowRoot.querySelector("[part=stage]")).touchAction), "pan-y");
    await close();
  });

  test("keys turn, zoom and put it back, and say what is seen", async () => {
    const { page, close } = await open(CUBE("webgpu"));
    await shown(page);
    const before = await camera(page);
    await page.keyboard.press("Tab");
    const focus = await page.$eval("vitrine-view", (view) => view.shadowRoot.activeElement?.getAttribute("part"));
    assert.equal(focus, "stage");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("+");
    await settled(page);
    const after = await camera(page);
    assert.ok(after.theta !== before.theta && after.radius < before.radius);
    const said = await page.$eval("vitrine-view", (view) => view.shadowRoot.querySelector("[role=status]").textContent);
    assert.match(said, /^Seen from the/);
    await page.keyboard.press("Home");
    await settled(page);
    const home = await camera(page);
    assert.ok(Math.abs(home.radius - before.radius) < 1e-3 && Math.abs(home.phi - before.phi) < 1e-3);
    await close();
  });
});

describe("the product", () => {
  test("changes its variant by property, attribute and chooser", async () => {
    const { page, close } = await open(CUBE("webgpu"));
    await shown(page);
    assert.deepEqual(await page.$eval("vitrine-view", (view) => view.availableVariants), ["Plain", "Plum"]);
    const group = page.locator("vitrine-view").getByRole("radiogroup", { name: "Variant" });
    await group.getByRole("radio", { name: "Plum" }).check({ force: true });
    assert.equal((await heard(page, "variant-applied")).variant, "Plum");
    assert.equal(await page.$eval("vitrine-view", (view) => view.getAttribute("variant-name")), "Plum");
    await settled(page);
    const [red, green, blue] = probe(await pictureOf(page), 0.44, 0.5);
    assert.ok(red > green + 60 && blue > green + 40, `plum, not ${[red, green, blue]}`);
    await page.$eval("vitrine-view", (view) => (view.variantName = "Plain"));
    await settled(page);
    dominates(probe(await pictureOf(page), 0.44, 0.6), 1, "front: green again");
    assert.ok(await group.getByRole("radio", { name: "Plain" }).isChecked());
    await close();
  });

  test("turns by itself, but not for those who wish for less motion", async () => {
    const rotating = CUBE("webgpu", `auto-rotate auto-rotate-delay="0" rotation-per-second="90deg"`);
    for (const reducedMotion of ["no-preference", "reduce"]) {
      const { page, close } = await open(rotating, { reducedMotion });
      await page.waitForFunction(() => document.querySelector("vitrine-view").modelIsVisible);
      await page.waitForTimeout(500);
      const first = await pictureOf(page);
      await page.waitForTimeout(1500);
      const changed = difference(first, await pictureOf(page));
      if (reducedMotion === "reduce") assert.equal(changed, 0, "it stands still");
      else assert.ok(changed > 0.02, `only ${changed} of the picture moved`);
      await close();
    }
  });

  test("draws nothing while nothing changes", async () => {
    const { page, close } = await open(CUBE("webgpu"));
    await shown(page);
    const frames = await page.$eval("vitrine-view", (view) => view.query("frames"));
    await page.waitForTimeout(1500);
    assert.equal(await page.$eval("vitrine-view", (view) => view.query("frames")), frames);
    await close();
  });

  test("follows the element's size", async () => {
    const { page, close } = await open(CUBE("webgpu"));
    await shown(page);
    await page.$eval("vitrine-view", (view) => (view.style.width = "640px"));
    await page.waitForFunction(() => document.querySelector("vitrine-view").shadowRoot.querySelector("canvas").width === 640);
    await settled(page);
    const picture = await pictureOf(page);
    assert.equal(picture.width, 640);
    assert.ok(coverage(picture) > 0.05);
    await close();
  });

  test("keeps the old one in sight until the next is there", async () => {
    const { page, close } = await open(CUBE("webgpu"));
    await shown(page);
    await page.$eval("vitrine-view", (view) => (view.src = "/made/missing.glb"));
    await heard(page, "error");
    assert.ok(coverage(await pictureOf(page)) > 0.1);
    await close();
  });
});

/** One channel of a colour stands out. */
function dominates(color, channel, what) {
  const others = color.filter((_, index) => index !== channel);
  assert.ok(color[channel] > 120 && others.every((other) => color[channel] > other + 60), `${what}, not ${color}`);
}

function camera(page) {
  return page.$eval("vitrine-view", (view) => {
    const { theta, phi, radius } = view.query("camera");
    return { theta, phi, radius };
  });
}

function rounded({ x, y, z }) {
  return { x: Math.round(x * 1000) / 1000, y: Math.round(y * 1000) / 1000, z: Math.round(z * 1000) / 1000 };
}
