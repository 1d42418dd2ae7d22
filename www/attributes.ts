// The one table of the element's attributes; properties, types and the README's table are made from it.

/** How an attribute's text becomes a property: boolean is present or absent, number is a decimal, choice is one of `choices`. */
export type AttributeType = "string" | "number" | "boolean" | "choice";

/** One attribute of `<vitrine-view>`. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  /** What the property gives while the attribute is absent or unreadable. */
  readonly default: string | number | boolean;
  /** The allowed words of a choice; the default is one of them. */
  readonly choices?: readonly string[];
  /** Who acts on it: the wasm viewer, the store's module, or the element around them. */
  readonly to: "viewer" | "store" | "element";
  readonly meaning: string;
}

const viewer = <const A extends Omit<Attribute, "to">>(attribute: A) => ({ ...attribute, to: "viewer" as const });
const store = <const A extends Omit<Attribute, "to">>(attribute: A) => ({ ...attribute, to: "store" as const });
const element = <const A extends Omit<Attribute, "to">>(attribute: A) => ({ ...attribute, to: "element" as const });

/** Every attribute, in the order in which a page would need them. All are reflected: property and attribute are one. */
export const attributes = [
  viewer({ name: "src", type: "string", default: "", meaning: "Address of the product's glTF or GLB file." }),
  element({ name: "alt", type: "string", default: "", meaning: "What the product is, for those who do not see it." }),
  element({ name: "poster", type: "string", default: "", meaning: "Picture shown until the first frame, and when there is none." }),
  element({ name: "loading", type: "choice", choices: ["auto", "lazy", "eager"], default: "auto",
    meaning: "When to start: auto and lazy wait until the element is near the visible part of the page, eager does not." }),
  element({ name: "reveal", type: "choice", choices: ["auto", "interaction", "manual"], default: "auto",
    meaning: "What uncovers the product: its first frame, a press on the poster (nothing is loaded before), or dismissPoster()." }),
  viewer({ name: "with-credentials", type: "boolean", default: false, meaning: "Fetch files with cookies." }),

  viewer({ name: "autoplay", type: "boolean", default: false,
    meaning: "Play the animation as soon as the product is there; not under reduced motion." }),
  viewer({ name: "animation-name", type: "string", default: "", meaning: "The animation to play; the product's first when absent." }),
  viewer({ name: "animation-crossfade-duration", type: "number", default: 300,
    meaning: "How long one animation takes to give way to another, in milliseconds." }),
  viewer({ name: "variant-name", type: "string", default: "", meaning: "The variant to show (KHR_materials_variants)." }),
  viewer({ name: "environment-image", type: "string", default: "neutral",
    meaning: "Light around the product: neutral (a studio made in code) or the address of a panorama, .hdr or a picture." }),
  viewer({ name: "environment-rotation", type: "string", default: "0deg", meaning: "Turns the light and the sky about the vertical." }),
  viewer({ name: "skybox-image", type: "string", default: "",
    meaning: "Address of the panorama drawn behind the product; without an environment-image it lights, too." }),
  viewer({ name: "skybox-height", type: "string", default: "0m", meaning: "How high over the ground it was taken: it is then laid on the ground." }),
  viewer({ name: "skybox-blur", type: "number", default: 0, meaning: "Blurs it, 0 sharp to 1 nothing but its colours." }),
  viewer({ name: "exposure", type: "number", default: 1, meaning: "Brightness, 1 is as measured, 2 twice the light." }),
  viewer({ name: "shadow-intensity", type: "number", default: 0, meaning: "Darkness of the contact shadow, 0 to 1." }),
  viewer({ name: "shadow-softness", type: "number", default: 1, meaning: "Softness of the contact shadow, 0 to 1." }),
  viewer({ name: "ambient-occlusion", type: "choice", choices: ["none", "auto"], default: "none",
    meaning: "Light that the product hides from itself and throws onto itself: found once per product and light, or not at all." }),
  viewer({ name: "tone-mapping", type: "choice", choices: ["auto", "neutral", "commerce", "agx", "aces", "linear", "none"],
    default: "auto", meaning: "From light to screen; auto, neutral and commerce are Khronos PBR Neutral, linear and none cut off." }),

  viewer({ name: "camera-controls", type: "boolean", default: false, meaning: "Turn, zoom and move by mouse, touch and keyboard." }),
  element({ name: "touch-action", type: "choice", choices: ["pan-y", "pan-x", "none"], default: "pan-y",
    meaning: "Which touch movements stay with the page." }),
  viewer({ name: "disable-zoom", type: "boolean", default: false, meaning: "No zooming; the wheel scrolls the page." }),
  viewer({ name: "disable-pan", type: "boolean", default: false, meaning: "No moving of the point looked at." }),
  viewer({ name: "camera-orbit", type: "string", default: "0deg 75deg 105%", meaning: "Where the camera stands: turn, tilt, distance." }),
  viewer({ name: "camera-target", type: "string", default: "auto auto auto", meaning: "The point looked at, in metres." }),
  viewer({ name: "field-of-view", type: "string", default: "auto", meaning: "Vertical opening of the lens, for instance 30deg." }),
  viewer({ name: "min-camera-orbit", type: "string", default: "auto auto auto", meaning: "Lowest turn, tilt and distance." }),
  viewer({ name: "max-camera-orbit", type: "string", default: "auto auto auto", meaning: "Highest turn, tilt and distance." }),
  viewer({ name: "min-field-of-view", type: "string", default: "auto", meaning: "Narrowest lens." }),
  viewer({ name: "max-field-of-view", type: "string", default: "auto", meaning: "Widest lens." }),
  viewer({ name: "interpolation-decay", type: "number", default: 50, meaning: "How slowly the camera follows, in milliseconds." }),
  viewer({ name: "orbit-sensitivity", type: "number", default: 1, meaning: "Speed of turning." }),
  viewer({ name: "zoom-sensitivity", type: "number", default: 1, meaning: "Speed of zooming." }),
  viewer({ name: "pan-sensitivity", type: "number", default: 1, meaning: "Speed of moving." }),
  viewer({ name: "auto-rotate", type: "boolean", default: false, meaning: "Turns slowly while nobody touches it; respects reduced motion." }),
  viewer({ name: "auto-rotate-delay", type: "number", default: 3000, meaning: "Rest before turning begins, in milliseconds." }),
  viewer({ name: "rotation-per-second", type: "string", default: "auto", meaning: "Speed of turning, for instance 12deg." }),

  element({ name: "ar", type: "boolean", default: false, meaning: "Offer to place the product in the room where the device can." }),
  viewer({ name: "ar-placement", type: "choice", choices: ["floor", "wall", "any"], default: "floor", meaning: "Where it belongs in the room." }),

  store({ name: "store-url", type: "string", default: "", meaning: "Address of the store service, for instance /api/v1." }),
  store({ name: "item-id", type: "string", default: "", meaning: "The shop's number of the item, as the store service knows it." }),
  store({ name: "variant-item-ids", type: "string", default: "", meaning: "JSON object from variant name to item number." }),
  store({ name: "locale", type: "string", default: "", meaning: "Language of dates, distances and prices; the page's when absent." }),

  element({ name: "backend", type: "choice", choices: ["auto", "webgpu", "webgl"], default: "auto",
    meaning: "Which build draws; auto takes WebGPU where there is an adapter." }),
] as const satisfies readonly Attribute[];

type Camel<S extends string> = S extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;
type Row = (typeof attributes)[number];
type Value<R extends Row> = R extends { choices: readonly (infer C)[] } ? C
  : R["type"] extends "boolean" ? boolean : R["type"] extends "number" ? number : string;

/** The properties that the table makes: `camera-orbit` is `cameraOrbit`. */
export type AttributeProperties = { [R in Row as Camel<R["name"]>]: Value<R> };

/** `camera-orbit` becomes `cameraOrbit`. */
export function propertyName(attribute: string): string {
  return attribute.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The attribute's value as its property gives it: absent or unreadable text gives the default. */
export function readAttribute(row: Attribute, text: string | null): string | number | boolean {
  if (row.type === "boolean") return text !== null;
  if (text === null) return row.default;
  if (row.type === "number") return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : row.default;
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
