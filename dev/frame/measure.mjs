// Looks at pictures of a room in a real headless browser: `times` or `memory` of one picture, in the modules of VITRINE_SHOP, with
// 1, 3 and 10 products, over each way into the device's layer. The last line it prints are the numbers.

import { openBrowser } from "../../tests/web/support/xr-browser.mjs";

const WAYS = [
  { name: "WebGPU, bridge", build: "webgpu", way: "bridge" },
  { name: "WebGL2, bridge", build: "webgl", way: "bridge" },
  { name: "WebGL2, direct", build: "webgl", way: "direct" },
];
const ITEMS = [1, 3, 10];
/** What the phone can tell: everything. */
const PHONE = { depth: "cpu", light: "1", planes: "1", anchors: "1" };
/** What is looked at, in how many pictures; those before are for everything to get its size. */
const STAGES = {
  times: { measure: times, warm: 60, pictures: 600 },
  // A whole number of the six between two looks at planes and light.
  memory: { measure: memory, warm: 60, pictures: 30, query: { whole: "1" } },
};
const PRODUCT = "/ball.glb";

const stage = STAGES[process.argv[2]];
const browser = await openBrowser({ "/ball.glb": process.env.VITRINE_BALL });
const rows = [];
try {
  for (const { name, ...way } of WAYS) {
    for (const items of ITEMS) {
      console.log(`${name}, ${items} of ${ITEMS.at(-1)} items`);
      const room = await browser.page({ ...way, ...PHONE, ...stage.query, src: PRODUCT });
      await furnish(room, items);
      rows.push({ way: name, items, ...(await stage.measure(room, stage.pictures)) });
      if (room.page.problems.length > 0) throw new Error(room.page.problems.join("; "));
      await room.close();
    }
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(rows));

/** So many products on the floor in front of the shopper, all in sight, in steady light, with their shadows. */
async function furnish(room, items) {
  await room.page.evaluate(drawLittle);
  await room.page.evaluate(() => window.viewer.set("shadow-intensity", "1"));
  await room.page.evaluate(() => (window.light = { around: [1.2, 1.2, 1.2], direction: [0.5, 1, 0.2], intensity: [1, 1, 1] }));
  await room.place();
  for (let id = 1; id < items; id += 1) {
    const position = [((id % 5) - 2) * 0.42, 0, -2.6 + Math.floor(id / 5) * 0.5];
    const detail = { id, src: PRODUCT, place: { position, orientation: [0, 0, 0, 1] } };
    await room.page.evaluate((detail) => window.viewer.roomList("add-item", JSON.stringify(detail)), detail);
    await room.notice("room-item", { id, status: "ready" });
  }
  await room.page.waitForFunction((items) => JSON.parse(window.viewer.query("room")).items.filter(({ placed }) => placed).length === items, items);
  await room.page.evaluate(pacePictures);
  await room.phone("frames", stage.warm);
  // What was said of the first product is news until it is taken back.
  await room.notice("ar-hint", { code: "none" });
}

/**
 * In the page: the card draws one triangle of each product, all else is as it would be. The page asks for 100,000 triangles with
 * the same call as for one; here, a processor that has the page's work to do would draw them, for seconds a picture.
 */
function drawLittle() {
  const ofOne = (kind, name, place) => {
    const draw = kind.prototype[name];
    kind.prototype[name] = function (...values) {
      values[place] = Math.min(values[place], 3);
      return draw.apply(this, values);
    };
  };
  ofOne(GPURenderPassEncoder, "drawIndexed", 0);
  for (const name of ["drawElements", "drawElementsInstanced"]) ofOne(WebGL2RenderingContext, name, 1);
}

/** In the page: a picture is done with when the card is, so that none waits for the one before within its callback. */
function pacePictures() {
  const pixel = new Uint8Array(4);
  window.settle = ({ context: gl }) => gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
  window.around = (work, layer) => {
    work();
    window.settle(layer);
  };
}

/** Milliseconds of a picture: the middle one, and what 99 of 100 stay below. */
async function times(room, pictures) {
  await room.page.evaluate(clockPictures);
  await room.phone("frames", pictures);
  const { spent, clock } = await room.page.evaluate(() => ({ spent: window.spent.slice(0), clock: crossOriginIsolated }));
  if (!clock) throw new Error("the page's clock is a coarse one");
  spent.sort((a, b) => a - b);
  return { pictures: spent.length, median_ms: spent[Math.floor(spent.length / 2)], p99_ms: spent[Math.floor(spent.length * 0.99)] };
}

/** In the page: the clock runs in our callback, and stands while the emulator answers. */
function clockPictures() {
  let depth = 0;
  let emulated = 0;
  const timed = (call) => function (...values) {
    const begun = performance.now();
    depth += 1;
    try {
      return call.apply(this, values);
    } finally {
      depth -= 1;
      if (depth === 0) emulated += performance.now() - begun;
    }
  };
  for (const kind of [XRFrame, XRWebGLLayer, XRHitTestResult, XRViewerPose, XRView, XRRigidTransform, XRPose]) {
    for (const [name, { value, get, set }] of Object.entries(Object.getOwnPropertyDescriptors(kind.prototype))) {
      if (name === "constructor") continue;
      const change = typeof value === "function" ? { value: timed(value), writable: true } : get && { get: timed(get), set };
      if (change) Object.defineProperty(kind.prototype, name, { ...change, configurable: true });
    }
  }
  window.spent = [];
  window.around = (work, layer) => {
    emulated = 0;
    const begun = performance.now();
    work();
    window.spent.push(performance.now() - begun - emulated);
    window.settle(layer);
  };
}

/** How often a picture asks for memory, in the module and in script, by whose function asked. */
async function memory(room, pictures) {
  const told = await room.page.evaluate(countPictures, pictures);
  const owners = told.stacks.map(({ stack, bytes }) => ({ ...ownerOf(stack.split("\n").slice(1).map((line) => line.trim().replace(/^at /, "").replace(/ \([^()]*\)$/, ""))), bytes }));
  const share = (...names) => owners.filter(({ owner }) => names.includes(owner)).length / pictures;
  const functions = owners.filter(({ owner }) => owner !== "wgpu").map(({ owner, name, bytes }) => `${owner} ${name}, ${bytes} bytes`);
  const garbage = await script(room, pictures);
  return { ours: share("vitrine", "unknown"), wgpu: share("wgpu"), all: told.all / pictures, functions: [...new Set(functions)], ...garbage };
}

/** In the page: counts allocations of the next pictures in which the page hears nothing, with the stack of each. */
function countPictures(pictures) {
  Error.stackTraceLimit = 100;
  const { allocations, listenToAllocations } = window.module;
  const stacks = [];
  let [all, left] = [0, pictures];
  return new Promise((done) => {
    window.around = (work, layer) => {
      const [heard, before, known] = [window.notices.length, allocations(), stacks.length];
      listenToAllocations((bytes) => stacks.push({ bytes, stack: new Error().stack }));
      work();
      listenToAllocations();
      const asked = allocations() - before;
      window.settle(layer);
      // Words for the page are news, and news has its price.
      if (window.notices.length > heard) return void stacks.splice(known);
      all += asked;
      left -= 1;
      if (left > 0) return;
      window.around = (work, layer) => {
        work();
        window.settle(layer);
      };
      done({ all, stacks });
    };
  });
}

/** Bytes of script that a picture leaves behind: objects that the browser's own sampling of its heap has seen, by whose code. */
async function script(room, pictures) {
  const session = await room.page.context().newCDPSession(room.page);
  const collected = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
  await session.send("HeapProfiler.startSampling", { samplingInterval: 128, ...collected });
  const before = await room.page.evaluate(() => window.pictures);
  await room.phone("frames", pictures);
  const after = await room.page.evaluate(() => window.pictures);
  const { profile } = await session.send("HeapProfiler.stopSampling");
  const bytes = { vitrine: 0, wgpu: 0, emulator: 0, unknown: 0 };
  const walk = (node, outer) => {
    const stack = [node.callFrame, ...outer];
    bytes[ownerOfScript(stack)] += node.selfSize;
    node.children.forEach((child) => walk(child, stack));
  };
  walk(profile.head, []);
  const each = (name) => bytes[name] / (after - before);
  return { script_ours: each("vitrine"), script_wgpu: each("wgpu"), script_emulator: each("emulator"), script_page: each("unknown") };
}

/** The innermost function on a stack that is neither the standard library's nor glue. */
function ownerOf(functions) {
  for (const name of functions) {
    // The browser puts the module's name before that of the function.
    const head = name.replace(/^\w+\.wasm\./, "").replace(/^[<&]+/, "").split(/[:<[ ]/)[0];
    if (head.startsWith("wgpu") || head === "naga" || head === "glow") return { owner: "wgpu", name };
    if (head === "vitrine") return { owner: "vitrine", name };
  }
  return { owner: "unknown", name: functions.slice(0, 6).join(" < ") };
}

function ownerOfScript(stack) {
  // What the emulator makes is its own, whoever asked for it; a real device's objects are the browser's.
  if (/iwer|xr-phone/.test(stack[0].url)) return "emulator";
  for (const { url, functionName } of stack) {
    if (/iwer|xr-phone/.test(url)) return "emulator";
    const { owner } = ownerOf([functionName]);
    if (owner !== "unknown") return owner;
  }
  return "unknown";
}
