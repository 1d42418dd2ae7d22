// "Place together": other products of this shop that come along into the room with the one shown.

import { make } from "../panels/make.js";
import type { VitrineView } from "../vitrine-view.js";
import { priceText, type Product } from "./catalogue.js";

/** What one wears has no place in a room. */
const WORN = "To wear";

/** A choice of products, each a switch; `null` where there is nothing to furnish with. */
export function together(shown: Product, products: Product[], view: VitrineView): HTMLElement | null {
  const others = products.filter((product) => product.id !== shown.id && product.department !== WORN);
  if (shown.department === WORN || others.length === 0) return null;
  const said = make("p", { class: "words", role: "status" });
  const list = make("fieldset", { class: "together", id: "together" }, make("legend", {}, "Place together in your room"),
    ...others.map((product) => choice(product, view, (text) => (said.textContent = text))), said);
  return list;
}

function choice(product: Product, view: VitrineView, say: (text: string) => void): HTMLElement {
  const [{ variant, item_id, price }] = product.variants;
  let item: Promise<{ id: number }> | undefined;
  const change = async (event: Event) => {
    const box = event.target as HTMLInputElement;
    if (!box.checked) {
      const gone = item;
      item = undefined;
      await gone?.then(({ id }) => view.removeItem(id)).catch(() => {});
      return say(`${product.name} stays in the shop.`);
    }
    say(`${product.name} is on its way…`);
    item = view.addItem(product.model, { variant, placement: product.placement, itemId: item_id, name: product.name, price: priceText(price) });
    try {
      await item;
      say(`${product.name} comes along into your room.`);
    } catch (problem) {
      box.checked = false;
      say((problem as Error).message);
    }
  };
  return make("label", {}, make("input", { type: "checkbox", value: product.id, onchange: (event) => void change(event) }), make("span", {}, `${product.name}, ${priceText(price)}`));
}
