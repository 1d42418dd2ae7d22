// What the light in front of the camera is like: the mean colours of a tiny copy of its picture, as numbers for the viewer.

/** Pixels of the copy. */
const [WIDTH, HEIGHT] = [32, 24];

/** A box in shares of the picture. */
export type Box = [left: number, top: number, right: number, bottom: number];

const context = new OffscreenCanvas(WIDTH, HEIGHT).getContext("2d", { willReadFrequently: true });
const linear = Array.from({ length: 256 }, (_, byte) => (byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));

/** Linear means: of the whole, then of the face's quarters, upper left to lower right, where there is a face. */
export function lightOf(picture: ImageBitmap, face: Box | undefined): number[] {
  if (!context) return [];
  context.drawImage(picture, 0, 0, WIDTH, HEIGHT);
  const { data } = context.getImageData(0, 0, WIDTH, HEIGHT);
  context.clearRect(0, 0, WIDTH, HEIGHT);
  const mean = ([left, top, right, bottom]: Box): number[] => {
    const sum = [0, 0, 0];
    const clip = (share: number, side: number) => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
    const [x0, y0, x1, y1] = [clip(left, WIDTH), clip(top, HEIGHT), clip(right, WIDTH), clip(bottom, HEIGHT)];
    for (let y = y0; y <= y1; y += 1) {
      for (let x = x0; x <= x1; x += 1) for (const part of [0, 1, 2]) sum[part]! += linear[data[(y * WIDTH + x) * 4 + part]!]!;
    }
    return sum.map((value) => value / ((x1 - x0 + 1) * (y1 - y0 + 1)));
  };
  const whole = mean([0, 0, 1, 1]);
  if (!face) return whole;
  const [left, top, right, bottom] = face;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return [whole, mean([left, top, x, y]), mean([x, top, right, y]), mean([left, y, x, bottom]), mean([x, y, right, bottom])].flat();
}
