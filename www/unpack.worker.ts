// One decoder's worker: starts the module whose address it is told first, then does jobs, one after the other.

/** What the page sends: first where the decoder is, then jobs. */
type Order = { glue: string; wasm: string } | { decoder: string; parameters: Uint32Array; bytes: Uint8Array };

/** What a decoder's module exports. */
interface Glue {
  default(options: { module_or_path: string }): Promise<unknown>;
  unpack(decoder: string, parameters: Uint32Array, bytes: Uint8Array): Uint8Array;
}

let glue: Promise<Glue> | undefined;

async function start({ glue, wasm }: { glue: string; wasm: string }): Promise<Glue> {
  const module = (await import(/* @vite-ignore */ /* webpackIgnore: true */ glue)) as Glue;
  await module.default({ module_or_path: wasm });
  return module;
}

addEventListener("message", async ({ data }: MessageEvent<Order>) => {
  if ("glue" in data) {
    glue = start(data);
    glue.catch(() => undefined);
    return;
  }
  try {
    const plain = (await glue)!.unpack(data.decoder, data.parameters, data.bytes);
    postMessage({ plain }, { transfer: [plain.buffer] });
  } catch (cause) {
    // A module that gave up is not to be asked again: the page ends this worker.
    postMessage({ reason: typeof cause === "string" ? cause : String(cause), isOver: typeof cause !== "string" });
  }
});
