// The one table of the element's attributes; properties, types and the README's table are made from it.

/** One attribute of `<vitrine-view>`. The comment above a row is what editors say about it. */
export interface Attribute {
  readonly name: string;
  /**
   * What the property gives while the attribute is absent or unreadable. Of its kind are all values: a boolean is present or
   * absent, a number is a decimal.
   */
  readonly default: string | number | boolean;
  /** The allowed words of a choice; the default is one of them. */
  readonly choices?: readonly string[];
  /** Who acts on it: the wasm viewer, the store's module, or the element around them. */
  readonly to: "viewer" | "store" | "element";
}

const viewer = <const A extends Omit<Attribute, "to">>(attribute: A) => ({ ...attribute, to: "viewer" as const });
const store = <const A extends Omit<Attribute, "to">>(attribute: A) => ({ ...attribute, to: "store" as const });
const element = <const A extends Omit<Attribute, "to">>(attribute: A) => ({ ...attribute, to: "element" as const });

/** Every attribute, in the order in which a page would need them. All are reflected: property and attribute are one. */
export const attributes = [
  /** Address of the product's glTF or GLB file. */
  viewer({ name: "src", default: "" }),
  /** What the product is, for those who do not see it. */
  element({ name: "alt", default: "" }),
  /** Picture shown until the first frame, and when there is none. */
  element({ name: "poster", default: "" }),
  /** When to start: auto and lazy wait until the element is near the visible part of the page, eager does not. */
  element({ name: "loading", choices: ["auto", "lazy", "eager"], default: "auto" }),
  /** What uncovers the product: its first frame, a press on the poster (nothing is loaded before), or dismissPoster(). */
  element({ name: "reveal", choices: ["auto", "interaction", "manual"], default: "auto" }),
  /** Fetch files with cookies. */
  viewer({ name: "with-credentials", default: false }),

  /** Play the animation as soon as the product is there; not under reduced motion. */
  viewer({ name: "autoplay", default: false }),
  /** The animation to play; the product's first when absent. */
  viewer({ name: "animation-name", default: "" }),
  /** How long one animation takes to give way to another, in milliseconds. */
  viewer({ name: "animation-crossfade-duration", default: 300 }),
  /** The variant to show (KHR_materials_variants). */
  viewer({ name: "variant-name", default: "" }),
  /** The scene to show of a file that has several; the file's own choice when absent. */
  viewer({ name: "scene-name", default: "" }),
  /** Light around the product: neutral (a studio made in code) or the address of a panorama, .hdr or a picture. */
  viewer({ name: "environment-image", default: "neutral" }),
  /** Turns the light and the sky about the vertical. */
  viewer({ name: "environment-rotation", default: "0deg" }),
  /** Address of the panorama drawn behind the product; without an environment-image it lights, too. */
  viewer({ name: "skybox-image", default: "" }),
  /** How high over the ground it was taken: it is then laid on the ground. */
  viewer({ name: "skybox-height", default: "0m" }),
  /** Blurs it, 0 sharp to 1 nothing but its colours. */
  viewer({ name: "skybox-blur", default: 0 }),
  /** Brightness, 1 is as measured, 2 twice the light. */
  viewer({ name: "exposure", default: 1 }),
  /** Darkness of the contact shadow, 0 to 1. */
  viewer({ name: "shadow-intensity", default: 0 }),
  /** Softness of the contact shadow, 0 to 1. */
  viewer({ name: "shadow-softness", default: 1 }),
  /** Light that the product hides from itself and throws onto itself: found once per product and light, or not at all. */
  viewer({ name: "ambient-occlusion", choices: ["none", "auto"], default: "none" }),
  /** From light to screen; auto, neutral and commerce are Khronos PBR Neutral, linear and none cut off. */
  viewer({ name: "tone-mapping", choices: ["auto", "neutral", "commerce", "agx", "aces", "linear", "none"], default: "auto" }),

  /** Turn, zoom and move by mouse, touch and keyboard. */
  viewer({ name: "camera-controls", default: false }),
  /** Which touch movements stay with the page. */
  element({ name: "touch-action", choices: ["pan-y", "pan-x", "none"], default: "pan-y" }),
  /** No zooming; the wheel scrolls the page. */
  viewer({ name: "disable-zoom", default: false }),
  /** No moving of the point looked at. */
  viewer({ name: "disable-pan", default: false }),
  /** Where the camera stands: turn, tilt, distance. */
  viewer({ name: "camera-orbit", default: "0deg 75deg 105%" }),
  /** The point looked at, in metres. */
  viewer({ name: "camera-target", default: "auto auto auto" }),
  /** Vertical opening of the lens, for instance 30deg. */
  viewer({ name: "field-of-view", default: "auto" }),
  /** Lowest turn, tilt and distance. */
  viewer({ name: "min-camera-orbit", default: "auto auto auto" }),
  /** Highest turn, tilt and distance. */
  viewer({ name: "max-camera-orbit", default: "auto auto auto" }),
  /** Narrowest lens. */
  viewer({ name: "min-field-of-view", default: "auto" }),
  /** Widest lens. */
  viewer({ name: "max-field-of-view", default: "auto" }),
  /** How slowly the camera follows, in milliseconds. */
  viewer({ name: "interpolation-decay", default: 50 }),
  /** Speed of turning. */
  viewer({ name: "orbit-sensitivity", default: 1 }),
  /** Speed of zooming. */
  viewer({ name: "zoom-sensitivity", default: 1 }),
  /** Speed of moving. */
  viewer({ name: "pan-sensitivity", default: 1 }),
  /** Turns slowly while nobody touches it; respects reduced motion. */
  viewer({ name: "auto-rotate", default: false }),
  /** Rest before turning begins, in milliseconds. */
  viewer({ name: "auto-rotate-delay", default: 3000 }),
  /** Speed of turning, for instance 12deg. */
  viewer({ name: "rotation-per-second", default: "auto" }),

  /** Offer to place the product in the room where the device can. */
  element({ name: "ar", default: false }),
  /** Where it belongs in the room; without it the model's own word (`extras.vitrine.placement`), or the floor. */
  viewer({ name: "ar-placement", choices: ["floor", "wall", "any", "ceiling", "table", "item", "air"], default: "floor" }),
  /** Whether shoppers may change its size there. */
  viewer({ name: "ar-scale", choices: ["fixed", "auto"], default: "fixed" }),
  /** The room's own light falls on it. */
  viewer({ name: "ar-light", choices: ["auto", "none"], default: "auto" }),
  /** Ask the browser for the camera's picture, so that photos of the room show the room. */
  viewer({ name: "ar-camera", choices: ["none", "auto"], default: "none" }),
  /** In what lengths are said; auto goes by the shopper's language. */
  element({ name: "ar-units", choices: ["auto", "cm", "in"], default: "auto" }),

  /** Offer to try it on: how it is worn. */
  element({ name: "try-on", choices: ["none", "glasses", "hat", "earrings", "necklace", "watch", "bracelet", "ring"], default: "none" }),
  /** Folder of the tracker's files; mediapipe/ beside this script when absent. */
  element({ name: "try-on-tracker", default: "" }),
  /** Address of a .task model: the tracker is then tasks-vision. */
  element({ name: "try-on-model", default: "" }),
  /** JSON list of the sizes it comes in, each with its name, its lengths in millimetres and its item number. */
  element({ name: "try-on-sizes", default: "" }),
  /** Addresses of faces or hands to try it on, for those who do not want to be seen themselves. */
  element({ name: "try-on-faces", default: "" }),
  /** Which hand wears it: left, right, or either. */
  element({ name: "try-on-hand", default: "" }),
  /** Which finger wears it: thumb, index, middle, ring or little. */
  element({ name: "try-on-finger", default: "ring" }),

  /** Address of the store service, for instance /api/v1. */
  store({ name: "store-url", default: "" }),
  /** The shop's number of the item, as the store service knows it. */
  store({ name: "item-id", default: "" }),
  /** JSON object from variant name to item number. */
  store({ name: "variant-item-ids", default: "" }),
  /** What the shopper calls it, for the room; `alt` describes its picture. */
  element({ name: "item-name", default: "" }),
  /** What it costs, in words: for the room, where the page is not seen. */
  element({ name: "item-price", default: "" }),
  /** Language of dates, distances and prices; the page's when absent. */
  store({ name: "locale", default: "" }),

  /** Which build draws; auto takes WebGPU where there is an adapter. */
  element({ name: "backend", choices: ["auto", "webgpu", "webgl"], default: "auto" }),
] as const satisfies readonly Attribute[];

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;
type Row = (typeof attributes)[number];
type Value<R extends Row> = R extends { choices: readonly (infer C)[] } ? C
  : R["default"] extends boolean ? boolean : R["default"] extends number ? number : string;

/** The properties that the table makes: `camera-orbit` is `cameraOrbit`. */
export type AttributeProperties = { [R in Row as Camel<R["name"]>]: Value<R> };

/** `camera-orbit` becomes `cameraOrbit`. */
export function propertyName(attribute: string): string {
  return attribute.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The attribute's value as its property gives it: absent or unreadable text gives the default. */
export function readAttribute(row: Attribute, text: string | null): string | number | boolean {
  if (typeof row.default === "boolean") return text !== null;
  if (text === null) return row.default;
  if (typeof row.default === "number") return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : row.default;
  if (row.choices) return row.choices.includes(text) ? text : row.default;
  return text;
}

/** Gives a class the table's properties; reading and writing them reads and writes the attribute. */
export function defineProperties(prototype: HTMLElement): void {
  for (const row of attributes) {
    Object.defineProperty(prototype, propertyName(row.name), {
      configurable: true,
      enumerable: true,
      get(this: HTMLElement) {
        return readAttribute(row, this.getAttribute(row.name));
      },
      set(this: HTMLElement, value: unknown) {
        if (value === null || value === undefined || value === false) this.removeAttribute(row.name);
        else this.setAttribute(row.name, value === true ? "" : String(value));
      },
    });
  }
}

/** Properties that a page set before the element was defined hide the table's: they are set again, now through it. */
export function takeEarlyProperties(element: HTMLElement): void {
  for (const name of attributes.map((row) => propertyName(row.name))) {
    if (!Object.hasOwn(element, name)) continue;
    const value = Reflect.get(element, name);
    Reflect.deleteProperty(element, name);
    Reflect.set(element, name, value);
  }
}
