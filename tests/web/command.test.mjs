// The browser draws what the command draws: the same product in the same light, on the page's canvas and as `vitrine render` writes it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { heard, openHtml, shown } from "./support/browser.mjs";
import { coverage, decibels, overWhite, readPng } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
/** What `cargo dev test web` names, with the place where cargo leaves it. */
const COMMAND = process.env.VITRINE_COMMAND ?? join(ROOT, "target/debug/vitrine");
const SHARED = findShared(ROOT);
const FAILED = join(ROOT, "target/golden/web");
const SIZE = 200;
/** Decibels. On two software cards the same picture is 25 to 30 dB apart, because their pixels' edges lie differently. */
const ALIKE = driver() ? -40 : -24;
/** What the two could draw differently: glass with colours, before a sky that is seen through it; metal, a varnished weave, brushed discs and a film on glass. */
const SCENARIOS = [
  { name: "glass", model: "AttenuationTest/glTF-Binary/AttenuationTest.glb", environment: "lebombo_1k.hdr", background: "environment" },
  { name: "bottle", model: "WaterBottle/glTF/WaterBottle-no-occlusion.gltf", environment: "studio_small_08_1k.hdr" },
  { name: "wicker", model: "ClearcoatWicker/glTF-Binary/ClearcoatWicker-no-occlusion.glb", environment: "lebombo_1k.hdr" },
  { name: "discs", model: "AnisotropyRotationTest/glTF-Binary/AnisotropyRotationTest.glb", environment: "lebombo_1k.hdr" },
  { name: "film", model: "IridescenceLamp/glTF/IridescenceLamp-no-occlusion.gltf", environment: "studio_small_08_1k.hdr" },
];
const isHere = ({ model }) => existsSync(join(SHARED, "models", model));

const stage = useStage();
let folder;
let pictures;
before(async () => {
  if (!SHARED || !existsSync(COMMAND)) return;
  folder = await mkdtemp(join(tmpdir(), "vitrine-command-"));
  const list = join(folder, "scenarios.json");
  const scenarios = SCENARIOS.filter(isHere);
  await writeFile(list, JSON.stringify(scenarios.map((scenario) => ({ size: SIZE, ...scenario }))));
  await promisify(execFile)(COMMAND, ["render", list, folder, "--models", join(SHARED, "models"), "--environments", join(SHARED, "environments")], { env: { ...process.env, ...driver() } });
  pictures = new Map(await Promise.all(scenarios.map(async ({ name }) => [name, readPng(await readFile(join(folder, `${name}.png`)))])));
});
after(() => folder && rm(folder, { recursive: true, force: true }));

/** The product on the page's canvas, its sky too where the scenario has one. */
async function draw({ model, environment, background }, backend) {
  const sky = background === "environment" ? `skybox-image="/shared/environments/${environment}"` : `environment-image="/shared/environments/${environment}"`;
  const html = `<vitrine-view backend="${backend}" src="/shared/models/${model}" alt="A product" loading="eager" ${sky}></vitrine-view>`;
  const style = (route) => route.fulfill({ contentType: "text/css", body: `body{margin:0}vitrine-view{width:${SIZE}px;height:${SIZE}px}` });
  const shared = async (route) => {
    const path = resolve(SHARED, decodeURIComponent(new URL(route.request().url()).pathname.replace("/shared/", "")));
    return route.fulfill({ body: await readFile(path), contentType: "application/octet-stream" });
  };
  const { page, close } = await openHtml(stage.browser, stage.url, html, { viewport: { width: SIZE, height: SIZE }, routes: { "**/test.css": style, "**/shared/**": shared } });
  await heard(page, "load");
  await heard(page, "environment-change");
  await shown(page);
  const data = await page.$eval("vitrine-view", (view) => view.toDataURL());
  await close();
  return Buffer.from(data.split(",")[1], "base64");
}

for (const scenario of SCENARIOS) {
  for (const backend of ["webgpu", "webgl"]) {
    test(`${scenario.name} looks in the browser (${backend}) as the command draws it`, async (context) => {
      if (!SHARED) return context.skip("there is no folder `shared` with models beside the project");
      if (!isHere(scenario)) return context.skip(`the folder \`shared\` lacks ${scenario.model}`);
      if (!existsSync(COMMAND)) return context.skip(`the command is not built: ${COMMAND}`);
      const drawn = await draw(scenario, backend);
      const browser = overWhite(readPng(drawn));
      const command = overWhite(pictures.get(scenario.name));
      assert.ok(scenario.background || coverage(command) > 0.05, "the product is there");
      const distance = decibels(command, browser);
      if (distance >= ALIKE) {
        await mkdir(FAILED, { recursive: true });
        await writeFile(join(FAILED, `${scenario.name}-${backend}.png`), drawn);
        await copyFile(join(folder, `${scenario.name}.png`), join(FAILED, `${scenario.name}-command.png`));
      }
      assert.ok(distance < ALIKE, `${distance.toFixed(1)} dB apart; both pictures are in ${FAILED}`);
      context.diagnostic(`${distance.toFixed(1)} dB`);
    });
  }
}

/** Has the command draw on the browser's own software card, where the browser brings one for Vulkan. */
function driver() {
  const folders = [dirname(process.env.CHROMIUM ?? "/usr/bin/chromium"), "/usr/lib/chromium", "/usr/lib/chromium-browser"];
  const file = folders.map((folder) => join(folder, "vk_swiftshader_icd.json")).find(existsSync);
  return file && { VK_DRIVER_FILES: file, VK_ICD_FILENAMES: file };
}

/** The nearest folder `shared` with models, beside the project or above it. */
function findShared(from) {
  const candidate = join(from, "shared");
  if (existsSync(join(candidate, "models")) && existsSync(join(candidate, "environments"))) return candidate;
  return dirname(from) === from ? undefined : findShared(dirname(from));
}
