// A small world of stores for tests: who has how many is known, and one name is hostile.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startService } from "./service.mjs";

/** A store's name that would run a script if it ever became markup. */
export const HOSTILE = `Store <img src=x onerror="document.title='taken over'">`;

const store = (id, name, latitude, longitude, stock) => ({
  id, name, stock, geo: { latitude, longitude }, timezone: "Europe/Berlin", phone: "+49 30 5550100", url: "https://shop.example/stores",
  address: { street_address: "Torstraße 1", postal_code: "10119", address_locality: "Berlin", address_country: "DE" },
});

/** The last cube is at Near, plenty are at Middle, none at Far. Plums are only at Middle. */
export const SEED = {
  shop: { name: "Cubes", currency: "EUR" },
  products: [{ id: "cube", name: "Cube", description: "A cube.", model: "made/cube.glb", image: "icon.svg", variants: [
    { item_id: "CUBE-PLAIN", name: "Plain", variant: "Plain", price: { amount: 1000, currency: "EUR" } },
    { item_id: "CUBE-PLUM", name: "Plum", variant: "Plum", price: { amount: 1200, currency: "EUR" } }] }],
  locations: [
    store("near", "Near", 52.53, 13.4, { "CUBE-PLAIN": 1 }),
    store("middle", "Middle", 52.5, 13.3, { "CUBE-PLAIN": 9, "CUBE-PLUM": { on_hand: 5, shelf: "Floor 1, bay 4" } }),
    store("far", HOSTILE, 52.4, 13.07, { "CUBE-PLAIN": 0 }),
  ],
  places: [{ name: "Berlin", postal_prefix: "1", latitude: 52.52, longitude: 13.405 }],
};

/** The service with this world. */
export async function startStores() {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-seed-"));
  const file = join(folder, "seed.json");
  await writeFile(file, JSON.stringify(SEED));
  const service = await startService({ seed: file });
  return { ...service, stop: async () => { await service.stop(); await rm(folder, { recursive: true, force: true }); } };
}

/** Another shopper, who speaks to the service without a browser. */
export function otherShopper(url) {
  const api = `${url}/api/v1`;
  return {
    async take(location_id, item_id = "CUBE-PLAIN", quantity = 1) {
      const response = await fetch(`${api}/reservations`, {
        method: "POST", headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID() },
        body: JSON.stringify({ location_id, lines: [{ item_id, quantity }], contact: { name: "Somebody Else" }, consent: { text_id: "v1", at: new Date().toISOString() }, pickup_type: "in_store" }),
      });
      return { status: response.status, body: await response.json() };
    },
    /** The reservation as the database has it. */
    async read({ reservation_id, access_token }) {
      const response = await fetch(`${api}/reservations/${reservation_id}`, { headers: { authorization: `Bearer ${access_token}` } });
      return { status: response.status, body: await response.json() };
    },
    async status(location_id, item_id = "CUBE-PLAIN") {
      const response = await fetch(`${api}/availability?item=${item_id}&location=${location_id}`);
      return (await response.json()).items[0].locations[0].availability.status;
    },
  };
}
