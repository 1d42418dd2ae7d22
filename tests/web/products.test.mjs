// Our own products in the browser: the same picture on both builds, and the picture that was kept.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertClean, openHtml, shown } from "./support/browser.mjs";
import { assertKept } from "./support/golden.mjs";
import { coverage, decibels, readPng } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

/** Decibels; the builds' own pictures are compared by the same bound. */
const ALIKE = -30;

const stage = useStage();

async function draw(product, backend) {
  const html = `<vitrine-view backend="${backend}" src="/products/${product}.glb" alt="${product}" loading="eager"
    camera-orbit="25deg 78deg 105%" shadow-intensity="1"></vitrine-view>`;
  const { page, account, close } = await openHtml(stage.browser, stage.url, html, { viewport: { width: 400, height: 300 }, deviceScaleFactor: 0.5 });
  await shown(page);
  const bytes = await page.screenshot({ animations: "disabled" });
  assert.equal(await page.$eval("vitrine-view", (view) => view.activeBackend), backend);
  assertClean(account);
  await close();
  return bytes;
}

for (const product of ["armchair", "sunglasses", "wrist-watch"]) {
  test(`${product} looks the same on both builds, and as it was kept`, async () => {
    const webgpu = await draw(product, "webgpu");
    const webgl = await draw(product, "webgl");
    assert.ok(coverage(readPng(webgpu)) > 0.08, "the product is there");
    const distance = decibels(readPng(webgpu), readPng(webgl));
    assert.ok(distance < ALIKE, `the builds differ by ${distance.toFixed(1)} dB`);
    await assertKept(product, webgpu, { alike: ALIKE, mostBytes: 48 * 1024 });
  });
}
