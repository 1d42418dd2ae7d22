// Our own products in the browser: the same picture on both builds, and the picture that was kept.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { assertClean, openHtml, shown } from "./support/browser.mjs";
import { coverage, decibels, readPng } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const GOLDEN = join(import.meta.dirname, "golden");
const FAILED = join(import.meta.dirname, "../../target/golden/web");
/** Kept pictures are small: whoever clones the project carries them. */
const MOST_BYTES = 48 * 1024;
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

/** Missing: fails with the command. Changed: fails, and keeps what was drawn. */
async function compareWithGolden(name, bytes) {
  const path = join(GOLDEN, `${name}.png`);
  const mode = process.env.GOLDEN;
  if (mode === "update" || (mode === "create" && !existsSync(path))) {
    await mkdir(GOLDEN, { recursive: true });
    await writeFile(path, bytes);
  }
  assert.ok(existsSync(path), `${path} is missing: look at the product, then run GOLDEN=create cargo dev test web`);
  assert.ok(bytes.length <= MOST_BYTES, `${bytes.length} bytes are too many to keep`);
  const distance = decibels(readPng(await readFile(path)), readPng(bytes));
  if (distance >= ALIKE) {
    await mkdir(FAILED, { recursive: true });
    await writeFile(join(FAILED, `${name}.png`), bytes);
  }
  assert.ok(distance < ALIKE, `${distance.toFixed(1)} dB from the kept picture; what was drawn is in ${FAILED}`);
}

for (const product of ["armchair", "sunglasses", "wrist-watch"]) {
  test(`${product} looks the same on both builds, and as it was kept`, async () => {
    const webgpu = await draw(product, "webgpu");
    const webgl = await draw(product, "webgl");
    assert.ok(coverage(readPng(webgpu)) > 0.08, "the product is there");
    const distance = decibels(readPng(webgpu), readPng(webgl));
    assert.ok(distance < ALIKE, `the builds differ by ${distance.toFixed(1)} dB`);
    await compareWithGolden(product, webgpu);
  });
}
