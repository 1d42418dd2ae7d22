// Pictures that a page puts on surfaces: fetched by the page's own rules, decoded off the main thread.

import type { LentTexture } from "./product-model.js";

let count = 0;

/** A texture of an address or of anything the browser can draw. `longestSide` is what the card takes, in pixels. */
export async function makeTexture(source: string | URL | ImageBitmapSource, type: string, longestSide: number): Promise<LentTexture> {
  const uri = typeof source === "string" ? new URL(source, document.baseURI).href : source instanceof URL ? source.href : undefined;
  const blob = uri === undefined ? (source as ImageBitmapSource) : await fetchBlob(uri, type);
  const bitmap = await decode(blob, longestSide).catch((cause: unknown) => {
    throw new Error(`createTexture: the picture${uri ? ` ${uri}` : ""} cannot be decoded (${cause instanceof Error ? cause.message : String(cause)}). Use PNG, JPEG, WebP or AVIF.`);
  });
  const name = uri ?? "";
  const found = type || (blob instanceof Blob ? blob.type : "");
  return { name, source: { name, type: found, ...(uri ? { uri } : {}) }, key: `lent-${++count}`, bitmap };
}

async function fetchBlob(uri: string, type: string): Promise<Blob> {
  const failed = (reason: string) => new Error(`createTexture: ${uri} could not be fetched (${reason}). Check the address, and that its server allows this page to read it.`);
  const response = await fetch(uri).catch((cause: unknown) => { throw failed(cause instanceof Error ? cause.message : String(cause)); });
  if (!response.ok) throw failed(`the server answered ${response.status}`);
  const blob = await response.blob();
  return type ? new Blob([blob], { type }) : blob;
}

/** The very numbers of the picture: not premultiplied, not converted, as pictures of product files are read. */
async function decode(source: ImageBitmapSource, longestSide: number): Promise<ImageBitmap> {
  const exact: ImageBitmapOptions = { premultiplyAlpha: "none", colorSpaceConversion: "none" };
  const bitmap = await createImageBitmap(source, exact);
  const shrink = longestSide / Math.max(bitmap.width, bitmap.height);
  if (shrink >= 1) return bitmap;
  const side = (pixels: number) => Math.max(Math.floor(pixels * shrink), 1);
  const smaller = await createImageBitmap(bitmap, { ...exact, resizeWidth: side(bitmap.width), resizeHeight: side(bitmap.height) });
  bitmap.close();
  return smaller;
}
