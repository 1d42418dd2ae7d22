// From a look at the product to a code in the hand: the store panel against the real service, by mouse, by keyboard, and when things go wrong.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { assertClean, heard, launch, openHtml, shown } from "./support/browser.mjs";
import { MADE } from "./support/model.mjs";
import { HOSTILE, otherShopper, startStores } from "./support/stores.mjs";

const VIEW = `<vitrine-view src="/made/cube.glb" alt="A cube" camera-controls loading="eager" store-url="/api/v1" item-id="CUBE-PLAIN"
  variant-item-ids='{"Plum":"CUBE-PLUM","Plain":"CUBE-PLAIN"}'></vitrine-view>`;

let browser;
let service;
let other;
let opened;
before(async () => (browser = await launch("webgpu")));
after(() => browser?.close());
beforeEach(async () => {
  service = await startStores();
  other = otherShopper(service.url);
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
  await service.stop();
});

async function open(options = {}) {
  opened = await openHtml(browser, service.url, VIEW, { ...options, viewport: { width: 1000, height: 800 }, routes: { ...MADE, ...options.routes, "**/test.css": style } });
  await shown(opened.page);
  return opened.page;
}

const style = (route) => route.fulfill({ contentType: "text/css", body: "body{margin:0}vitrine-view{width:960px;height:700px}" });
const panel = (page) => page.locator("vitrine-view").getByRole("dialog");
const row = (page, id) => panel(page).locator(`li[data-location="${id}"]`);
const receipt = (page) => page.evaluate(() => JSON.parse(sessionStorage.getItem("vitrine-reservation /api/v1")));

async function openPanel(page) {
  await page.getByRole("button", { name: "Check stores near you" }).click();
  await row(page, "near").waitFor();
}

async function reserveAt(page, id, name = "Ada Lovelace") {
  await row(page, id).getByRole("button", { name: /^Choose/ }).click();
  await panel(page).getByLabel("Name").fill(name);
  await panel(page).getByRole("checkbox").check();
  await panel(page).getByRole("button", { name: "Reserve", exact: true }).click();
}

describe("a reservation", () => {
  test("goes from click to code, and its row is in the database", async () => {
    const page = await open();
    await openPanel(page);
    assert.match(await row(page, "near").locator(".stock").textContent(), /left|stock/i);
    assert.equal(await row(page, "far").getByRole("button", { name: /^Choose/ }).count(), 0, "a store without it cannot be chosen");
    await reserveAt(page, "near");
    const code = panel(page).locator("[part=code]");
    await code.waitFor();
    assert.match(await code.textContent(), /^[A-Z0-9]{4,12}$/);
    assert.ok(await panel(page).getByRole("img", { name: /scanner/ }).isVisible(), "the code as a picture");
    assert.match(await panel(page).textContent(), /left/, "a countdown");
    const kept = await receipt(page);
    const { status, body } = await other.read(kept);
    assert.equal(status, 200);
    assert.deepEqual([body.status, body.location_id, body.pickup.code], ["held", "near", await code.textContent()]);
    assert.equal(await other.status("near"), "out_of_stock", "the last piece is put aside");
    const told = await page.evaluate(() => JSON.stringify(window.heard.filter(({ name }) => name === "analytics")));
    assert.ok(told.includes("reserve_confirm") && !told.includes("Lovelace"), "what is counted has no personal data");
    assertClean(opened.account);
  });

  test("is shown again after a reload, and lives only in this tab", async () => {
    const page = await open();
    await openPanel(page);
    await reserveAt(page, "middle");
    const code = await panel(page).locator("[part=code]").textContent();
    await page.reload();
    await shown(page);
    await page.getByRole("button", { name: "Check stores near you" }).click();
    await panel(page).locator("[part=code]").waitFor();
    assert.equal(await panel(page).locator("[part=code]").textContent(), code);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  });

  test("can be cancelled, and the piece is back", async () => {
    const page = await open();
    await openPanel(page);
    await reserveAt(page, "near");
    await panel(page).locator("[part=code]").waitFor();
    const kept = await receipt(page);
    await panel(page).getByRole("button", { name: /Cancel/ }).click();
    await panel(page).locator("[data-status=canceled]").waitFor();
    assert.equal((await other.read(kept)).body.status, "canceled");
    assert.notEqual(await other.status("near"), "out_of_stock");
    assert.equal(await receipt(page), null, "the receipt is forgotten");
  });

  test("that another shopper was quicker with is refused with alternatives, and one of them is reserved instead", async () => {
    const page = await open();
    await openPanel(page);
    assert.equal((await other.take("near")).status, 201);
    await reserveAt(page, "near");
    await panel(page).locator("[data-code=insufficient_stock]").waitFor();
    const instead = panel(page).locator(`[data-key=alternatives] li[data-location=middle]`);
    await instead.waitFor();
    await instead.getByRole("button", { name: /^Choose/ }).click();
    const name = panel(page).getByLabel("Name");
    await name.waitFor();
    if ((await name.inputValue()) === "") await name.fill("Ada Lovelace");
    if (!(await panel(page).getByRole("checkbox").isChecked())) await panel(page).getByRole("checkbox").check();
    await panel(page).getByRole("button", { name: "Reserve", exact: true }).click();
    await panel(page).locator("[part=code]").waitFor();
    assert.equal((await other.read(await receipt(page))).body.location_id, "middle");
  });

  test("works without a mouse", async () => {
    const page = await open();
    const focused = () => page.evaluate(() => {
      let node = document.activeElement;
      while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
      return `${node?.getAttribute("aria-label") ?? ""}${node?.textContent ?? ""}${node?.getAttribute("name") ?? ""}`;
    });
    const tabTo = async (words) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press("Tab");
        if (words.test(await focused())) return;
      }
      assert.fail(`Tab never reached ${words}; the focus is on "${await focused()}"`);
    };
    await tabTo(/Check stores/);
    await page.keyboard.press("Enter");
    await row(page, "middle").waitFor();
    await tabTo(/^Choose Middle/);
    await page.keyboard.press("Enter");
    await panel(page).getByLabel("Name").waitFor();
    assert.match(await focused(), /Reserve at Middle/, "the new step's heading has the focus");
    await tabTo(/name$/);
    await page.keyboard.type("Grace Hopper", { delay: 20 });
    await tabTo(/consent$/);
    await page.keyboard.press("Space");
    await tabTo(/^Reserve$/);
    await page.keyboard.press("Enter");
    await panel(page).locator("[part=code]").waitFor();
    const camera = await page.$eval("vitrine-view", (view) => view.query("camera").theta);
    await page.keyboard.press("Escape");
    assert.ok(await panel(page).isHidden());
    assert.match(await focused(), /Check stores/, "the focus is back where it came from");
    assert.equal(await page.$eval("vitrine-view", (view) => view.query("camera").theta), camera);
    assertClean(opened.account);
  });
});

describe("the list of stores", () => {
  test("follows the chosen variant", async () => {
    const page = await open();
    await openPanel(page);
    await page.$eval("vitrine-view", (view) => (view.variantName = "Plum"));
    await page.waitForFunction(() => document.querySelector("vitrine-view").query("store")?.item.item_id === "CUBE-PLUM");
    await panel(page).getByText("Floor 1, bay 4").waitFor();
    assert.equal(await row(page, "near").getByRole("button", { name: /^Choose/ }).count(), 0);
  });

  test("shows hostile names as the text they are", async () => {
    const page = await open();
    await openPanel(page);
    assert.equal(await row(page, "far").getByRole("heading").textContent(), HOSTILE);
    assert.notEqual(await page.title(), "taken over");
    assertClean(opened.account);
  });

  test("is sorted by a typed place", async () => {
    const page = await open();
    await openPanel(page);
    await panel(page).getByLabel("Postcode or town").fill("10115");
    await page.keyboard.press("Enter");
    await row(page, "near").getByText(/km|\bm\b/).first().waitFor();
    assert.equal(await panel(page).locator("li").first().getAttribute("data-location"), "near");
  });

  test("uses the device's place only after a press, rounded before it leaves", async () => {
    const sent = [];
    const page = await open({
      geolocation: { latitude: 52.523456, longitude: 13.298765 }, permissions: ["geolocation"],
      routes: { "**/locations/search": (route) => { sent.push(route.request().postData()); return route.continue(); } },
    });
    await page.evaluate(() => {
      window.asked = [];
      const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
      navigator.geolocation.getCurrentPosition = (done, failed, options) => { window.asked.push(options); ask(done, failed, options); };
    });
    await openPanel(page);
    assert.ok(!sent.some((body) => body.includes("52.")), "no place is known yet");
    assert.equal(await page.evaluate(() => window.asked.length), 0, "the device was not asked");
    await panel(page).getByRole("button", { name: "Use my location" }).click();
    await page.waitForFunction(() => document.querySelector("vitrine-view").query("store")?.near.kind === "point");
    await page.waitForFunction(() => document.querySelector("vitrine-view").query("store")?.stores[0]?.location_id === "middle");
    assert.equal(await page.evaluate(() => window.asked[0].accuracyMode), "approximate");
    const place = sent.find((body) => body.includes("52."));
    assert.ok(place.includes("52.52") && place.includes("13.3") && !place.includes("52.523") && !place.includes("13.29"), place);
  });

  test("goes on without the device's place when that is denied", async () => {
    const page = await open({ permissions: [] });
    await openPanel(page);
    await panel(page).getByRole("button", { name: "Use my location" }).click();
    await page.waitForFunction(() => document.querySelector("vitrine-view").query("store")?.near.kind === "denied");
    assert.ok(await panel(page).getByLabel("Postcode or town").isVisible());
    assert.ok(await row(page, "near").isVisible(), "the stores are still there");
  });
});

describe("a service", () => {
  test("that is down is said to be, and asked again on a press", async () => {
    const page = await open();
    await page.route("**/api/v1/**", (route) => route.abort("connectionrefused"));
    await page.getByRole("button", { name: "Check stores near you" }).click();
    await panel(page).locator("[role=alert][data-code]").waitFor();
    assert.ok(await page.$eval("vitrine-view", (view) => view.modelIsVisible), "the product stays");
    await page.unroute("**/api/v1/**");
    await panel(page).getByRole("button", { name: "Try again" }).click();
    await row(page, "near").waitFor();
  });

  test("that is slow is waited for, and the panel says so", async () => {
    let release;
    const gate = new Promise((done) => (release = done));
    const page = await open({ routes: { "**/api/v1/**": async (route) => { await gate; await route.continue(); } } });
    await page.getByRole("button", { name: "Check stores near you" }).click();
    await page.waitForFunction(() => document.querySelector("vitrine-view").query("store")?.busy);
    assert.notEqual((await panel(page).getByRole("status").textContent()).trim(), "");
    release();
    await row(page, "near").waitFor();
  });

  for (const [what, body] of [["text", "hello"], ["JSON of another kind", `{"cats": 3}`], ["half an answer", `{"version":"1","loc`]]) {
    test(`that answers nonsense (${what}) is not believed`, async () => {
      const page = await open({ routes: { "**/api/v1/**": (route) => route.fulfill({ contentType: "application/json", body }) } });
      await page.getByRole("button", { name: "Check stores near you" }).click();
      await panel(page).locator("[role=alert][data-code]").waitFor();
      assert.equal(await panel(page).locator("li").count(), 0);
      assertClean(opened.account);
    });
  }
});

test("the panel is a dialog that names itself and is closed by Escape", async () => {
  const page = await open();
  await openPanel(page);
  const name = await panel(page).evaluate((node) => node.getRootNode().getElementById(node.getAttribute("aria-labelledby")).textContent);
  assert.ok(name.length > 5);
  assert.equal((await heard(page, "analytics")).name, "store_availability_view");
  await page.keyboard.press("Escape");
  assert.ok(await panel(page).isHidden());
});
