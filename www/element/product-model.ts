// The product's parts and materials behind `view.model`; loaded with the first product. What it changes goes to the wasm viewer.

import type { Viewer } from "../boundary.js";
import type { AlphaMode, Material, Model, ModelNode, Pick, Texture, TextureInfo } from "../scene-graph.js";
import { Vector2D, Vector3D } from "../values.js";
import { linearColor } from "./color.js";

/** The viewer's answer to `parts`. */
interface Parts {
  /** Name, index of the parent or -1, whether it has a shape. */
  nodes: [name: string, parent: number, hasGeometry: boolean][];
  materials: string[];
  /** Name and media type. */
  textures: [name: string, type: string][];
}

/** The viewer's answer to `material N`. Textures are indices of the file's, or keys of pictures lent by the page. */
interface Surface {
  numbers: Record<string, number[]>;
  textures: Record<string, number | string>;
}

/** The viewer's answer to `pick X Y`. */
interface Picked {
  node: number;
  material: number | null;
  position: [number, number, number];
  normal: [number, number, number];
  uv: [number, number] | null;
  distance: number;
}

const ALPHA_MODES: AlphaMode[] = ["OPAQUE", "MASK", "BLEND"];
const PBR_NUMBERS = new Set(["baseColorFactor", "metallicFactor", "roughnessFactor"]);
const PBR_TEXTURES = new Set(["baseColorTexture", "metallicRoughnessTexture"]);
/** Numbers with getters and setters of their own. */
const FLAGS = new Set(["alphaMode", "alphaCutoff", "doubleSided"]);

/** A picture of the page's, with its key at the boundary. */
export interface LentTexture extends Texture {
  readonly key: string;
  readonly bitmap: ImageBitmap;
}

/** One product's parts and materials. */
export class ProductModel implements Model {
  readonly nodes: readonly ModelNode[];
  readonly materials: readonly Material[];
  readonly #viewer: () => Viewer | undefined;
  readonly #parts: Parts;
  readonly #textures: Texture[];
  readonly #lent = new Map<string, Texture>();
  /** What was changed, by what it changed, to be done again after a loss of the card. */
  readonly #changes = new Map<string, (viewer: Viewer) => void>();

  /** `viewer` gives the present one; `undefined` once the product is not shown any more. */
  constructor(viewer: () => Viewer | undefined) {
    this.#viewer = viewer;
    this.#parts = this.ask<Parts>("parts");
    this.#textures = this.#parts.textures.map(([name, type]) => ({ name, source: { name, type } }));
    const nodes = this.#parts.nodes.map((_, index) => new ProductNode(this, index));
    for (const node of nodes) node.join(nodes, this.#parts.nodes[node.index]!);
    this.nodes = nodes;
    this.materials = this.#parts.materials.map((name, index) => surface(this, index, name));
  }

  node(key: number | string): ModelNode {
    const found = typeof key === "number" ? this.nodes[key] : this.nodes.find(({ name, path }) => name === key || path === key);
    return found ?? missing("part", key, this.nodes.map(({ path }) => path));
  }

  material(key: number | string): Material {
    const found = typeof key === "number" ? this.materials[key] : this.getMaterialByName(key);
    return found ?? missing("material", key, this.materials.map(({ name }) => name));
  }

  getMaterialByName(name: string): Material | null {
    return this.materials.find((material) => material.name === name) ?? null;
  }

  reset(): void {
    this.#changes.clear();
    this.#present().act("reset-parts", "");
  }

  /** What is under a point of the canvas, in CSS pixels from its upper left corner. */
  pick(x: number, y: number): Pick | null {
    const picked = this.ask<Picked | null>(`pick ${x} ${y}`);
    if (!picked) return null;
    const { node, material, position, normal, uv, distance } = picked;
    return {
      position: new Vector3D(...position), normal: new Vector3D(...normal), uv: uv && new Vector2D(...uv), distance,
      node: this.node(node), material: material === null ? null : this.material(material),
    };
  }

  /** Answers a question of the boundary. */
  ask<Answer>(question: string): Answer {
    return JSON.parse(this.#present().query(question)) as Answer;
  }

  /** Does a verb of the boundary, and again after a loss of the card; the newest of one `key` counts. */
  change(key: string, verb: string, detail: object, lent?: ImageBitmap): void {
    const text = JSON.stringify(detail);
    const apply = (viewer: Viewer) => lent ? viewer.lend(lent, verb, text) : viewer.act(verb, text);
    apply(this.#present());
    this.#changes.delete(key);
    this.#changes.set(key, apply);
  }

  /** Forgets the changes whose key starts like this. */
  forget(start: string): void {
    for (const key of this.#changes.keys()) if (key.startsWith(start)) this.#changes.delete(key);
  }

  /** A fresh viewer shows the same product: makes it what the page had made of it. */
  restore(viewer: Viewer): void {
    for (const apply of this.#changes.values()) apply(viewer);
  }

  textureOf(place: number | string | undefined): Texture | null {
    return (typeof place === "number" ? this.#textures[place] : place !== undefined && this.#lent.get(place)) || null;
  }

  putTexture(material: number, role: string, texture: Texture | null): void {
    const key = `material ${material} ${role}`;
    if (texture === null) return this.change(key, "texture", { material, role });
    const index = this.#textures.indexOf(texture);
    if (index >= 0) return this.change(key, "texture", { material, role, texture: index });
    if (!("bitmap" in texture)) throw new TypeError("This is no texture of the shown product, and none that createTexture made.");
    const lent = texture as LentTexture;
    this.#lent.set(lent.key, lent);
    this.change(key, "texture", { material, role, key: lent.key }, lent.bitmap);
  }

  #present(): Viewer {
    const viewer = this.#viewer();
    if (!viewer) throw new Error("This part belongs to a product that is not shown any more: ask view.model again after the load event.");
    return viewer;
  }
}

class ProductNode implements ModelNode {
  name = "";
  path = "";
  parent: ProductNode | null = null;
  readonly children: ProductNode[] = [];
  hasGeometry = false;
  readonly #model: ProductModel;

  constructor(model: ProductModel, readonly index: number) {
    this.#model = model;
  }

  /** Takes its place among the others. */
  join(all: ProductNode[], [name, parent, hasGeometry]: Parts["nodes"][number]): void {
    this.name = name;
    this.hasGeometry = hasGeometry;
    this.parent = all[parent] ?? null;
    this.parent?.children.push(this);
    // Parents may come later in the file than their children.
    Object.defineProperty(this, "path", { enumerable: true, get: () => `${this.parent ? `${this.parent.path}/` : ""}${this.name || this.index}` });
  }

  get visible(): boolean {
    return this.#model.ask<{ visible: boolean }>(`node ${this.index}`).visible;
  }

  set visible(visible: boolean) {
    this.#model.change(`node ${this.index}`, "node", { node: this.index, visible: Boolean(visible) });
  }

  get isShown(): boolean {
    return this.#model.ask<{ shown: boolean }>(`node ${this.index}`).shown;
  }
}

/** A material, with a getter and a setter for each number and place of a texture that the viewer names. */
function surface(model: ProductModel, index: number, name: string): Material {
  const ask = () => model.ask<Surface>(`material ${index}`);
  const set = (number: string, value: number[]) => model.change(`material ${index} ${number}`, "material", { material: index, name: number, value });
  const flag = (number: string) => ask().numbers[number]?.[0] ?? 0;
  const pbr = {};
  const material = {
    index, name, pbrMetallicRoughness: pbr,
    getAlphaMode: () => ALPHA_MODES[flag("alphaMode")] ?? "OPAQUE",
    setAlphaMode(mode: AlphaMode) {
      const number = ALPHA_MODES.indexOf(mode);
      if (number < 0) throw new TypeError(`"${mode}" is no alpha mode: write ${ALPHA_MODES.join(", ")}.`);
      set("alphaMode", [number]);
    },
    getAlphaCutoff: () => flag("alphaCutoff"),
    setAlphaCutoff: (cutoff: number) => set("alphaCutoff", numbersOf("setAlphaCutoff", cutoff, [0])),
    getDoubleSided: () => flag("doubleSided") > 0,
    setDoubleSided: (isDoubleSided: boolean) => set("doubleSided", [Number(isDoubleSided)]),
    reset() {
      model.forget(`material ${index} `);
      model.change(`material ${index} `, "reset-parts", { material: index });
    },
  };
  const known = ask();
  for (const number of Object.keys(known.numbers)) {
    if (FLAGS.has(number)) continue;
    const target = PBR_NUMBERS.has(number) ? pbr : material;
    const setter = `set${number[0]!.toUpperCase()}${number.slice(1)}`;
    const now = () => ask().numbers[number] ?? [];
    Object.defineProperty(target, number, { enumerable: true, get: () => now().length === 1 ? now()[0] : now() });
    Object.defineProperty(target, setter, { value: (value: unknown) => set(number, numbersOf(setter, value, now())) });
  }
  for (const role of Object.keys(known.textures)) {
    const info: TextureInfo = {
      get texture() { return model.textureOf(ask().textures[role]); },
      setTexture: (texture) => model.putTexture(index, role, texture),
    };
    Object.defineProperty(PBR_TEXTURES.has(role) ? pbr : material, role, { enumerable: true, value: info });
  }
  return material as unknown as Material;
}

/** A number, a list of as many as there are now, or a colour of CSS. */
function numbersOf(setter: string, value: unknown, now: number[]): number[] {
  const isColor = now.length > 2;
  const numbers = isColor && typeof value === "string" ? linearColor(setter, value) : Array.isArray(value) ? value.map(Number) : [Number(value)];
  // A colour without opacity leaves the opacity as it is.
  if (now.length === 4 && numbers.length === 3) numbers.push(now[3]!);
  if (numbers.length !== now.length || !numbers.every((number) => !Number.isNaN(number))) {
    throw new TypeError(`${setter} takes ${isColor ? `${now.length} linear numbers, or a colour such as "#c04020"` : "one number"}, not ${JSON.stringify(value)}.`);
  }
  return numbers;
}

function missing(what: string, key: number | string, names: string[]): never {
  const offered = names.filter((name) => name !== "").map((name) => JSON.stringify(name));
  throw new RangeError(`The product has no ${what} ${JSON.stringify(key)}. It has ${names.length}${offered.length ? `: ${offered.join(", ")}` : ""}.`);
}
