// Decoders, each in workers of its own: started when a model needs them, killed when they hang or fall. The files lie
// beside the element and come from nowhere else.

import { startWorker } from "./worker.js";

/** Enough for a model of many parts, and a core is left for the page. */
const MOST_WORKERS = Math.max(1, Math.min(3, (navigator.hardwareConcurrency ?? 2) - 1));
/** A decoder that has not answered after this time has met data that leads it astray. */
const PATIENCE_MS = 20_000;
/** More for large data: phones unpack a megabyte in well under a second. */
const PATIENCE_MS_PER_MEGABYTE = 10_000;
/** After the last job; memory that a decoder has once taken is only given back with its worker. */
const IDLE_MS = 10_000;

interface Job {
  decoder: string;
  parameters: Uint32Array;
  bytes: Uint8Array;
  done(plain: Uint8Array): void;
  failed(reason: Error): void;
}

interface Answer {
  plain?: Uint8Array;
  reason?: string;
  isOver?: boolean;
}

/** The workers of one decoder, and the jobs that wait for one. */
class Crew {
  #waiting: Job[] = [];
  #idle: Worker[] = [];
  #count = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly files: Files) {}

  add(job: Job): void {
    this.#waiting.push(job);
    this.#next();
  }

  #next(): void {
    clearTimeout(this.#rest);
    if (!this.#waiting.length) {
      if (this.#idle.length === this.#count) this.#rest = setTimeout(() => this.#dismiss(), IDLE_MS);
      return;
    }
    const worker = this.#idle.pop() ?? (this.#count < MOST_WORKERS ? this.#hire() : undefined);
    if (worker) this.#work(worker, this.#waiting.shift()!);
  }

  #hire(): Worker {
    const worker = startWorker(this.files.worker);
    worker.postMessage({ glue: this.files.glue.href, wasm: this.files.wasm.href });
    this.#count += 1;
    return worker;
  }

  #work(worker: Worker, job: Job): void {
    const limit = PATIENCE_MS + (job.bytes.length / 1e6) * PATIENCE_MS_PER_MEGABYTE;
    const end = (answer: Answer) => {
      clearTimeout(timer);
      if (answer.isOver) {
        worker.terminate();
        this.#count -= 1;
      } else this.#idle.push(worker);
      if (answer.plain) job.done(answer.plain);
      else job.failed(new Error(answer.reason));
      this.#next();
    };
    const timer = setTimeout(() => end({ reason: `the decoder ${job.decoder} did not finish its data within ${Math.round(limit / 1000)} seconds`, isOver: true }), limit);
    worker.onmessage = ({ data }: MessageEvent<Answer>) => end(data.isOver ? { ...data, reason: `the decoder ${job.decoder} gave up (${data.reason})` } : data);
    worker.onerror = (event) => {
      event.preventDefault();
      end({ reason: `the decoder ${job.decoder} could not be started${event.message ? ` (${event.message})` : ""}`, isOver: true });
    };
    const { decoder, parameters, bytes } = job;
    worker.postMessage({ decoder, parameters, bytes }, [bytes.buffer]);
  }

  #dismiss(): void {
    for (const worker of this.#idle.splice(0)) worker.terminate();
    this.#count = 0;
  }
}

const crews = new Map<string, Crew>();

/** Has the job done; `base` is the folder of the wasm files where they do not lie beside this script. */
export function unpack(decoder: string, parameters: Uint32Array, bytes: Uint8Array, base?: string): Promise<Uint8Array> {
  const key = `${decoder} ${base ?? ""}`;
  let crew = crews.get(key);
  if (!crew) crews.set(key, (crew = new Crew(base === undefined ? ownFiles(decoder) : filesIn(base, decoder))));
  const hired = crew;
  return new Promise((done, failed) => hired.add({ decoder, parameters, bytes, done, failed }));
}

interface Files {
  worker: URL;
  glue: URL;
  wasm: URL;
}

/** Addresses are written out, so that a shop's bundler finds the files and takes them along. */
function ownFiles(decoder: string): Files {
  const worker = new URL("./unpack.worker.js", import.meta.url);
  switch (decoder) {
    case "draco": return { worker, glue: new URL("./vitrine_draco.js", import.meta.url), wasm: new URL("./vitrine_draco_bg.wasm", import.meta.url) };
    case "meshopt": return { worker, glue: new URL("./vitrine_meshopt.js", import.meta.url), wasm: new URL("./vitrine_meshopt_bg.wasm", import.meta.url) };
    case "tangents": return { worker, glue: new URL("./vitrine_tangents.js", import.meta.url), wasm: new URL("./vitrine_tangents_bg.wasm", import.meta.url) };
    case "basis-bc7": return { worker, glue: new URL("./vitrine_basis-bc7.js", import.meta.url), wasm: new URL("./vitrine_basis-bc7_bg.wasm", import.meta.url) };
    case "basis-astc": return { worker, glue: new URL("./vitrine_basis-astc.js", import.meta.url), wasm: new URL("./vitrine_basis-astc_bg.wasm", import.meta.url) };
    case "basis-etc2": return { worker, glue: new URL("./vitrine_basis-etc2.js", import.meta.url), wasm: new URL("./vitrine_basis-etc2_bg.wasm", import.meta.url) };
    default: return { worker, glue: new URL("./vitrine_basis-rgba.js", import.meta.url), wasm: new URL("./vitrine_basis-rgba_bg.wasm", import.meta.url) };
  }
}

function filesIn(base: string, decoder: string): Files {
  const file = (name: string) => new URL(name, new URL(base, document.baseURI));
  return { worker: file("unpack.worker.js"), glue: file(`vitrine_${decoder}.js`), wasm: file(`vitrine_${decoder}_bg.wasm`) };
}
