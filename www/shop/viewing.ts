// Makes the <vitrine-view> of a product with the attributes that this shop uses.

import { make } from "../panels/make.js";
import type { VitrineView } from "../vitrine-view.js";
import { API, priceText, type Product } from "./catalogue.js";

/** Where the posters were drawn from: the first frame takes the poster's place without a jump. */
const ORBIT = "25deg 78deg 105%";

/** The element for one product; `isWhole` with everything, otherwise only to be looked at. */
export function viewOf(product: Product, isWhole: boolean): VitrineView {
  const look = {
    src: product.model, alt: product.description || product.name, poster: product.poster, "camera-orbit": ORBIT, "camera-controls": true, "shadow-intensity": 1, "shadow-softness": 0.8,
    "disable-pan": true, "max-camera-orbit": "auto 92deg auto",
  };
  if (!isWhole) return make("vitrine-view", { ...look, "disable-zoom": true, "auto-rotate": true, "auto-rotate-delay": 1200, loading: "eager" });
  const items = Object.fromEntries(product.variants.filter(({ variant }) => variant).map(({ variant, item_id }) => [variant, item_id]));
  return make("vitrine-view", {
    ...look, ar: true, "ar-placement": product.placement, loading: "eager", "store-url": API, "item-id": product.variants[0].item_id, "item-name": product.name, "item-price": priceText(product.variants[0].price),
    "try-on": product.tryOn || false, "try-on-sizes": product.sizes || false,
    "variant-item-ids": Object.keys(items).length ? JSON.stringify(items) : false,
  });
}
