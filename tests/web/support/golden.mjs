// Pictures that are kept: missing, the test fails with the command that makes one; changed, it keeps what was drawn beside them.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decibels, readPng } from "./picture.mjs";

const GOLDEN = join(import.meta.dirname, "../golden");
const FAILED = join(import.meta.dirname, "../../../target/golden/web");

/**
 * A PNG's bytes look like the kept picture of that name: nearer to it than so many decibels. `mostBytes` keeps pictures small,
 * since whoever clones the project carries them.
 */
export async function assertKept(name, bytes, { alike, mostBytes }) {
  const path = join(GOLDEN, `${name}.png`);
  const mode = process.env.GOLDEN;
  if (mode === "update" || (mode === "create" && !existsSync(path))) {
    await mkdir(GOLDEN, { recursive: true });
    await writeFile(path, bytes);
  }
  assert.ok(existsSync(path), `${path} is missing: look at what is drawn, then run GOLDEN=create cargo dev test web`);
  assert.ok(bytes.length <= mostBytes, `${bytes.length} bytes are too many to keep`);
  const distance = decibels(readPng(await readFile(path)), readPng(bytes));
  if (distance >= alike) {
    await mkdir(FAILED, { recursive: true });
    await writeFile(join(FAILED, `${name}.png`), bytes);
  }
  assert.ok(distance < alike, `${name} is ${distance.toFixed(1)} dB from its kept picture; what was drawn is in ${FAILED}`);
}
