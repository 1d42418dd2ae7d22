// What goes wrong has clear words in the element, a stable code in its event, and leaves the page at work.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { heard, launch, openHtml, shown } from "./support/browser.mjs";
import { MADE } from "./support/model.mjs";
import { coverage, pictureOf } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const stage = useStage();

const open = (body, options = {}) => openHtml(options.browser ?? stage.browser, stage.url, body, { routes: MADE, ...options });
const VIEW = (name, more = "") => `<vitrine-view src="/made/${name}.glb" alt="A cube" ${more}><p slot="poster">Poster</p></vitrine-view><button id="page">page</button>`;

/** The page still answers, the poster is still there, and the words are the shopper's. */
async function assertToldWell(page, code, words) {
  const detail = await heard(page, "error");
  assert.equal(detail.code, code);
  assert.ok(detail.message.length > 10, `a message for people: ${detail.message}`);
  const message = page.locator("vitrine-view").getByRole("alert");
  await message.waitFor();
  assert.match(await message.textContent(), words);
  assert.ok(await page.getByText("Poster").isVisible(), "the poster stays");
  await page.locator("#page").click();
}

describe("a product file", () => {
  for (const [name, code, words] of [
    ["missing", "model-not-found", /could not be found/],
    ["not-gltf", "not-gltf", /not a glTF file/],
    ["truncated", "truncated", /incomplete/],
    ["unknown-extension", "unsupported-extension", /does not know.*ACME_molten_glass/s],
    ["refused", "network", /connection/i],
  ]) {
    test(`${name}: ${code}`, async () => {
      const { page, account, close } = await open(VIEW(name));
      await assertToldWell(page, code, words);
      assert.deepEqual(account.problems, []);
      await close();
    });
  }

  test("is fetched again when the shopper asks for it", async () => {
    let answers = 0;
    const routes = { ...MADE, "**/made/later.glb": (route) => (answers++ === 0 ? route.fulfill({ status: 503, body: "busy" }) : MADE["**/made/cube.glb"](route)) };
    const { page, close } = await open(VIEW("later"), { routes });
    await assertToldWell(page, "network", /connection/i);
    await page.getByRole("button", { name: "Try again" }).click();
    await shown(page);
    assert.ok(await page.locator("vitrine-view").getByRole("alert").isHidden());
    await close();
  });

  test("may be told by the page instead", async () => {
    const { page, close } = await open(VIEW("missing"));
    await heard(page, "error");
    await page.evaluate(() => document.querySelector("vitrine-view").addEventListener("error", (event) => event.preventDefault()));
    await page.$eval("vitrine-view", (view) => view.retry());
    await heard(page, "error", 2);
    assert.ok(await page.locator("vitrine-view").getByRole("alert").isHidden());
    await close();
  });
});

describe("the browser", () => {
  test("without WebGPU and WebGL says what to do, and downloads no module in vain", async () => {
    const poor = await launch("neither");
    const { page, account, close } = await open(VIEW("cube"), { browser: poor });
    await assertToldWell(page, "no-webgl", /hardware acceleration/);
    assert.ok(!account.requests.some((url) => url.endsWith(".wasm")));
    await close();
    await poor.close();
  });

  test("that cannot fetch the module says so, and can try again", async () => {
    let failing = true;
    const routes = { ...MADE, "**/*.wasm": (route) => (failing ? route.fulfill({ status: 500, body: "no" }) : route.continue()) };
    const { page, close } = await open(VIEW("cube", `backend="webgpu"`), { routes });
    await assertToldWell(page, "module-failed", /could not be loaded/);
    failing = false;
    await page.getByRole("button", { name: "Try again" }).click();
    await shown(page);
    await close();
  });

  test("with the wrong type for wasm files still starts", async () => {
    const routes = { ...MADE, "**/*.wasm": async (route) => { const response = await route.fetch(); await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } }); } };
    const { page, close } = await open(VIEW("cube"), { routes });
    await shown(page);
    await close();
  });
});

describe("a lost graphics card", () => {
  const lose = (page) => page.$eval("vitrine-view", (view) => view.shadowRoot.querySelector("canvas").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext());

  test("comes back by itself and says so meanwhile", async () => {
    const { page, close } = await open(VIEW("cube", `backend="webgl" camera-orbit="35deg 65deg 4m"`));
    await shown(page);
    const before = await page.$eval("vitrine-view", (view) => view.query("camera"));
    await lose(page);
    const detail = await heard(page, "error");
    assert.deepEqual([detail.code, detail.recovering, detail.type], ["context-lost", true, "webglcontextlost"]);
    await heard(page, "context-restored");
    await shown(page);
    assert.ok(coverage(await pictureOf(page)) > 0.05);
    assert.ok(await page.locator("vitrine-view").getByRole("alert").isHidden());
    const after = await page.$eval("vitrine-view", (view) => view.query("camera"));
    assert.ok(Math.abs(after.theta - before.theta) < 1e-3 && Math.abs(after.radius - before.radius) < 1e-3, "seen from the same place");
    await close();
  });

  test("that is lost again and again is given up, until the shopper tries again", async () => {
    const { page, close } = await open(VIEW("cube", `backend="webgl"`));
    for (let loss = 1; loss <= 4; loss += 1) {
      await page.waitForFunction(() => document.querySelector("vitrine-view").modelIsVisible);
      await lose(page);
      const detail = await heard(page, "error", loss);
      assert.equal(detail.recovering, loss <= 3, `loss ${loss}`);
    }
    await page.getByRole("button", { name: "Try again" }).click();
    await shown(page);
    await close();
  });

  test("of WebGPU comes back too", async () => {
    const { page, close } = await open("");
    await page.evaluate(() => {
      // Keeps the devices, to take one away behind the viewer's back.
      window.devices = [];
      const request = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...wishes) {
        const device = await request.apply(this, wishes);
        window.devices.push(device);
        return device;
      };
      const view = document.createElement("vitrine-view");
      Object.assign(view, { src: "/made/cube.glb", alt: "A cube", backend: "webgpu", loading: "eager" });
      document.body.append(view);
    });
    await shown(page);
    await page.evaluate(() => window.devices.at(-1).destroy());
    assert.equal((await heard(page, "error")).recovering, true);
    await heard(page, "context-restored");
    await close();
  });
});

describe("the room view", () => {
  test("that is not supported says so when asked for all the same", async () => {
    const { page, close } = await open(VIEW("cube", "ar"));
    await shown(page);
    assert.equal(await page.$eval("vitrine-view", (view) => view.canActivateAR), false);
    assert.ok(await page.locator("vitrine-view").locator("[part=default-ar-button]").isHidden());
    await page.$eval("vitrine-view", (view) => view.activateAR());
    assert.equal((await heard(page, "error")).code, "ar-not-supported");
    assert.ok(await page.$eval("vitrine-view", (view) => view.modelIsVisible), "the product is still there");
    await close();
  });
});
