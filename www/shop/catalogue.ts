// The shop's products, as the store service lists them.

/** One way to have a product: its variant in the model and its number in the stores. */
export interface ProductVariant {
  name: string;
  item_id: string;
  /** Colour of the little round picture of it. */
  swatch?: string;
}

/** One product of the shop. */
export interface Product {
  id: string;
  name: string;
  department: string;
  /** One line under the name. */
  tagline: string;
  description: string;
  /** Minor units (cents) of an ISO 4217 currency. */
  price: { amount: number; currency: string };
  model: string;
  poster: string;
  alt: string;
  placement?: "floor" | "wall";
  item_id: string;
  variants: ProductVariant[];
  details: string[];
}

/** Where the store service answers. */
export const API = "/api/v1";

/** All products; rejects with words for people. */
export async function loadProducts(): Promise<Product[]> {
  const response = await fetch(`${API}/products`).catch(() => undefined);
  if (!response?.ok) throw new Error("Our list of products is out of reach for the moment. Please try again in a minute.");
  const { products } = (await response.json()) as { products: Product[] };
  return products;
}

/** "389 €" in the page's language. */
export function priceText({ amount, currency }: Product["price"]): string {
  const whole = amount % 100 === 0;
  return new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency, minimumFractionDigits: whole ? 0 : 2 }).format(amount / 100);
}

/** The product's own page. */
export function pageOf(product: Product): string {
  return `./product.html?id=${encodeURIComponent(product.id)}`;
}
