// The element's DOM events and their details, typed for `addEventListener`.

/** A point or size in metres. */
export interface Metres {
  x: number;
  y: number;
  z: number;
}

/** `load`: the product is there. */
export interface LoadDetail {
  url: string;
  variants: string[];
  dimensions: Metres;
  triangles: number;
  warnings: string[];
}

/** `error`: `code` is stable, `message` is for people; `type` is model-viewer's word for the same. */
export interface ErrorDetail {
  code: string;
  message: string;
  type: "loadfailure" | "webglcontextlost" | "arfailure";
  /** True while the element helps itself (a lost graphics card comes back). */
  recovering: boolean;
}

/** The states of an AR session, as in model-viewer. */
export type ArStatus = "not-presenting" | "session-started" | "object-placed" | "failed";

/** Whether the device knows where it is in the room. */
export type ArTracking = "tracking" | "not-tracking";

/** Events by name. All bubble and cross shadow roots. */
export interface VitrineEventMap {
  "progress": CustomEvent<{ totalProgress: number; reason: string }>;
  "load": CustomEvent<LoadDetail>;
  "error": CustomEvent<ErrorDetail>;
  "warning": CustomEvent<{ code: string; message: string }>;
  "model-visibility": CustomEvent<{ visible: boolean }>;
  "poster-dismissed": CustomEvent<Record<string, never>>;
  "camera-change": CustomEvent<{ source: string; theta: number; phi: number; radius: number }>;
  "play": CustomEvent<Record<string, never>>;
  "pause": CustomEvent<Record<string, never>>;
  "loop": CustomEvent<{ count: number }>;
  "finished": CustomEvent<Record<string, never>>;
  "variant-applied": CustomEvent<{ variant: string }>;
  "environment-change": CustomEvent<Record<string, never>>;
  "context-restored": CustomEvent<Record<string, never>>;
  "ar-status": CustomEvent<{ status: ArStatus; reason?: string }>;
  "ar-tracking": CustomEvent<{ status: ArTracking }>;
  "store": CustomEvent<import("./snapshot.js").Snapshot>;
  "analytics": CustomEvent<{ name: string; detail: Record<string, unknown> }>;
}

/** The events whose names HTML uses too: their types are given by the element's own `addEventListener`. */
type Shared = "progress" | "load" | "error" | "play" | "pause";

declare global {
  interface HTMLElementEventMap extends Omit<VitrineEventMap, Shared> {}
}

/** Sends an event as all of ours are sent. Returns false when a listener prevented the default. */
export function send<K extends keyof VitrineEventMap>(target: EventTarget, name: K, detail: VitrineEventMap[K]["detail"]): boolean {
  return target.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
}
