// The product's parts and materials as a shop's page uses them: listed, hidden, recoloured, given other pictures, picked and kept as files.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertClean, heard, openHtml, settled, shown } from "./support/browser.mjs";
import { MADE } from "./support/model.mjs";
import { difference, overWhite, pictureOf, probe, readPng, solidPng } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

/** From 35 degrees to the right: the green front left of the edge, the red right side right of it, the grey top above. */
const CUBE = (backend, more = "") => `<vitrine-view backend="${backend}" src="/made/cube.glb" alt="A cube" loading="eager"
  camera-orbit="35deg 65deg 4m" interpolation-decay="0" tone-mapping="none" ${more}></vitrine-view>`;
const FRONT = [0.44, 0.6];
const RIGHT = [0.63, 0.55];
const BESIDE = [0.03, 0.03];

const stage = useStage();

async function open(backend, more = "", options = {}) {
  const opened = await openHtml(stage.browser, stage.url, CUBE(backend, more), { routes: MADE, ...options });
  await shown(opened.page);
  await heard(opened.page, "load");
  return opened;
}

/** Does something with the element, and waits for the picture of it. */
async function change(page, script, argument) {
  const answer = await page.$eval("vitrine-view", script, argument);
  await settled(page);
  return answer;
}

const near = (color, wanted, what, tolerance = 10) =>
  assert.ok(color.every((value, channel) => Math.abs(value - wanted[channel]) <= tolerance), `${what}: ${color} instead of ${wanted}`);

for (const backend of ["webgpu", "webgl"]) {
  describe(backend, () => {
    test("lists parts and materials, and says so when there is no such name", async () => {
      const { page, account, close } = await open(backend);
      const told = await page.$eval("vitrine-view", ({ model }) => {
        const [node] = model.nodes;
        const front = model.material("front");
        const fail = (look) => { try { look(); return "nothing was thrown"; } catch (error) { return error.message; } };
        return {
          node: [node.name, node.path, node.hasGeometry, node.visible, node.isShown, node.parent, node.children.length],
          names: model.materials.map(({ name }) => name),
          color: front.pbrMetallicRoughness.baseColorFactor, metallic: front.pbrMetallicRoughness.metallicFactor,
          mode: front.getAlphaMode(), twoSides: front.getDoubleSided(), texture: front.pbrMetallicRoughness.baseColorTexture.texture,
          ior: front.ior, distance: front.attenuationDistance,
          same: front === model.materials[front.index] && front === model.getMaterialByName("front"), none: model.getMaterialByName("wool"),
          noPart: fail(() => model.node("lid")), noMaterial: fail(() => model.material("wool")),
          noColor: fail(() => front.pbrMetallicRoughness.setBaseColorFactor("greenish")), noNumber: fail(() => front.pbrMetallicRoughness.setRoughnessFactor("rough")),
          noMode: fail(() => front.setAlphaMode("CLEAR")),
        };
      });
      assert.deepEqual(told.node, ["cube", "cube", true, true, true, null, 0]);
      assert.deepEqual(told.names, ["right", "left", "top", "bottom", "front", "back", "plum"]);
      near(told.color.map((value) => value * 100), [5, 50, 5, 100], "linear colour", 0.01);
      assert.deepEqual([told.metallic, told.mode, told.twoSides, told.texture, told.ior, told.distance], [0, "OPAQUE", false, null, 1.5, null]);
      assert.ok(told.same && told.none === null);
      assert.match(told.noPart, /no part "lid".*"cube"/);
      assert.match(told.noMaterial, /no material "wool".*"plum"/);
      assert.match(told.noColor, /"greenish" is no colour/);
      assert.match(told.noNumber, /setRoughnessFactor takes one number/);
      assert.match(told.noMode, /OPAQUE, MASK, BLEND/);
      assertClean(account);
      await close();
    });

    test("shows the scene that the page names, in pixels, and the file's own choice again", async () => {
      const { page, account, close } = await open(backend, `scene-name="small" camera-orbit="35deg 65deg 4m" camera-target="0m 0.5m 0m"`);
      assert.deepEqual(await page.$eval("vitrine-view", (view) => [view.availableScenes, view.sceneName, view.getDimensions().y]), [["large", "small"], "small", 0.5]);
      const isGreen = ([red, green, blue]) => green > 130 && red < 110 && blue < 110;
      assert.ok(!isGreen(probe(await pictureOf(page), 0.44, 0.4)), "the small cube ends below");
      await change(page, (view) => { view.sceneName = null; });
      assert.ok(isGreen(probe(await pictureOf(page), 0.44, 0.4)), "the large one reaches up to here");
      assert.equal(await page.$eval("vitrine-view", (view) => view.getDimensions().y), 1);
      assertClean(account);
      await close();
    });

    test("recolours one material, in pixels, and puts it back", async () => {
      const { page, close } = await open(backend);
      const before = await pictureOf(page);
      await change(page, ({ model }) => model.material("front").pbrMetallicRoughness.setBaseColorFactor("#3060c0"));
      const after = await pictureOf(page);
      near(probe(after, ...FRONT), [0x30, 0x60, 0xc0], "the front in the colour of CSS");
      assert.deepEqual(probe(after, ...RIGHT), probe(before, ...RIGHT), "the other sides stay");
      await change(page, ({ model }) => model.material("front").reset());
      assert.equal(difference(before, await pictureOf(page)), 0);
      await close();
    });

    test("makes a material see-through, and back", async () => {
      const { page, close } = await open(backend);
      const before = await pictureOf(page);
      await change(page, ({ model }) => {
        model.material("front").setAlphaMode("BLEND");
        model.material("front").pbrMetallicRoughness.setBaseColorFactor([0, 0, 0, 0]);
      });
      // The inside of the cube is not drawn from behind: the page shows through.
      near(probe(await pictureOf(page), ...FRONT), [255, 255, 255], "the page through the front");
      await change(page, ({ model }) => model.reset());
      assert.equal(difference(before, await pictureOf(page)), 0);
      await close();
    });

    test("hides a part and shows it again", async () => {
      const { page, close } = await open(backend);
      const before = await pictureOf(page);
      const state = await change(page, ({ model }) => {
        model.node("cube").visible = false;
        return [model.node("cube").visible, model.node("cube").isShown];
      });
      assert.deepEqual(state, [false, false]);
      near(probe(await pictureOf(page), ...FRONT), [255, 255, 255], "nothing is there");
      const [x, y] = await at(page, FRONT);
      assert.equal(await page.$eval("vitrine-view", (view, [x, y]) => view.pick(x, y), [x, y]), null);
      await change(page, (view) => view.model.reset());
      assert.equal(difference(before, await pictureOf(page)), 0);
      await close();
    });

    test("puts pictures of the page on a material: by address, by canvas, and takes them away", async () => {
      const routes = { ...MADE, "**/made/blue.png": (route) => route.fulfill({ contentType: "image/png", body: solidPng([16, 32, 240]) }), "**/made/gone.png": (route) => route.fulfill({ status: 404, body: "" }) };
      const { page, account, close } = await open(backend, "", { routes });
      await change(page, async (view) => {
        const pbr = view.model.material("front").pbrMetallicRoughness;
        pbr.setBaseColorFactor([1, 1, 1, 1]);
        pbr.baseColorTexture.setTexture(await view.createTexture("/made/blue.png"));
      });
      near(probe(await pictureOf(page), ...FRONT), [16, 32, 240], "the picture of the address");
      await change(page, async (view) => {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 32;
        const context = canvas.getContext("2d");
        context.fillStyle = "#f0c010";
        context.fillRect(0, 0, 32, 32);
        view.model.material("front").pbrMetallicRoughness.baseColorTexture.setTexture(await view.createTexture(canvas));
      });
      near(probe(await pictureOf(page), ...FRONT), [0xf0, 0xc0, 0x10], "the picture of the canvas");
      const name = await page.$eval("vitrine-view", async (view) => {
        const info = view.model.material("front").pbrMetallicRoughness.baseColorTexture;
        const texture = await view.createTexture("/made/blue.png");
        info.setTexture(texture);
        return [info.texture === texture, texture.source.uri.endsWith("/made/blue.png")];
      });
      assert.deepEqual(name, [true, true]);
      await change(page, (view) => view.model.material("front").pbrMetallicRoughness.baseColorTexture.setTexture(null));
      near(probe(await pictureOf(page), ...FRONT), [255, 255, 255], "no picture: the factor alone");
      const missing = await page.$eval("vitrine-view", (view) => view.createTexture("/made/gone.png").catch((error) => error.message));
      assert.match(missing, /gone\.png could not be fetched \(the server answered 404\)/);
      const broken = await page.$eval("vitrine-view", (view) => view.createTexture(new Blob(["no picture"])).catch((error) => error.message));
      assert.match(broken, /cannot be decoded.*Use PNG/);
      assert.deepEqual(account.violations, []);
      await close();
    });

    test("swapping pictures again and again takes no more memory", async () => {
      const { page, close } = await open(backend);
      const swap = (count) => page.$eval("vitrine-view", async (view, count) => {
        for (let turn = 0; turn < count; turn += 1) {
          const picture = await view.createTexture(new ImageData(256, 256));
          view.model.material("front").pbrMetallicRoughness.baseColorTexture.setTexture(picture);
        }
        return view.query("memory");
      }, count);
      const once = await swap(1);
      assert.equal(await swap(6), once);
      await close();
    });

    test("picks the point, side and material under the finger", async () => {
      const { page, close } = await open(backend);
      for (const [place, material, normal, fixed] of [[FRONT, "front", [0, 0, 1], ["z", 0.5]], [RIGHT, "right", [1, 0, 0], ["x", 0.5]], [[0.5, 0.36], "top", [0, 1, 0], ["y", 1]]]) {
        const found = await page.$eval("vitrine-view", (view, [x, y]) => {
          const { position, normal, uv, node, material, distance } = view.pick(x, y);
          const surface = view.positionAndNormalFromPoint(x, y);
          return { position: { ...position }, normal: [normal.x, normal.y, normal.z], uv, node: node.name, material: material.name, distance,
            other: view.materialFromPoint(x, y) === material, same: String(surface.position) === String(position) };
        }, await at(page, place));
        assert.deepEqual([found.material, found.node, found.uv, found.other, found.same], [material, "cube", null, true, true]);
        near(found.normal, normal, "normal", 1e-5);
        const [axis, value] = fixed;
        assert.ok(Math.abs(found.position[axis] - value) < 1e-4 && found.distance > 3 && found.distance < 4, JSON.stringify(found));
      }
      assert.equal(await page.$eval("vitrine-view", (view, [x, y]) => view.pick(x, y), await at(page, BESIDE)), null);
      await close();
    });

    test("picks in the product's own space while the product turns", async () => {
      const { page, close } = await open(backend);
      await page.$eval("vitrine-view", (view) => {
        // A look kept from before a loss, with the table turned by a quarter, for the next load.
        view.act("keep-view", { ...view.query("camera"), theta: 0, phi: Math.PI / 2, turntable: Math.PI / 2 });
        view.act("reload");
      });
      await heard(page, "load", 2);
      await settled(page);
      const found = await page.$eval("vitrine-view", (view, [x, y]) => view.pick(x, y).material.name, await at(page, [0.5, 0.5]));
      assert.equal(found, "left", "a quarter turn to the right brings the left side to the front");
      await close();
    });

    test("writes the picture of the screen to a file, with transparency", async () => {
      const { page, close } = await open(backend);
      // The chooser of variants lies over the picture, not in it.
      await page.$eval("vitrine-view", (view) => (view.shadowRoot.querySelector("[part=controls]").hidden = true));
      const screen = await pictureOf(page);
      const base64 = await page.$eval("vitrine-view", async (view) => {
        await new Promise((done) => setTimeout(done, 300)); // the canvas has rested
        const blob = await view.toBlob();
        return new Promise((done) => { const reader = new FileReader(); reader.onload = () => done([blob.type, reader.result]); reader.readAsDataURL(blob); });
      });
      assert.equal(base64[0], "image/png");
      const picture = readPng(Buffer.from(base64[1].split(",")[1], "base64"));
      assert.deepEqual([picture.width, picture.height, picture.channels], [screen.width, screen.height, 4]);
      assert.deepEqual([...picture.pixels.subarray(0, 4)], [0, 0, 0, 0], "clear around the product");
      assert.equal(difference(overWhite(picture), screen, 1), 0);
      const data = await page.$eval("vitrine-view", (view) => view.toDataURL());
      assert.equal(difference(overWhite(readPng(Buffer.from(data.split(",")[1], "base64"))), screen, 1), 0);
      const [type, width, height] = await page.$eval("vitrine-view", async (view) => {
        const blob = await view.toBlob({ mimeType: "image/jpeg", qualityArgument: 0.8, idealAspect: true });
        const { width, height } = await createImageBitmap(blob);
        return [blob.type, width, height];
      });
      // A cube swept around is wider than high: 400 by 300 is cut at its sides or above and below, never both.
      assert.ok(type === "image/jpeg" && (width === 400) !== (height === 300), `${type} ${width} x ${height}`);
      await close();
    });

    test("draws for a file also where nobody sees it", async () => {
      const { page, close } = await open(backend);
      const screen = await pictureOf(page);
      await page.$eval("vitrine-view", (view) => (view.style.cssText = "position:absolute;top:20000px"));
      await page.waitForTimeout(500);
      const frames = await page.$eval("vitrine-view", (view) => view.query("frames"));
      await page.$eval("vitrine-view", ({ model }) => model.material("right").pbrMetallicRoughness.setBaseColorFactor([1, 1, 1]));
      await page.waitForTimeout(300);
      assert.equal(await page.$eval("vitrine-view", (view) => view.query("frames")), frames, "unseen it draws nothing by itself");
      const data = await page.$eval("vitrine-view", (view) => view.toDataURL());
      const picture = overWhite(readPng(Buffer.from(data.split(",")[1], "base64")));
      near(probe(picture, ...FRONT), probe(screen, ...FRONT), "the front");
      near(probe(picture, ...RIGHT), [255, 255, 255], "the right side, recoloured meanwhile");
      await close();
    });

    test("says where the camera is, and goes to its goal at once", async () => {
      const { page, close } = await open(backend);
      const told = await page.$eval("vitrine-view", (view) => {
        view.interpolationDecay = 2000;
        view.cameraOrbit = "0rad 1rad 3m";
        const before = view.getCameraOrbit().radius;
        view.jumpCameraToGoal();
        const { theta, phi, radius } = view.getCameraOrbit();
        return { before, theta, phi, radius, text: String(view.getCameraOrbit()), target: { ...view.getCameraTarget() }, lens: view.getFieldOfView(),
          size: { ...view.getDimensions() }, center: { ...view.getBoundingBoxCenter() } };
      });
      near([told.before, told.theta, told.phi, told.radius], [4, 0, 1, 3], "radii and angles", 1e-3);
      assert.match(told.text, /^0rad [\d.]+rad [\d.]+m$/);
      assert.deepEqual([told.target, told.center, told.size].map(({ x, y, z }) => [x, y, z].map((value) => Math.round(value * 1000) / 1000)), [[0, 0.5, 0], [0, 0.5, 0], [1, 1, 1]]);
      assert.ok(Math.abs(told.lens - 30) < 1e-3);
      await close();
    });
  });
}

test("parts of a product that is gone say so", async () => {
  const { page, close } = await open("webgpu", "", { routes: { ...MADE, "**/made/again.glb": MADE["**/made/cube.glb"] } });
  const said = await page.$eval("vitrine-view", async (view) => {
    const old = view.model.material("front");
    view.src = "/made/again.glb";
    const between = view.model;
    await new Promise((done) => view.addEventListener("load", done, { once: true }));
    const fresh = view.model.material("front") !== old;
    try { old.pbrMetallicRoughness.setBaseColorFactor("red"); } catch (error) { return [between === undefined, fresh, error.message]; }
  });
  assert.deepEqual(said.slice(0, 2), [true, true]);
  assert.match(said[2], /not shown any more.*load event/);
  await close();
});

test("changes survive the loss of the card, and home stays where the attributes say", async () => {
  const { page, close } = await open("webgl", "camera-controls");
  await change(page, ({ model }) => model.material("front").pbrMetallicRoughness.setBaseColorFactor("#3060c0"));
  await page.$eval("vitrine-view", (view) => view.shadowRoot.querySelector("[part=stage]").focus());
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowLeft", "+", "+"]) await page.keyboard.press(key);
  await settled(page);
  const before = await page.$eval("vitrine-view", (view) => view.query("camera"));
  const picture = await pictureOf(page);
  await page.$eval("vitrine-view", (view) => view.shadowRoot.querySelector("canvas").getContext("webgl2").getExtension("WEBGL_lose_context").loseContext());
  await heard(page, "context-restored");
  await shown(page);
  await heard(page, "load", 2);
  await settled(page);
  const after = await page.$eval("vitrine-view", (view) => view.query("camera"));
  near([after.theta, after.phi, after.radius], [before.theta, before.phi, before.radius], "seen from the same place", 1e-3);
  assert.ok(difference(picture, await pictureOf(page)) < 0.005, "the same picture as before the loss");
  await page.keyboard.press("Home");
  await settled(page);
  const home = await page.$eval("vitrine-view", (view) => view.query("camera"));
  near([home.theta, home.phi, home.radius], [(35 * Math.PI) / 180, (65 * Math.PI) / 180, 4], "home is the attribute's", 1e-3);
  await close();
});

test("framing follows what is shown", async () => {
  const { page, close } = await open("webgpu");
  const sizes = await page.$eval("vitrine-view", async (view) => {
    const whole = view.getDimensions().x;
    view.model.node(0).visible = false;
    await view.updateFraming();
    const none = view.getDimensions().x;
    view.model.node(0).visible = true;
    await view.updateFraming();
    return [whole, none, view.getDimensions().x];
  });
  near(sizes, [1, 0, 1], "widths", 1e-5);
  await close();
});

/** A place given in shares of the element, in the window's pixels. */
async function at(page, [x, y]) {
  const box = await page.locator("vitrine-view").boundingBox();
  return [box.x + x * box.width, box.y + y * box.height];
}
