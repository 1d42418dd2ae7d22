// The demo shop as a shopper meets it: front page, product page, variants with their item numbers, nothing from elsewhere.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertClean, openPage, shown } from "./support/browser.mjs";
import { coverage, pictureOf } from "./support/picture.mjs";
import { useStage } from "./support/stage.mjs";

const stage = useStage();

async function visit(path, options = {}) {
  const opened = await openPage(stage.browser, stage.url, { viewport: { width: 1280, height: 800 }, ...options });
  await opened.page.goto(`${stage.url}${path}`);
  return opened;
}

describe("the front page", () => {
  test("lists every product of the service with picture, name and price", async () => {
    const { products } = await (await fetch(`${stage.url}/api/v1/products`)).json();
    const { page, account, close } = await visit("/");
    const cards = page.locator("#grid a");
    await cards.nth(products.length - 1).waitFor();
    assert.equal(await cards.count(), products.length);
    for (const [index, { name }] of products.entries()) {
      const card = cards.nth(index);
      await card.scrollIntoViewIfNeeded();
      assert.match(await card.textContent(), new RegExp(name));
      assert.match(await card.locator(".price").textContent(), /€\d/);
      await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await card.locator("img").elementHandle());
    }
    await shown(page, "#hero vitrine-view").catch(() => assert.fail("the product at the top is not drawn"));
    assertClean(account);
    await close();
  });

  test("says so when the service is out of reach", async () => {
    const opened = await openPage(stage.browser, stage.url);
    await opened.page.route("**/api/v1/**", (route) => route.abort("connectionrefused"));
    await opened.page.goto(`${stage.url}/`);
    await opened.page.getByRole("alert").waitFor();
    assert.match(await opened.page.getByRole("alert").textContent(), /try again/);
    await opened.close();
  });
});

describe("a product's page", () => {
  test("shows the product, its size, and leads to the stores", async () => {
    const { page, account, close } = await visit("/product.html?id=armchair");
    await shown(page);
    assert.ok(coverage(await pictureOf(page)) > 0.1);
    assert.match(await page.locator(".size").textContent(), /cm wide/);
    await page.getByRole("button", { name: "Find it in a store" }).click();
    await page.locator("vitrine-view").getByRole("dialog").locator("li").first().waitFor();
    assertClean(account);
    await close();
  });

  test("links the fabric to price and item number, and the stores to both", async () => {
    const { page, close } = await visit("/product.html?id=armchair");
    await shown(page);
    const choices = page.locator("fieldset.variants input");
    assert.ok((await choices.count()) >= 2);
    const before = await page.locator("fieldset .number").textContent();
    await choices.nth(1).check({ force: true });
    await page.waitForFunction((before) => document.querySelector("fieldset .number").textContent !== before, before);
    const number = await page.locator("fieldset .number").textContent();
    await page.getByRole("button", { name: "Find it in a store" }).click();
    await page.waitForFunction((number) => document.querySelector("vitrine-view").query("store")?.item.item_id === number, number);
    await close();
  });

  test("of no product leads back", async () => {
    const { page, close } = await visit("/product.html?id=nothing");
    assert.match(await page.getByRole("alert").textContent(), /no product/);
    assert.ok(await page.getByRole("link", { name: "Back to the shop" }).isVisible());
    await close();
  });

  test("fits a phone: nothing is wider than the screen, and the stores come from below", async () => {
    const { page, close } = await visit("/product.html?id=armchair", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" });
    await shown(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    await page.getByRole("button", { name: "Find it in a store" }).click();
    const panel = page.locator("vitrine-view").getByRole("dialog");
    await panel.locator("li").first().waitFor();
    const box = await panel.boundingBox();
    assert.ok(box.x === 0 && Math.abs(box.width - 390) < 1 && Math.abs(box.y + box.height - 844) < 1, JSON.stringify(box));
    await close();
  });
});

test("the five lines show the product on a bare page", async () => {
  const { page, account, close } = await visit("/embed.html");
  await shown(page);
  assert.ok(coverage(await pictureOf(page)) > 0.05);
  assertClean(account);
  await close();
});
