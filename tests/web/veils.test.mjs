// Veils that reach into each other: two panes that cross, each before the other on its side, on both builds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openHtml, shown } from "./support/browser.mjs";
import { glb } from "./support/model.mjs";
import { readPng } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const SIZE = 200;
/** Linear colours of the panes, half transparent. The first stands nearer on the left. */
const [LEFT, RIGHT] = [[0.9, 0.1, 0.05], [0.05, 0.2, 0.8]];

const stage = useStage();

/** Squares of two metres, turned about the vertical by 40 degrees to either side. */
function crossing() {
  const bytes = Buffer.from(new Float32Array([-1, -1, 0, 1, -1, 0, -1, 1, 0, 1, 1, 0]).buffer);
  const turn = (sign) => [0, sign * Math.sin(Math.PI / 9), 0, Math.cos(Math.PI / 9)];
  const material = (color) => ({ pbrMetallicRoughness: { baseColorFactor: [...color, 0.5] }, alphaMode: "BLEND", doubleSided: true, extensions: { KHR_materials_unlit: {} } });
  return glb({
    asset: { version: "2.0", generator: "tests/web" }, extensionsUsed: ["KHR_materials_unlit"], scene: 0, scenes: [{ nodes: [0, 1] }],
    nodes: [{ mesh: 0, rotation: turn(1) }, { mesh: 1, rotation: turn(-1) }], materials: [LEFT, RIGHT].map(material),
    meshes: [0, 1].map((material) => ({ primitives: [{ mode: 5, material, attributes: { POSITION: 0 } }] })),
    accessors: [{ bufferView: 0, componentType: 5126, count: 4, type: "VEC3", min: [-1, -1, 0], max: [1, 1, 0] }],
    bufferViews: [{ buffer: 0, byteLength: bytes.length }], buffers: [{ byteLength: bytes.length }],
  }, bytes);
}

/** Straight sRGB of a pane of half opacity before another one, over nothing. */
function over(near, far) {
  const encode = (part) => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);
  return near.map((part, index) => Math.round(255 * encode((0.5 * part + 0.25 * far[index]) / 0.75)));
}

for (const backend of ["webgpu", "webgl"]) {
  test(`each of two crossing panes lies before the other on its side (${backend})`, async () => {
    const html = `<vitrine-view backend="${backend}" src="/made/crossing.glb" alt="Two panes" loading="eager" tone-mapping="none" camera-orbit="0deg 90deg 6m" field-of-view="30deg"></vitrine-view>`;
    const routes = {
      "**/test.css": (route) => route.fulfill({ contentType: "text/css", body: `body{margin:0}vitrine-view{width:${SIZE}px;height:${SIZE}px}` }),
      "**/made/crossing.glb": (route) => route.fulfill({ contentType: "model/gltf-binary", body: crossing() }),
    };
    const { page, close } = await openHtml(stage.browser, stage.url, html, { viewport: { width: SIZE, height: SIZE }, routes });
    await shown(page);
    const data = await page.$eval("vitrine-view", (view) => view.toDataURL());
    const { pixels, channels } = readPng(Buffer.from(data.split(",")[1], "base64"));
    for (const [x, color] of [[80, over(LEFT, RIGHT)], [95, over(LEFT, RIGHT)], [105, over(RIGHT, LEFT)], [120, over(RIGHT, LEFT)]]) {
      const seen = [...pixels.subarray((100 * SIZE + x) * channels, (100 * SIZE + x) * channels + 4)];
      const isNear = [...color, 191].every((part, index) => Math.abs(part - seen[index]) <= 3);
      assert.ok(isNear, `at ${x}: ${seen} instead of ${color}`);
    }
    await close();
  });
}
