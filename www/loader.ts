// Picks the build that this browser can run and loads it once per page: WebGPU (small) where there is an adapter, else WebGL2.

import type { VitrineModule } from "./boundary.js";

/** The two builds of the same source; file names are `vitrine_<build>.js` and `vitrine_<build>_bg.wasm`. */
export type Build = "webgpu" | "webgl";

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

const loaded = new Map<string, Promise<VitrineModule>>();
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

/** The started module of a build; `base` is the folder address that holds it. A failed load is tried anew by the next call. */
export function loadBuild(build: Build, base: string): Promise<VitrineModule> {
  const address = new URL(`vitrine_${build}.js`, base).href;
  let module = loaded.get(address);
  if (!module) {
    module = startModule(address, new URL(`vitrine_${build}_bg.wasm`, base).href);
    loaded.set(address, module);
    module.catch(() => {
      failures += 1;
      loaded.delete(address);
    });
  }
  return module;
}

async function startModule(script: string, wasm: string): Promise<VitrineModule> {
  try {
    // The wasm file is asked for before its script arrives. Browsers remember a script that failed: a new address asks again.
    const bytes = fetch(wasm, { credentials: "same-origin" }).then((response) => {
      if (!response.ok) throw new Error(`${wasm} answered ${response.status}`);
      return response;
    });
    bytes.catch(() => undefined);
    const module = (await import(failures ? `${script}?again=${failures}` : script)) as VitrineModule;
    await module.default({ module_or_path: bytes });
    return module;
  } catch (cause) {
    throw new CodedError("module-failed", `The viewer's own files could not be loaded from ${script}: ${String(cause)}`);
  }
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
