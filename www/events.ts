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
  /** How far the product has come, 0 to 1. */
  "progress": CustomEvent<{ totalProgress: number; reason: string }>;
  /** The product is there, and `model` with it. */
  "load": CustomEvent<LoadDetail>;
  /** Something failed; preventing the default hides the element's own words. */
  "error": CustomEvent<ErrorDetail>;
  /** For the shop's developer: something was left out or ignored. */
  "warning": CustomEvent<{ code: string; message: string }>;
  /** The product was uncovered or covered. */
  "model-visibility": CustomEvent<{ visible: boolean }>;
  /** The poster went away. */
  "poster-dismissed": CustomEvent<Record<string, never>>;
  /** The camera moved: angles in radians, the radius in metres. */
  "camera-change": CustomEvent<{ source: string; theta: number; phi: number; radius: number }>;
  /** An animation plays. */
  "play": CustomEvent<Record<string, never>>;
  /** It is held where it is. */
  "pause": CustomEvent<Record<string, never>>;
  /** It begins anew, for the how-manieth time. */
  "loop": CustomEvent<{ count: number }>;
  /** It has played as often as it was asked to. */
  "finished": CustomEvent<Record<string, never>>;
  /** Another variant is shown. */
  "variant-applied": CustomEvent<{ variant: string }>;
  /** Other surroundings light the product. */
  "environment-change": CustomEvent<Record<string, never>>;
  /** The graphics card came back after a loss. */
  "context-restored": CustomEvent<Record<string, never>>;
  /** A room session began, placed the product, ended or failed. */
  "ar-status": CustomEvent<{ status: ArStatus; reason?: string }>;
  /** The device lost or found its place in the room. */
  "ar-tracking": CustomEvent<{ status: ArTracking }>;
  /** The mirror asks, starts, shows the camera or a still picture, closed or failed (`reason`: a code such as `camera-denied`). */
  "try-on-status": CustomEvent<{ status: "asking" | "starting" | "live" | "still" | "closed" | "failed"; reason?: string }>;
  /** What the store panel shows changed. */
  "store": CustomEvent<import("./snapshot.js").Snapshot>;
  /** A step of the shopper's, without personal data. */
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
