// What the shopper is told in a room whose session shows nothing of the page (headsets without DOM overlay): the same words as
// in the overlay, painted here and hung before the shopper by the viewer.

import type { Viewer } from "../boundary.js";

/** A metre of the room has so many pixels of the picture: letters are 1.1 degrees high at the distance where it hangs. */
const PIXELS_PER_M = 1600;
const WIDTH = 960; // pixels, of the longest line with what is around it
const SIZE = 38; // of letters, in pixels
const LINE = 50;
const PADDING = 28;
const INK = "#fff";
const PAPER = "#14181d";

/** What is said at the same time, in this order. */
const PARTS = ["warning", "hint", "answer", "lines"] as const;
type Part = (typeof PARTS)[number];

/** One per room session's tools; silent until the viewer says that nobody sees the page. */
export class Captions {
  #isNeeded = false;
  #said = new Map<Part, string>();
  #shown = "";

  constructor(readonly host: HTMLElement, readonly viewer: () => Viewer | undefined) {}

  /** The session that has begun shows nothing of the page. */
  needed(): void {
    this.#isNeeded = true;
    this.#show();
  }

  /** Says something until it is said otherwise; "" for no more. */
  say(part: Part, text: string): void {
    this.#said.set(part, text);
    this.#show();
  }

  /** The session is over, and the caption with it. */
  end(): void {
    this.#isNeeded = false;
    this.#said.clear();
    this.#shown = "";
  }

  #show(): void {
    if (!this.#isNeeded) return;
    const text = PARTS.map((part) => this.#said.get(part) ?? "").filter(Boolean).join("\n");
    if (text === this.#shown) return;
    this.#shown = text;
    const picture = text && paint(text, this.host);
    if (!picture) return this.viewer()?.act("ar-caption", "");
    const size = { width_m: picture.width / PIXELS_PER_M, height_m: picture.height / PIXELS_PER_M };
    this.viewer()?.lend(picture, "ar-caption", JSON.stringify(size));
    picture.close();
  }
}

/** In the element's own typeface and direction. */
function paint(text: string, host: HTMLElement): ImageBitmap | undefined {
  const { fontFamily, direction } = getComputedStyle(host);
  const canvas = new OffscreenCanvas(WIDTH, LINE);
  const pen = canvas.getContext("2d", { alpha: false });
  if (!pen) return undefined;
  const font = `500 ${SIZE}px ${fontFamily}`;
  pen.font = font;
  const measure = (line: string) => pen.measureText(line).width;
  const lines = text.split("\n").flatMap((line) => wrapped(line, WIDTH - 2 * PADDING, measure, host.lang || document.documentElement.lang));
  canvas.width = Math.ceil(Math.max(...lines.map(measure))) + 2 * PADDING;
  canvas.height = lines.length * LINE + 2 * PADDING;
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  // A canvas of another size has forgotten how to write.
  Object.assign(pen, { font, fillStyle: INK, direction, textAlign: "center", textBaseline: "middle" });
  for (const [index, line] of lines.entries()) pen.fillText(line, canvas.width / 2, PADDING + (index + 0.5) * LINE);
  return canvas.transferToImageBitmap();
}

/** Lines that are no longer than `longest`, broken between words as the language has them; a word that is longer is broken anywhere. */
function wrapped(text: string, longest: number, measure: (line: string) => number, language: string): string[] {
  const lines = [""];
  const add = (piece: string, pieces: () => string[]) => {
    const line = lines.at(-1)! + piece;
    if (measure(line.trim()) <= longest) lines[lines.length - 1] = line;
    else if (measure(piece.trim()) <= longest) lines.push(piece);
    else for (const letter of pieces()) add(letter, () => []);
  };
  const cut = (granularity: "word" | "grapheme", whole: string) => [...new Intl.Segmenter(language || undefined, { granularity }).segment(whole)].map(({ segment }) => segment);
  for (const word of joined(cut("word", text))) add(word, () => cut("grapheme", word));
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** A mark stays with the word before it. */
function joined(pieces: string[]): string[] {
  const words: string[] = [];
  for (const piece of pieces) {
    if (words.length > 0 && /^[\p{P}\p{S}]+$/u.test(piece)) words[words.length - 1] += piece;
    else words.push(piece);
  }
  return words;
}
