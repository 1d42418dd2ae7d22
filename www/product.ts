// A product's page: the view, price and words, variants with their item numbers, stores, and how to embed it.

import "./vitrine-view.js";
import { make } from "./panels/make.js";
import { loadProducts, priceText, type Product, type ProductVariant } from "./shop/catalogue.js";
import { together } from "./shop/together.js";
import { viewOf } from "./shop/viewing.js";
import type { VitrineView } from "./vitrine-view.js";

const main = document.getElementById("product")!;

try {
  const id = new URLSearchParams(location.search).get("id");
  const products = await loadProducts();
  const product = products.find((product) => product.id === id);
  if (!product) throw new Error("We have no product of this name.");
  document.title = `${product.name} · Nordlicht`;
  show(product, products);
} catch (error) {
  main.append(make("p", { class: "trouble", role: "alert" }, (error as Error).message, " ", make("a", { href: "./" }, "Back to the shop")));
}

function show(product: Product, products: Product[]): void {
  const view = viewOf(product, true);
  const price = make("strong", {}, priceText(product.variants[0].price));
  const size = make("p", { class: "size" });
  view.addEventListener("load", () => (size.textContent = sizeText(view)));
  main.append(
    make("div", { class: "scene" }, view),
    make("div", { class: "buy", id: "buy" },
      make("p", { class: "eyebrow" }, product.department),
      make("h1", {}, product.name),
      make("p", { class: "tagline" }, product.tagline),
      make("p", { class: "price" }, price, make("span", {}, " incl. VAT, pick-up free")),
      variants(product, view, (variant) => {
        price.textContent = priceText(variant.price);
        view.itemPrice = priceText(variant.price);
      }),
      make("p", { class: "calls" },
        make("button", { type: "button", class: "button", id: "stores", onclick: () => view.openStore() }, "Find it in a store"),
        ...emulatorButton(view)),
      together(product, products, view),
      make("p", { class: "words" }, product.description),
      make("h2", {}, "Good to know"), size,
      make("ul", { class: "details" }, ...product.details.map((detail) => make("li", {}, detail))),
      embedHint(view)));
}

/** The shop's own chooser: it knows the colours and the item numbers, so the element's is switched off by CSS. */
function variants(product: Product, view: VitrineView, changed: (variant: ProductVariant) => void): HTMLElement | null {
  if (product.variants.length < 2) return null;
  const chosen = make("span", { class: "chosen" }, product.variants[0].name);
  const number = make("span", { class: "number" }, product.variants[0].item_id);
  const choose = (variant: ProductVariant) => (view.variantName = variant.variant);
  const group = make("fieldset", { class: "variants" }, make("legend", {}, `${product.choice}: `, chosen, number),
    ...product.variants.map((variant, index) => swatch(variant, index === 0, () => choose(variant))));
  view.addEventListener("variant-applied", ({ detail }) => {
    const variant = product.variants.find((each) => each.variant === detail.variant) ?? product.variants[0];
    chosen.textContent = variant.name;
    number.textContent = variant.item_id;
    for (const input of group.querySelectorAll("input")) input.checked = input.value === variant.variant;
    changed(variant);
  });
  return group;
}

function swatch(variant: ProductVariant, isChosen: boolean, choose: () => void): HTMLElement {
  const colour = make("i", {});
  if (variant.swatch) colour.style.backgroundColor = variant.swatch;
  return make("label", { title: variant.name }, make("input", { type: "radio", name: "variant", value: variant.variant, checked: isChosen, onchange: choose }), colour, make("span", { class: "unseen" }, variant.name));
}

function sizeText(view: VitrineView): string {
  const centimetres = (metres: number) => Math.round(metres * 1000) / 10;
  const { x, y, z } = view.getDimensions();
  return `${centimetres(x)} cm wide, ${centimetres(z)} cm deep, ${centimetres(y)} cm high, measured on the model you see.`;
}

function embedHint(view: VitrineView): HTMLElement {
  const lines = ["src", "alt", "poster", "store-url", "item-id"].map((name) => `  ${name}="${view.getAttribute(name)}"`);
  const code = `<script type="module" src="vitrine-view.js"></script>\n<vitrine-view camera-controls ar shadow-intensity="1"\n${lines.join("\n")}>\n</vitrine-view>`;
  return make("details", { class: "embed" }, make("summary", {}, "How this page shows it"), make("pre", { tabindex: 0 }, make("code", {}, code)));
}

/** A phone made of script in a room made of script, for developers without a headset at hand. */
function emulatorButton(view: VitrineView): HTMLElement[] {
  if (!["localhost", "127.0.0.1", "[::1]"].includes(location.hostname)) return [];
  const words = make("p", { class: "emulator-words", role: "status" });
  const press = async (event: Event) => {
    const button = event.currentTarget as HTMLButtonElement;
    button.disabled = true;
    words.textContent = "Building a room…";
    try {
      const { installEmulator } = await import("./emulator.js");
      await installEmulator();
      await reopen(view);
      words.textContent = "The phone is ready: press “View in your space” in the picture.";
    } catch (error) {
      words.textContent = `There is no emulated phone here: ${(error as Error).message}`;
      button.disabled = false;
    }
  };
  return [make("button", { type: "button", class: "button quiet", id: "emulate", onclick: (event) => void press(event) }, "Try AR here: emulated phone"), words];
}

/** Out of the page and in again: the fresh viewer asks the browser anew what it can do. */
async function reopen(view: VitrineView): Promise<void> {
  const place = document.createComment("");
  view.replaceWith(place);
  await new Promise((done) => setTimeout(done));
  place.replaceWith(view);
}
