// The shop's products: names, prices and item numbers from the store service, and this shop's own words about them.

import { LOOKS } from "./looks.js";

/** One way to have a product: its variant in the model and its number in the stores. */
export interface ProductVariant {
  /** Name of the variant in the model; empty where the product has only one look. */
  variant: string;
  name: string;
  item_id: string;
  price: Price;
  /** Colour of the little round picture of it. */
  swatch: string | undefined;
}

/** Minor units (cents) of an ISO 4217 currency. */
export interface Price {
  amount: number;
  currency: string;
}

/** One product of the shop; it has at least one variant. */
export interface Product {
  id: string;
  name: string;
  description: string;
  model: string;
  poster: string;
  variants: [ProductVariant, ...ProductVariant[]];
  department: string;
  /** One line under the name. */
  tagline: string;
  details: string[];
  placement: "floor" | "wall";
  /** What the variants differ in, for instance "Fabric". */
  choice: string;
  /** How it is worn; empty for what is not. */
  tryOn: string;
  /** JSON of the sizes it comes in; empty where nobody needs to know. */
  sizes: string;
}

/** A product as the service lists it. */
interface Listed {
  id: string;
  name: string;
  description?: string;
  model: string;
  image: string;
  variants: { item_id: string; name?: string; variant?: string; price: Price }[];
}

/** Where the store service answers. */
export const API = "/api/v1";

/** All products; rejects with words for people. */
export async function loadProducts(): Promise<Product[]> {
  const response = await fetch(`${API}/products`).catch(() => undefined);
  if (!response?.ok) throw new Error("Our list of products is out of reach for the moment. Please try again in a minute.");
  const { products } = (await response.json()) as { products: Listed[] };
  return products.map(withLooks);
}

function withLooks({ id, name, description = "", model, image, variants }: Listed): Product {
  const look = LOOKS[id];
  const full = variants.map(({ item_id, name = "", variant = "", price }) => ({ item_id, name, variant, price, swatch: look?.swatches?.[variant] }));
  return {
    id, name, description, model: `./${model}`, poster: `./${image}`, variants: full as Product["variants"],
    department: look?.department ?? "More", tagline: look?.tagline ?? description, details: look?.details ?? [],
    placement: look?.placement ?? "floor", choice: look?.choice ?? "Variant",
    tryOn: look?.tryOn ?? "", sizes: look?.sizes ? JSON.stringify(look.sizes) : "",
  };
}

/** "€389" as the page's language writes it. */
export function priceText({ amount, currency }: Price): string {
  const whole = amount % 100 === 0;
  return new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency, minimumFractionDigits: whole ? 0 : 2 }).format(amount / 100);
}

/** The product's own page. */
export function pageOf(product: Product): string {
  return `./product.html?id=${encodeURIComponent(product.id)}`;
}
