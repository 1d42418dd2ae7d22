// Colours as CSS writes them, read by the browser and made linear.

/** Linear red, green, blue 0..1, and opacity where the colour has some. Throws when CSS knows no such colour. */
export function linearColor(who: string, text: string): number[] {
  if (!CSS.supports("color", text)) throw new TypeError(`${who}: "${text}" is no colour. Write for example "#c04020" or "teal".`);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data as unknown as [number, number, number, number];
  const linear = [red, green, blue].map((value) => fromSrgb(value / 255));
  return alpha < 255 ? [...linear, alpha / 255] : linear;
}

function fromSrgb(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
