// What a tracker is: a camera's picture in, landmarks of faces or hands out. Everything else about them is decided in Rust.

/** What is looked for. */
export type Subject = "face" | "hand";

/** One face or hand in the picture. */
export interface Sighting {
  /**
   * Four numbers a point: x from 0 (left) to 1 (right) and y from 0 (top) to 1 (bottom) of the picture as the camera takes it,
   * never mirrored; z away from the camera in picture widths, 0 where it is not known; and a confidence from 0 to 1. Faces
   * have the 468 points of the canonical face mesh in their order, or 478 with the irises, whose width is the measure of
   * everything; hands have 21. Points that a tracker lacks have confidence 0.
   */
  points: Float32Array;
  /** The wearer's hand, where the tracker knows which. */
  side?: "left" | "right";
}

/** Finds faces or hands. A page may bring its own as `VitrineView.tracker`. */
export interface Tracker {
  /**
   * All that are in the picture, in any order; called again only when the last answer has come. `picture` is the tracker's
   * to close; `timeMs` grows. Rejects when it cannot go on.
   */
  find(picture: ImageBitmap, timeMs: number): Promise<Sighting[]>;
  /** Gives everything back. */
  close(): void;
}

/** Makes a tracker; rejects with words for the shop's developer. */
export type TrackerMaker = (subject: Subject) => Promise<Tracker>;
