// Packed products: drawn on both builds as their plain twins are; a decoder is fetched when a model needs it and never
// else; one that hangs or falls ends in words; no picture keeps the page from answering.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertClean, heard, launch, openHtml, shown } from "./support/browser.mjs";
import { coverage, difference, pictureOf, probe } from "./support/picture.mjs";
import { bumpy, draco, ktx2, meshopt, pictured, plain } from "./support/packed.mjs";
import { startService } from "./support/service.mjs";

let service;
let browser;
before(async () => {
  service = await startService();
  browser = await launch("webgpu");
});
after(async () => {
  await browser?.close();
  await service?.stop();
});

const answer = (body) => (route) => route.fulfill({ contentType: "model/gltf-binary", body });
const VIEW = (backend) => `<vitrine-view backend="${backend}" src="/made/packed.glb" alt="A cube" loading="eager" camera-orbit="30deg 65deg 4m"><p slot="poster">Poster</p></vitrine-view><button id="page">page</button>`;
const open = (file, backend, routes = {}) => openHtml(browser, service.url, VIEW(backend), { routes: { "**/made/packed.glb": answer(file), ...routes } });
const fetched = (account) => account.requests.filter((url) => /unpack|vitrine_(draco|meshopt|tangents|basis)/.test(url)).map((url) => url.split("/").at(-1));

async function draw(file, backend) {
  const { page, account, close } = await open(file, backend);
  await shown(page);
  const picture = await pictureOf(page);
  assertClean(account);
  assert.deepEqual((await page.evaluate(() => window.heard)).filter(({ name }) => name === "warning" || name === "error"), []);
  await close();
  return { picture, files: fetched(account) };
}

for (const backend of ["webgpu", "webgl"]) {
  describe(`a product on ${backend}`, () => {
    test("that is packed by Draco or meshopt is drawn as the plain one, which needs no decoder", async () => {
      const expected = await draw(plain(), backend);
      assert.deepEqual(expected.files, []);
      assert.ok(coverage(expected.picture) > 0.05);
      for (const [file, name] of [[draco(), "draco"], [meshopt(), "meshopt"]]) {
        const { picture, files } = await draw(file, backend);
        assert.ok(difference(expected.picture, picture) < 0.001, `${name} differs`);
        assert.ok(files.includes(`vitrine_${name}_bg.wasm`) && files.includes("unpack.worker.js"), files.join());
      }
    });

    for (const levels of [5, 1]) {
      test(`with a KTX2 picture of ${levels} levels shows its colours`, async () => {
        const { picture, files } = await draw(ktx2(levels), backend);
        assert.ok(files.some((file) => (levels > 1 ? /basis-(bc7|astc|etc2)_bg/ : /basis-rgba_bg/).test(file)), files.join());
        let [green, blue] = [0, 0];
        for (let x = 0.3; x < 0.7; x += 0.01) for (let y = 0.3; y < 0.7; y += 0.01) {
          const [r, g, b] = probe(picture, x, y);
          green += Number(g > 100 && b < 80 && r < 60);
          blue += Number(b > 120 && g < 80 && r < 60);
        }
        assert.ok(green > 200 && blue > 200, `${green} green, ${blue} blue of 1600`);
      });
    }
  });
}

describe("a decoder", () => {
  const trap = (body) => ({ "**/vitrine_draco.js": (route) => route.fulfill({ contentType: "text/javascript", body: `export default async () => {};\nexport function unpack() { ${body} }` }) });

  async function assertTold(page, words) {
    const detail = await heard(page, "error");
    assert.equal(detail.code, "unpack-failed");
    assert.match(detail.message, words);
    await page.locator("vitrine-view").getByRole("alert").waitFor();
    await page.locator("#page").click();
  }

  for (const [what, body, words] of [
    ["that falls", "throw new WebAssembly.RuntimeError('unreachable')", /meshes\/0\/primitives\/0.*gave up.*unreachable/],
    ["that finds the data broken", "throw 'its Draco data is broken (a byte)'", /meshes\/0\/primitives\/0.*its Draco data is broken/],
    ["that hangs", "for (;;);", /did not finish its data within 20 seconds/],
  ]) {
    test(`${what} ends in words, and the page lives on`, async () => {
      const { page, account, close } = await open(draco(), "webgpu", trap(body));
      await assertTold(page, words);
      assert.deepEqual(account.problems, []);
      await close();
    });
  }

  test("that cannot be fetched says so", async () => {
    const { page, close } = await open(draco(), "webgpu", { "**/vitrine_draco_bg.wasm": (route) => route.fulfill({ status: 500, body: "no" }) });
    await assertTold(page, /gave up/);
    await close();
  });
});

/** A picture of noise that the browser itself encodes: [width, media type] to bytes. */
async function encoded(size, type) {
  const { page, close } = await openHtml(browser, service.url, "");
  const text = await page.evaluate(async ([size, type]) => {
    const canvas = new OffscreenCanvas(size, size);
    const context = canvas.getContext("2d");
    for (let at = 0; at < 400; at += 1) {
      context.fillStyle = `hsl(${(at * 47) % 360} 60% 50%)`;
      context.fillRect((at % 20) * size / 20, Math.floor(at / 20) * size / 20, size / 20, size / 20);
    }
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 30_000) text += String.fromCharCode(...bytes.subarray(at, at + 30_000));
    return btoa(text);
  }, [size, type]);
  await close();
  return Buffer.from(text, "base64");
}

test("tangents are made for a normal map that lacks them", async () => {
  const { files } = await draw(bumpy(await encoded(64, "image/png")), "webgpu");
  assert.ok(files.includes("vitrine_tangents_bg.wasm"), files.join());
});

/** What the page itself does for pictures, each call timed: cutting a band, and taking it to the card. */
function watchPictures() {
  window.slices = [];
  for (const [owner, name] of [[window, "createImageBitmap"], [window.GPUQueue?.prototype, "copyExternalImageToTexture"], [WebGL2RenderingContext.prototype, "texSubImage2D"]]) {
    const call = owner?.[name];
    if (!call) continue;
    owner[name] = function (...wishes) {
      const start = performance.now();
      try {
        return call.apply(this, wishes);
      } finally {
        window.slices.push(performance.now() - start);
      }
    };
  }
}

for (const backend of ["webgpu", "webgl"]) {
  test(`a picture of 4096 pixels is taken to the card in slices below 50 ms on ${backend}`, async () => {
    const file = pictured(await encoded(4096, "image/jpeg"), "image/jpeg");
    const { page, close } = await open(file, backend);
    await page.addInitScript(watchPictures);
    await page.reload();
    await shown(page);
    const slices = (await page.evaluate(() => window.slices)).sort((a, b) => b - a);
    console.log(`${backend}: ${slices.length} slices, the longest ${slices.slice(0, 4).map((slice) => slice.toFixed(1)).join(", ")} ms`);
    assert.ok(slices.length >= 16, "the picture comes in bands");
    // The median, because the machine that tests may be busy with other things; the whole picture takes several times 50.
    assert.ok(slices[Math.floor(slices.length / 2)] < 50, `half of the slices take longer than ${slices[Math.floor(slices.length / 2)]} ms`);
    await close();
  });
}
