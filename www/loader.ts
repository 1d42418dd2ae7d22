// Picks the build that this browser can run and loads it once per page: WebGPU (small) where there is an adapter, else WebGL2.

import type { StoreModule, VitrineModule } from "./boundary.js";

/** The two builds of the same source; file names are `vitrine_<build>.js`, `vitrine_<build>_bg.wasm` and `vitrine_<build>_later.wasm`. */
export type Build = "webgpu" | "webgl";
/** Every wasm module: the builds, and the store's side. */
type Module = Build | "store";

/** An error with a stable code for programs and a message for people. */
export class CodedError extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

/** What the loader needs of the browser; WebGPU's types are not in TypeScript's library yet. */
interface Graphics {
  gpu?: { requestAdapter(): Promise<object | null> };
}

const loaded = new Map<string, Promise<unknown>>();
/** What started modules export, for their second files. */
const started = new Map<string, WebAssembly.Exports>();
let failures = 0;
let adapter: Promise<boolean> | undefined;

/** Which build to try, best first. Rejects with `no-webgpu` or `no-webgl` where there is none. */
export async function chooseBuilds(backend: string): Promise<Build[]> {
  const builds: Build[] = [];
  if (backend !== "webgl" && (await hasAdapter())) builds.push("webgpu");
  if (backend === "webgpu") {
    if (builds.length) return builds;
    throw new CodedError("no-webgpu", "The attribute backend asks for WebGPU, and this browser gives no adapter.");
  }
  // A context is cheap to ask for and 700 kB of wasm are not cheap to load in vain; with WebGPU it is asked for only on need.
  if (builds.length || hasWebGl()) builds.push("webgl");
  if (!builds.length) throw new CodedError("no-webgl", "This browser gives neither a WebGPU adapter nor a WebGL2 context.");
  return builds;
}

/** The started module of a build. A failed load is tried anew by the next call. */
export function loadBuild(build: Build, base?: string): Promise<VitrineModule> {
  return load(build, base) as Promise<VitrineModule>;
}

/** What a first picture does without, of a build that is started. A failed load is tried anew by the next call. */
export function loadLater(build: Build, base?: string): Promise<unknown> {
  const key = keyOf(build, base);
  return once(`${key} later`, async () => {
    const response = await fetched(base === undefined ? ownLater(build) : fileIn(base, `vitrine_${build}_later.wasm`));
    await WebAssembly.instantiate(await response.arrayBuffer(), { first: started.get(key)! as WebAssembly.ModuleImports });
  });
}

/** The store's side, started. A failed load is tried anew by the next call. */
export function loadStore(base?: string): Promise<StoreModule> {
  return load("store", base) as Promise<StoreModule>;
}

function load(name: Module, base?: string): Promise<unknown> {
  return once(keyOf(name, base), () => startModule(name, base));
}

/** By which a module from a folder is kept: modules of two folders are two. */
function keyOf(name: Module, base: string | undefined): string {
  return `${name} ${base ?? ""}`;
}

/** A file in a folder that the page names. */
function fileIn(base: string, file: string): URL {
  return new URL(file, new URL(base, document.baseURI));
}

/** Does something once per page; when it fails, the next call tries again. */
function once(key: string, start: () => Promise<unknown>): Promise<unknown> {
  let module = loaded.get(key);
  if (!module) {
    module = start().catch((cause) => {
      throw new CodedError("module-failed", `The viewer's own files could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}`);
    });
    loaded.set(key, module);
    module.catch(() => {
      failures += 1;
      loaded.delete(key);
    });
  }
  return module;
}

async function startModule(build: Module, base: string | undefined): Promise<unknown> {
  // The wasm file is asked for before its script arrives.
  const bytes = fetched(base === undefined ? ownWasm(build) : fileIn(base, `vitrine_${build}_bg.wasm`));
  bytes.catch(() => undefined);
  const module = await importGlue(build, base);
  started.set(keyOf(build, base), await module.default({ module_or_path: bytes }));
  return module;
}

async function fetched(file: URL): Promise<Response> {
  const response = await fetch(file, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${file.href} answered ${response.status}`);
  return response;
}

/** Addresses are written out, so that a shop's bundler finds the files and takes them along. */
function ownWasm(name: Module): URL {
  switch (name) {
    case "webgpu": return new URL("./vitrine_webgpu_bg.wasm", import.meta.url);
    case "webgl": return new URL("./vitrine_webgl_bg.wasm", import.meta.url);
    case "store": return new URL("./vitrine_store_bg.wasm", import.meta.url);
  }
}

function ownLater(build: Build): URL {
  return build === "webgpu" ? new URL("./vitrine_webgpu_later.wasm", import.meta.url) : new URL("./vitrine_webgl_later.wasm", import.meta.url);
}

/** What the glue of each module exports. */
type Glue = Pick<VitrineModule, "default">;

function ownGlue(name: Module): Promise<unknown> {
  switch (name) {
    case "webgpu": return import("./vitrine_webgpu.js");
    case "webgl": return import("./vitrine_webgl.js");
    case "store": return import("./vitrine_store.js");
  }
}

async function importGlue(build: Module, base: string | undefined): Promise<Glue> {
  // Browsers remember a script that failed to arrive: a new address asks again.
  const again = failures ? `?again=${failures}` : "";
  if (base !== undefined || again) {
    const glue = fileIn(base ?? import.meta.url, `vitrine_${build}.js${again}`);
    return (await import(/* @vite-ignore */ /* webpackIgnore: true */ glue.href)) as Glue;
  }
  return (await ownGlue(build)) as Glue;
}

function hasAdapter(): Promise<boolean> {
  const { gpu } = navigator as Navigator & Graphics;
  adapter ??= gpu ? gpu.requestAdapter().then((found) => found !== null, () => false) : Promise.resolve(false);
  return adapter;
}

function hasWebGl(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}
