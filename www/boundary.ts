// The boundary: what the wasm module exports and what it tells the page. Numbers, strings and byte arrays only.

/** The default export and the class of `vitrine_webgpu.js` and `vitrine_webgl.js`; both builds are alike. */
export interface VitrineModule {
  /** Fetches and starts the wasm file; call once per page. */
  default(options?: { module_or_path: URL | string | Promise<Response> }): Promise<unknown>;
  Viewer: {
    /**
     * Opens the graphics card on `canvas`. Rejects with an Error whose `name` is a stable code
     * (`no-adapter`, `no-device`, `no-canvas`) and whose message is for people.
     */
    open(canvas: HTMLCanvasElement, notify: Notify): Promise<Viewer>;
  };
}

/** Called by the viewer; `detail` is JSON. Never called from inside a call into the viewer: always a microtask later. */
export type Notify = (name: string, detail: string) => void;

/** One viewer: one canvas, one product. */
export interface Viewer {
  /** An attribute changed; `undefined` when it was removed. Bad values give a `warning` notice and count as removed. */
  set(name: string, value: string | undefined): void;
  /** Does something once; `detail` is JSON ("" for none). Unknown names and bad details give a `warning` notice. */
  act(name: string, detail: string): void;
  /** Answers a question as JSON: `camera`, `dimensions`, `variants`, `memory`, `store`. `null` when there is no answer yet. */
  query(name: string): string;
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
   * Starts an immersive-ar session. Call it synchronously in a click. `overlay` is the DOM overlay's root. `way` is
   * `bridge` or `direct` to allow only that way into the device's layer; without it the bridge is tried first.
   */
  startAr(overlay: HTMLElement, way?: string): void;
  /** Ends the session, if there is one. */
  endAr(): void;
  /** Gives everything back: card memory, frames, requests, session. The object is dead afterwards. */
  close(): void;
}

/**
 * Attributes that `set` knows, as on the element: src, with-credentials, variant-name, environment-image, exposure,
 * shadow-intensity, shadow-softness, tone-mapping, camera-controls, disable-zoom, disable-pan, camera-orbit,
 * camera-target, field-of-view, min-camera-orbit, max-camera-orbit, min-field-of-view, max-field-of-view,
 * interpolation-decay, orbit-sensitivity, zoom-sensitivity, pan-sensitivity, auto-rotate, auto-rotate-delay,
 * rotation-per-second, reduced-motion (set by the element from the page's media query), ar-placement, ar-scale,
 * store-url, item-id, variant-item-ids (JSON: variant name to item id), locale.
 *
 * Verbs that `act` knows: reset-view; reload; store-open, store-close, store-near {latitude, longitude} or {postal},
 * store-location-denied, store-choose {location_id}, store-contact {name, email, phone}, store-consent {text_id},
 * store-reserve, store-cancel, store-retry, store-resume {id, access_token}, online, offline; in a room session:
 * ar-place, ar-move {right_m, forward_m}, ar-turn {degrees}, ar-remove.
 *
 * Notices: progress {totalProgress 0..1, reason}; load {url, variants, dimensions {x,y,z metres}, triangles, warnings};
 * first-frame {}; error {code, message}; warning {code, message}; camera-change {source, theta, phi, radius};
 * announce {text} (the camera's place in words, for the live region); variant-applied {variant}; environment-change {};
 * context-lost {message}; ar-supported {supported}; ar-status {status, reason?}; ar-tracking {status};
 * ar-hint {code, text}; store {the snapshot: see src/store/mod.rs}; store-remember {id, access_token}; store-forget {};
 * analytics {name, ...} (dispatched as its own event, without personal data).
 */
export type Names = never;
