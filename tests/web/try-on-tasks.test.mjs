// tasks-vision as tracker, with a model that the shop names: it runs in its worker, and says what it lacks.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertClean } from "./support/browser.mjs";
import { known, openMirror, said } from "./support/mirror-page.mjs";
import { useStage } from "./support/stage.mjs";
import { handTask } from "./support/task.mjs";

const stage = useStage();
const PACKAGE = join(import.meta.dirname, "../../node_modules/@mediapipe/tasks-vision");
const TYPES = { mjs: "text/javascript", js: "text/javascript", wasm: "application/wasm" };

/** The package as it is installed, and a model beside it; `asked` lists what was fetched. */
function routes(model, asked) {
  return {
    "**/tasks-vision/**": (route) => {
      const path = new URL(route.request().url()).pathname.slice("/tasks-vision/".length);
      asked.push(path);
      return route.fulfill({ contentType: TYPES[path.split(".").at(-1)], body: readFileSync(join(PACKAGE, path)) });
    },
    "**/model.task": (route) => route.fulfill({ contentType: "application/octet-stream", body: model }),
  };
}

const TRACKER = `try-on-tracker="/tasks-vision/" try-on-model="/model.task"`;

test("tasks-vision runs in its worker with the shop's model, looks at the camera's pictures, and lets nothing out", async () => {
  const asked = [];
  const view = `src="/products/wrist-watch.glb" try-on="watch" ${TRACKER}`;
  const { page, account, close } = await openMirror(stage, undefined, view, undefined, { routes: routes(handTask(), asked) });
  await page.click("[part=try-on-camera-button]");
  await said(page, "live");
  await page.waitForFunction(() => window.answers >= 2, undefined, { timeout: 300_000 });
  assert.deepEqual(asked, ["vision_bundle.mjs", "wasm/vision_wasm_internal.js", "wasm/vision_wasm_internal.wasm"]);
  assert.equal((await known(page)).status, "searching", "there is no hand before a bare wall");
  await page.getByText("Show the back of your hand.").waitFor();
  assert.ok(await page.evaluate(() => window.said.every(({ status }) => status !== "failed")), "and no trouble");
  assert.deepEqual(account.sent, []);
  assertClean(account);
  await close();
});

test("a model that is none is said in words", async () => {
  const view = `src="/products/sunglasses.glb" try-on="glasses" ${TRACKER}`;
  const { page, account, close } = await openMirror(stage, undefined, view, undefined, { routes: routes(Buffer.from("no model"), []) });
  const warned = page.waitForEvent("console", (message) => message.type() === "warning" && message.text().includes("does not run"));
  await page.click("[part=try-on-camera-button]");
  await said(page, "failed", "tracker-failed");
  assert.match((await warned).text(), /zip archive/);
  assertClean(account);
  await close();
});
