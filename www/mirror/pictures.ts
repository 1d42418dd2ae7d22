// Photos of the mirror: as it is seen, kept to be compared, saved or shared. In memory only, until the shopper saves one.

/** A look that was kept. */
export interface Look {
  name: string;
  picture: HTMLCanvasElement;
}

/** Side by side more are no comparison. */
export const MOST_LOOKS = 4;

/** What the canvas shows in this very moment, mirrored as the shopper sees it. */
export function photoOf(canvas: HTMLCanvasElement, isMirrored: boolean): HTMLCanvasElement {
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = copy.getContext("2d")!;
  if (isMirrored) context.setTransform(-1, 0, 0, 1, copy.width, 0);
  context.drawImage(canvas, 0, 0);
  return copy;
}

/** As a file. */
export function fileOf(picture: HTMLCanvasElement, name: string): Promise<File> {
  return new Promise((resolve, reject) => {
    picture.toBlob((blob) => (blob ? resolve(new File([blob], name, { type: blob.type })) : reject(new Error("The browser could not write the photo."))), "image/jpeg", 0.92);
  });
}

/** Offers the file to be stored, which is the shopper's own click. */
export function save(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** True where the device has somebody to share a photo with. */
export function canShare(): boolean {
  const file = new File([], "photo.jpg", { type: "image/jpeg" });
  return navigator.canShare?.({ files: [file] }) ?? false;
}

/** A still picture of at most so many pixels on a side, turned as its file says. */
export async function stillOf(source: Blob, side: number): Promise<ImageBitmap> {
  const whole = await createImageBitmap(source, { imageOrientation: "from-image" });
  const shrink = side / Math.max(whole.width, whole.height);
  if (shrink >= 1) return whole;
  const options: ImageBitmapOptions = { resizeWidth: Math.round(whole.width * shrink), resizeHeight: Math.round(whole.height * shrink), resizeQuality: "high" };
  const smaller = await createImageBitmap(whole, options);
  whole.close();
  return smaller;
}
