// What the package says about the element, and what the element is: description, README and the running class agree.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { openHtml } from "./support/browser.mjs";
import { useStage } from "./support/stage.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const PACKAGE = join(process.env.VITRINE_SHOP ?? join(ROOT, "dist/shop"), "../npm");
/** For those who build on the inside; the README leaves them to `www/boundary.ts`. */
const INNER = ["words", "moduleBase", "act", "query"];

const stage = useStage();

test("the description for editors, the README and the class agree", async () => {
  const manifest = JSON.parse(await readFile(join(PACKAGE, "custom-elements.json"), "utf8"));
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const [told] = manifest.modules[0].declarations;
  const { page, close } = await openHtml(stage.browser, stage.url, `<vitrine-view alt="A cube"></vitrine-view>`);
  await page.waitForFunction(() => customElements.get("vitrine-view"));
  const real = await page.evaluate(() => {
    const View = customElements.get("vitrine-view");
    const parts = [...document.querySelector("vitrine-view").shadowRoot.querySelectorAll("[part]")];
    const slots = [...document.querySelector("vitrine-view").shadowRoot.querySelectorAll("slot")];
    return {
      attributes: View.observedAttributes, members: [View, Object.getPrototypeOf(View)].flatMap((part) => Object.getOwnPropertyNames(part.prototype)),
      parts: parts.map((node) => node.getAttribute("part")), slots: slots.map((node) => node.name),
    };
  });
  await close();

  const names = (rows) => rows.map(({ name }) => name).sort();
  assert.deepEqual(names(told.attributes), [...real.attributes].sort());
  assert.deepEqual(told.attributes.filter(({ description }) => !description), [], "attributes without a word");
  const own = real.members.filter((name) => name !== "constructor" && !name.endsWith("Callback"));
  assert.deepEqual(names(told.members.filter((member) => !member.static)), own.sort());
  assert.deepEqual(real.parts.filter((part) => !told.cssParts.some(({ name }) => name === part)), [], "parts without a word");
  assert.deepEqual(real.slots.filter((slot) => !told.slots.some(({ name }) => name === slot)), [], "slots without a word");

  for (const { name, description } of [...told.members, ...told.events, ...told.attributes]) assert.ok(description.length > 5, `${name} says what it is`);
  const missing = (rows) => names(rows).filter((name) => name && !readme.includes(`\`${name}`) && !INNER.includes(name));
  assert.deepEqual(missing(told.attributes.filter(({ name }) => !/^(min|max)-/.test(name))), [], "attributes that the README leaves out");
  assert.deepEqual(missing(told.members.filter(({ attribute }) => !attribute)), [], "members that the README leaves out");
  assert.deepEqual(missing(told.events), [], "events that the README leaves out");
  assert.deepEqual(missing(told.slots), [], "slots that the README leaves out");
});
