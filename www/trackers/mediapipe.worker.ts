// MediaPipe's worker: starts one of its two generations from the shop's own files, then answers picture by picture. A classic
// script, since both generations load their parts by importScripts.
//
// Served with a security policy of its own, this file needs `script-src 'self' 'wasm-unsafe-eval'`, for the older packages
// `'unsafe-eval'` too (their glue makes functions from text), and no trusted types. Pages keep their strict policy.

import type { Sighting as Found, Subject } from "./tracker.js";

/** What the page sends: first where everything is, then pictures. */
type Order = { subject: Subject; folder: string; model?: string } | { picture: ImageBitmap; timeMs: number };
interface Point { x: number; y: number; z: number }
type Find = (picture: ImageBitmap, timeMs: number) => Promise<Found[]>;

/** More are not looked for: each costs time. */
const MOST = 2;

/** A worker's own functions, which the page's library does not declare. */
declare function importScripts(...addresses: string[]): void;

let find: Promise<Find> | undefined;

addEventListener("message", async ({ data }: MessageEvent<Order>) => {
  try {
    if ("picture" in data) {
      const found = await (await find!)(data.picture, data.timeMs);
      data.picture.close();
      postMessage({ found }, { transfer: found.map(({ points }) => points.buffer) });
    } else {
      stayWithin(data.folder, data.model);
      find = data.model ? startTasks(data.subject, data.folder, data.model) : startSolutions(data.subject, data.folder);
      await find;
      postMessage({ isReady: true });
    }
  } catch (cause) {
    postMessage({ reason: cause instanceof Error ? cause.message : String(cause) });
  }
});

/** Nothing but the tracker's own files is fetched here: some versions of tasks-vision report their use to their maker. */
function stayWithin(folder: string, model: string | undefined): void {
  const isOurs = (address: string) => address.startsWith(folder) || address === model || /^(data|blob):/.test(address);
  const refuse = (address: string) => {
    if (!isOurs(address)) throw new TypeError(`The tracker may not fetch ${address}.`);
  };
  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    refuse(new URL(input instanceof Request ? input.url : input, location.href).href);
    return fetch(input, init);
  };
  const { open } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, address: string | URL, ...rest: unknown[]) {
    refuse(new URL(address, location.href).href);
    return Reflect.apply(open, this, [method, address, ...rest]);
  };
}

/** The packages `face_mesh` and `hands`. They look for a page: what they need of one is given to them. */
async function startSolutions(subject: Subject, folder: string): Promise<Find> {
  const isFace = subject === "face";
  const base = `${folder}${isFace ? "face_mesh" : "hands"}/`;
  Object.assign(globalThis, { window: globalThis, document: pageOf() });
  importScripts(`${base}${isFace ? "face_mesh" : "hands"}.js`);
  const { FaceMesh, Hands } = globalThis as unknown as Solutions;
  const solution = new (isFace ? FaceMesh : Hands)({ locateFile: (name) => base + name });
  const options = isFace ? { maxNumFaces: MOST, refineLandmarks: true } : { maxNumHands: MOST, modelComplexity: 1 };
  solution.setOptions({ selfieMode: false, minDetectionConfidence: 0.5, minTrackingConfidence: 0.5, ...options });
  let results: Results = {};
  solution.onResults((told) => (results = told));
  await solution.initialize();
  return async (picture) => {
    results = {};
    await solution.send({ image: picture });
    const { multiFaceLandmarks: faces = [], multiHandLandmarks: hands = [], multiHandedness: sides = [] } = results;
    if (isFace) return faces.map((points) => ({ points: numbers(points, 1) }));
    return hands.map((points, index) => hand(points, sides[index]?.label, sides[index]?.score));
  };
}

interface Results {
  multiFaceLandmarks?: Point[][];
  multiHandLandmarks?: Point[][];
  multiHandedness?: { label: string; score: number }[];
}

interface Solution {
  setOptions(options: Record<string, unknown>): void;
  onResults(listener: (results: Results) => void): void;
  initialize(): Promise<void>;
  send(inputs: { image: ImageBitmap }): Promise<void>;
}

type Maker = new (config: { locateFile(name: string): string }) => Solution;
type Solutions = Record<"FaceMesh" | "Hands", Maker>;

/** As much of a document as the packages touch: scripts, which run at once, and canvases. */
function pageOf(): unknown {
  const script = () => {
    const heard: Record<string, () => void> = {};
    const node = {
      src: "",
      setAttribute: (name: string, value: string) => void (name === "src" && (node.src = value)),
      addEventListener: (name: string, listener: () => void) => void (heard[name] = listener),
      run: () => {
        importScripts(node.src);
        heard.load?.();
      },
    };
    return node;
  };
  return {
    createElement: (tag: string) => (tag === "script" ? script() : new OffscreenCanvas(1, 1)),
    body: { appendChild: (node: { run(): void }) => node.run() },
  };
}

/** tasks-vision: the folder of the package as it is installed. */
async function startTasks(subject: Subject, folder: string, model: string): Promise<Find> {
  const vision = (await import(/* @vite-ignore */ /* webpackIgnore: true */ `${folder}vision_bundle.mjs`)) as Vision;
  const files = await vision.FilesetResolver.forVisionTasks(`${folder}wasm`);
  const baseOptions = { modelAssetPath: model, delegate: hasGraphicsCard() ? "GPU" : "CPU" };
  if (subject === "face") {
    const task = await vision.FaceLandmarker.createFromOptions(files, { baseOptions, runningMode: "VIDEO", numFaces: MOST });
    return async (picture, timeMs) => (task.detectForVideo(picture, timeMs).faceLandmarks ?? []).map((points) => ({ points: numbers(points, 1) }));
  }
  const task = await vision.HandLandmarker.createFromOptions(files, { baseOptions, runningMode: "VIDEO", numHands: MOST });
  return async (picture, timeMs) => {
    const { landmarks = [], handedness = [] } = task.detectForVideo(picture, timeMs);
    return landmarks.map((points, index) => hand(points, handedness[index]?.[0]?.categoryName, handedness[index]?.[0]?.score));
  };
}

/** A card made of software takes minutes for what the processor itself does in a moment. */
function hasGraphicsCard(): boolean {
  const context = new OffscreenCanvas(1, 1).getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

interface Task {
  createFromOptions(files: unknown, options: Record<string, unknown>): Promise<{
    detectForVideo(picture: ImageBitmap, timeMs: number): {
      faceLandmarks?: Point[][]; landmarks?: Point[][]; handedness?: { categoryName: string; score: number }[][];
    };
  }>;
}
type Vision = Record<"FaceLandmarker" | "HandLandmarker", Task> & { FilesetResolver: { forVisionTasks(folder: string): Promise<unknown> } };

function numbers(points: Point[], confidence: number): Float32Array {
  return Float32Array.from(points.flatMap(({ x, y, z }) => [x, y, z, confidence]));
}

/** MediaPipe names hands as a mirror shows them, and gets pictures that are not mirrored. */
function hand(points: Point[], label: string | undefined, score = 1): Found {
  const found: Found = { points: numbers(points, score) };
  if (label) found.side = label === "Left" ? "right" : "left";
  return found;
}
