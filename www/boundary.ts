// The boundary: what the wasm module exports and what it tells the page. Numbers, strings and byte arrays only.

/** The default export and the class of `vitrine_webgpu.js` and `vitrine_webgl.js`; both builds are alike. */
export interface VitrineModule {
  /** Fetches and starts the wasm file; call once per page. */
  default(options?: { module_or_path: URL | string | Promise<Response> }): Promise<WebAssembly.Exports>;
  Viewer: {
    /**
     * Opens the graphics card on `canvas`. Rejects with an Error whose `name` is a stable code
     * (`no-adapter`, `no-device`, `no-canvas`) and whose message is for people. `pictureBytes` is what the device has
     * for a product's pictures: larger ones are scaled down with a warning.
     */
    open(canvas: HTMLCanvasElement, notify: Notify, unpack: Unpack, later: Later, pictureBytes: number): Promise<Viewer>;
  };
}

/** Has a decoder unpack bytes, off the main thread; rejects with an Error whose message goes on a sentence. Takes `bytes` away. */
export type Unpack = (decoder: string, parameters: Uint32Array, bytes: Uint8Array) => Promise<Uint8Array>;

/**
 * Brings the module's second file, `vitrine_<build>_later.wasm`: a room session, panoramas, the parts of the product, the light
 * it takes from itself. Rejects with an Error whose message is for people.
 */
export type Later = () => Promise<unknown>;

/** Called by the module; `detail` is JSON. Never called from inside a call into the module: always a microtask later. */
export type Notify = (name: string, detail: string) => void;

/**
 * One viewer: one canvas, one product. Its notices: `progress` {totalProgress 0..1, reason}; `load` {url, variants,
 * dimensions {x,y,z metres}, triangles, warnings}; `first-frame`; `error` {code, message}; `warning` {code, message};
 * `camera-change` {source, theta, phi, radius}; `announce` {text} (for the live region); `variant-applied` {variant};
 * `play`, `pause`, `loop` {count}, `finished` of animations;
 * `environment-change`; `context-lost` {message}; `ar-status` {status, reason}; `ar-tracking` {status}; `ar-hint` {code, about, device, text}.
 */
export interface Viewer {
  /**
   * An attribute changed, one that `attributes.ts` gives to the viewer, or `reduced-motion`; `undefined` when it was
   * removed. Bad values give a `warning` notice and count as removed.
   */
  set(name: string, value: string | undefined): void;
  /**
   * Does something once; `detail` is JSON ("" for none): reset-view, reload, jump-camera, update-framing, keep-view (the
   * answer to `camera`, for the next product); node {node, visible}; material {material, name, value: numbers}; texture
   * {material, role, texture: index of the file's}, or {material, role} for none; reset-parts {material}, {} for all;
   * play {repetitions, pingpong}, pause, seek {seconds}, time-scale {factor} of the animation; in a room session ar-place,
   * ar-move {right_m, forward_m}, ar-turn {degrees}, ar-remove, ar-caption {} for none any more. Unknown names and bad details give a `warning` notice.
   */
  act(name: string, detail: string): void;
  /**
   * Changes what is in the room beside the element's own product, which has the id 0; once the second file is there. Verbs:
   * add-item {id, src, variant, placement, place {position, orientation}}, remove-item {id}, item-variant {id, variant};
   * in a session select-item {id}, duplicate-item {id, new_id}, save-layout {anchors: the device keeps them, too}, forget-anchors
   * {handles}, restore-layout {layout, ids: by the layout's names}, doorway {width_m, height_m}, show-lines {shown}. The viewer answers by the notices `room-item` {id, status: ready or failed, variants,
   * variant, dimensions; code, message}, `room-items` {items: [{id, placed, selected, problem}]}, `room-lines`, `room-captions` {} (the session
   * shows nothing of the page),
   * `room-layout` {json, link}, again when the device has kept an anchor, `room-unread` (a layout was none), `room-measured` and `room-fits` {text, answer}.
   */
  roomList(verb: string, detail: string): void;
  /**
   * A verb that needs a picture: texture {material, role, key}; ar-caption {width_m, height_m}, opaque, which hangs before the
   * shopper from now on. The picture stays the page's.
   */
  lend(picture: ImageBitmap, name: string, detail: string): void;
  /**
   * Answers a question as JSON: `camera`, `dimensions`, `center`, `variants`, `animation`, `memory`, `frames`, `room`, `mirror`,
   * `max-picture` (pixels); `scenes`, `parts`, `node N`, `material N`, `pick X Y` (CSS pixels), see element/product-model.ts. `null` when there
   * is no answer.
   */
  query(name: string): string;
  /** Has the module bring its second file; `startAr`, verbs and questions about parts wait for it. */
  later(): Promise<void>;
  /** Draws in this very call, for somebody who reads the canvas next. False when there is no picture. */
  draw(): boolean;
  /** The canvas has a new size in CSS pixels. */
  resize(width: number, height: number, pixelRatio: number): void;
  /** Scrolled into or out of sight, page shown or hidden: an unseen viewer draws nothing. */
  visible(isVisible: boolean): void;
  /** `phase` is down, move, up or cancel; x and y in CSS pixels from the canvas's upper left corner. */
  pointer(phase: string, id: number, x: number, y: number, button: number, shift: boolean, touch: boolean): void;
  /** Wheel or pinch of a track pad; positive moves away. Returns true when the event was used. */
  wheel(deltaPixels: number): boolean;
  /** `KeyboardEvent.key`. Returns true when the key was used. */
  key(key: string, shift: boolean): boolean;
  /**
   * Starts a room session, once the second file is there. Call it synchronously in a click. `overlay` is the DOM overlay's root. `way` is
   * `bridge` or `direct` to allow only that way into the device's layer; without it the bridge is tried first. `mode` is `vr`
   * for a showroom (immersive-vr) instead of the shopper's own room (immersive-ar).
   */
  startAr(overlay: HTMLElement, way?: string, mode?: string): void;
  /**
   * Keeps the session's next picture: the products over the camera's picture where the browser lends it, else over white.
   * Four bytes a pixel, rows from the top. Rejects where there is no session, or the device does not let its picture be read.
   */
  photo(): Promise<{ width: number; height: number; pixels: Uint8Array; hasCamera: boolean }>;
  /** Ends the session, if there is one. */
  endAr(): void;
  /**
   * Something for the mirror, once the second file is there. By name: `open` [kind 0..6 as in src/tryon/wear.rs, hand 0 left 1
   * right -1 either, finger 0 thumb .. 4 or -1]; `sizes JSON`; `camera` [width, height in pixels, vertical field of view in
   * radians or NaN, 1 mirrored]; `picture` [now] with the picture, which stays the page's; `faces` [time, points of each, then
   * x y z confidence of each point]; `hands` the same with 0 left, 1 right or -1 before the points of each; `light` [three
   * means, or fifteen with those of the face's quarters]; `touch` [x, y]; `pupil-distance` [mm, 0 for none]; `card` [time, four
   * corners]; `close`. Times are milliseconds of one clock. It notices `mirror` {status}, {measured} or {problem}.
   */
  mirror(name: string, numbers: Float64Array, picture?: ImageBitmap): void;
  /** Gives everything back: card memory, frames, requests, session. The object is dead afterwards. */
  close(): void;
}

/** The default export and the class of `vitrine_store.js`: the store's side, loaded when a shopper asks for it. */
export interface StoreModule {
  /** Fetches and starts the wasm file; call once per page. */
  default(options?: { module_or_path: URL | string | Promise<Response> }): Promise<unknown>;
  Counter: new (notify: Notify) => Counter;
}

/**
 * One store panel's state. Its notices: `store` (the snapshot, see src/store/snapshot.md), `store-remember`
 * {reservation_id, access_token}, `store-forget`, `analytics` {name, detail}, `warning` {code, message}.
 */
export interface Counter {
  /** Attributes it knows: store-url, item-id, variant-item-ids, variant-name, locale. Others are ignored. */
  set(name: string, value: string | undefined): void;
  /** The events of src/store/snapshot.md, by name: open, close, near, choose, contact, consent, reserve, cancel, retry ... */
  act(name: string, detail: string): void;
  /** The snapshot as it was last told, as JSON; `null` before that. */
  shown(): string;
  /** Breaks everything off. The object is dead afterwards. */
  close(): void;
}
