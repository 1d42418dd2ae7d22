// The shop's front page: a product to turn at the top, and all products below.

import "./vitrine-view.js";
import { make } from "./panels/make.js";
import { loadProducts, pageOf, priceText, type Product } from "./shop/catalogue.js";
import { viewOf } from "./shop/viewing.js";

const find = (id: string) => document.getElementById(id)!;

try {
  const products = await loadProducts();
  if (products[0]) showHero(products[0]);
  showDepartments(products);
  showGrid(products);
} catch (error) {
  find("trouble").textContent = (error as Error).message;
  find("trouble").hidden = false;
}

function showHero(product: Product): void {
  find("hero").append(viewOf(product, false));
  find("hero-price").textContent = `${product.name}, ${priceText(product.variants[0].price)}`;
  find("hero-link").setAttribute("href", pageOf(product));
}

function showDepartments(products: Product[]): void {
  const names = [...new Set(products.map((product) => product.department))];
  find("departments").append(...names.map((name) => make("a", { href: `#${slug(name)}` }, name)));
}

function showGrid(products: Product[]): void {
  const seen = new Set<string>();
  find("count").textContent = `${products.length} products`;
  find("grid").append(...products.map((product) => {
    const anchor = !seen.has(product.department) && slug(product.department);
    seen.add(product.department);
    return make("li", { id: anchor }, card(product));
  }));
}

function card(product: Product): HTMLElement {
  return make("a", { class: "card", href: pageOf(product) },
    make("span", { class: "picture" }, make("img", { src: product.poster, alt: product.description, loading: "lazy", width: 640, height: 640 })),
    make("span", { class: "name" }, product.name),
    make("span", { class: "tagline" }, product.tagline),
    make("span", { class: "line" }, make("span", { class: "price" }, fromPrice(product)), dots(product)));
}

function fromPrice({ variants }: Product): string {
  const least = variants.reduce((least, { price }) => (price.amount < least.amount ? price : least), variants[0].price);
  return `${variants.some(({ price }) => price.amount !== least.amount) ? "from " : ""}${priceText(least)}`;
}

function dots(product: Product): HTMLElement | null {
  const swatches = product.variants.filter((variant) => variant.swatch);
  if (swatches.length < 2) return null;
  return make("span", { class: "dots", role: "img", "aria-label": `${swatches.length} variants` }, ...swatches.map(({ swatch }) => dot(swatch)));
}

/** Colours come by script, not by `style` attributes, which the page's security policy forbids. */
function dot(colour: string | undefined): HTMLElement {
  const node = make("i", {});
  if (colour) node.style.backgroundColor = colour;
  return node;
}

function slug(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
}
