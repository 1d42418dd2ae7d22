// Starts the real store service with the built shop, on a free port and a fresh database, and ends it by its process id.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../../..");

/** What `cargo dev test web` names; each with the place where `cargo dev` leaves it. */
const PROGRAM = process.env.VITRINE_SERVICE ?? join(ROOT, "target/debug/vitrine-service");
const SHOP = process.env.VITRINE_SHOP ?? join(ROOT, "dist/shop");

/** Starts a service; `stop` ends it and takes its database away. */
export async function startService({ seed = join(ROOT, "service/seed.json"), extra = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-"));
  const child = spawn(PROGRAM, ["--listen", "127.0.0.1:0", "--database", `sqlite:${join(folder, "store.sqlite")}`, "--seed", seed, "--www", SHOP, ...extra],
    { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const ended = new Promise((done) => child.once("close", done));
  child.once("error", (error) => (said += String(error)));
  const stop = async () => {
    if (child.pid && child.exitCode === null) process.kill(child.pid, "SIGTERM");
    if (child.pid) await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await address(child, () => said), stop, said: () => said };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address that the service prints once it answers. */
async function address(child, said) {
  const end = Date.now() + 120_000;
  while (Date.now() < end) {
    await new Promise((done) => setTimeout(done, 25));
    const url = said().match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
    if (url) return url;
    if (child.exitCode !== null || !child.pid) break;
  }
  throw new Error(`the service did not start: ${said()}`);
}
