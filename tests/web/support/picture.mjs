// Pictures of the element as plain pixels: a small PNG reader for what the browser writes, probes and comparisons.

import { crc32, deflateSync, inflateSync } from "node:zlib";

/** A screenshot of one element. */
export async function pictureOf(page, selector = "vitrine-view") {
  return readPng(await page.locator(selector).screenshot({ animations: "disabled" }));
}

/** Reads an 8-bit RGB or RGBA PNG without interlace, which is what browsers write. */
export function readPng(bytes) {
  const parts = [];
  let [width, height, channels] = [0, 0, 0];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString("latin1", at + 4, at + 8);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IHDR") {
      [width, height, channels] = [body.readUInt32BE(0), body.readUInt32BE(4), { 2: 3, 6: 4 }[body[9]]];
      if (body[8] !== 8 || !channels || body[12] !== 0) throw new Error("this PNG is not plain 8-bit RGB or RGBA");
    }
    if (kind === "IDAT") parts.push(body);
    at += length + 12;
  }
  return { width, height, channels, pixels: unfilter(inflateSync(Buffer.concat(parts)), width * channels, height, channels) };
}

/** A PNG of 16 by 16 pixels of one colour, red, green, blue 0..255. */
export function solidPng(color) {
  const SIDE = 16;
  const chunk = (kind, body) => {
    const named = Buffer.concat([Buffer.from(kind, "latin1"), body]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(body.length, 0);
    ends.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
  };
  const head = Buffer.from([0, 0, 0, SIDE, 0, 0, 0, SIDE, 8, 2, 0, 0, 0]);
  const row = Buffer.from([0, ...Array.from({ length: SIDE }, () => color).flat()]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: SIDE }, () => row)));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

/** Undoes PNG's five line filters. */
function unfilter(raw, stride, height, channels) {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x >= channels ? out[y * stride + x - channels] : 0;
      const up = y > 0 ? out[(y - 1) * stride + x] : 0;
      const corner = x >= channels && y > 0 ? out[(y - 1) * stride + x - channels] : 0;
      out[y * stride + x] = raw[y * (stride + 1) + 1 + x] + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
    }
  }
  return out;
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** The colour at a place given in shares of width and height, as [red, green, blue] 0..255. */
export function probe({ width, height, channels, pixels }, x, y) {
  const at = (Math.floor(y * (height - 1)) * width + Math.floor(x * (width - 1))) * channels;
  return [pixels[at], pixels[at + 1], pixels[at + 2]];
}

/** The picture as the white page behind it makes it look. PNG has straight alpha. */
export function overWhite({ width, height, channels, pixels }) {
  const over = Buffer.alloc(width * height * 3);
  for (let index = 0; index < width * height; index += 1) {
    const alpha = channels === 4 ? pixels[index * 4 + 3] / 255 : 1;
    for (let channel = 0; channel < 3; channel += 1) over[index * 3 + channel] = Math.round(pixels[index * channels + channel] * alpha + 255 * (1 - alpha));
  }
  return { width, height, channels: 3, pixels: over };
}

/** Share of pixels that differ from the upper left one by more than a little: 0 for a blank picture. */
export function coverage(picture) {
  const back = probe(picture, 0, 0);
  return share(picture, (at, pixels) => back.some((value, channel) => Math.abs(value - pixels[at + channel]) > 8));
}

/** Share of pixels that differ between two pictures of one size. */
export function difference(a, b, tolerance = 8) {
  if (a.width !== b.width || a.height !== b.height) throw new Error(`sizes differ: ${a.width} x ${a.height}, ${b.width} x ${b.height}`);
  return share(a, (at, pixels, index) => [0, 1, 2].some((channel) => Math.abs(pixels[at + channel] - b.pixels[index * b.channels + channel]) > tolerance));
}

/**
 * The distance of two pictures as the glTF render-fidelity tools measure it: 10 log10 of the root mean square of the YIQ
 * colour difference, over the pixels that are not background in either, in shares of the largest difference there is.
 */
export function decibels(a, b) {
  if (a.width !== b.width || a.height !== b.height) throw new Error(`sizes differ: ${a.width} x ${a.height}, ${b.width} x ${b.height}`);
  const back = probe(a, 0, 0);
  let [sum, count] = [0, 0];
  for (let index = 0; index < a.width * a.height; index += 1) {
    const [p, q] = [a, b].map(({ pixels, channels }) => [0, 1, 2].map((channel) => pixels[index * channels + channel]));
    if ([p, q].every((color) => color.every((value, channel) => value === back[channel]))) continue;
    sum += yiq(p, q) ** 2;
    count += 1;
  }
  return 10 * Math.log10(Math.max(Math.sqrt(sum / Math.max(count, 1)) / 35215, 1e-9));
}

function yiq(p, q) {
  const [r, g, b] = p.map((value, channel) => value - q[channel]);
  const y = 0.29889531 * r + 0.58662247 * g + 0.11448223 * b;
  const i = 0.59597799 * r - 0.2741761 * g - 0.32180189 * b;
  const k = 0.21147017 * r - 0.52261711 * g + 0.31114694 * b;
  return 0.5053 * y * y + 0.299 * i * i + 0.1957 * k * k;
}

function share({ width, height, channels, pixels }, counts) {
  let found = 0;
  for (let index = 0; index < width * height; index += 1) if (counts(index * channels, pixels, index)) found += 1;
  return found / (width * height);
}
