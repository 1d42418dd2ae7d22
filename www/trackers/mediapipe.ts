// MediaPipe as tracker, in a worker: `@mediapipe/tasks-vision` with a model that the shop names, or the packages that carry
// their models, `@mediapipe/face_mesh` and `@mediapipe/hands`.

import { startWorker } from "../worker.js";
import type { Sighting, Subject, Tracker } from "./tracker.js";

/** Where the shop keeps the tracker. */
export interface Place {
  /** The folder that holds the packages by name, `face_mesh/` and `hands/`, or the one of tasks-vision. */
  folder: URL;
  /** The `.task` file for tasks-vision; without it the packages with models of their own are used. */
  model?: URL | undefined;
}

/** Fetching up to 17 MB and compiling them, on a slow phone with a slow line. */
const START_MS = 90_000;

interface Answer {
  isReady?: boolean;
  found?: Sighting[];
  reason?: string;
}

/** Starts one; rejects when its files are not there or do not run. */
export function startMediaPipe(subject: Subject, { folder, model }: Place): Promise<Tracker> {
  const worker = startWorker(new URL("./trackers/mediapipe.worker.js", import.meta.url), "classic");
  const ask = (message: unknown, transfer: Transferable[], limit?: number) => new Promise<Answer>((done, failed) => {
    const timer = limit && setTimeout(() => failed(new Error(`The tracker in ${folder.href} did not start in time.`)), limit);
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      clearTimeout(timer);
      if (data.reason === undefined) done(data);
      else failed(new Error(`The tracker in ${folder.href} does not run: ${data.reason}`));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(timer);
      failed(new Error(`The tracker's worker cannot be started${event.message ? `: ${event.message}` : ""}.`));
    };
    worker.postMessage(message, transfer);
  });
  const tracker: Tracker = {
    find: async (picture, timeMs) => (await ask({ picture, timeMs }, [picture])).found ?? [],
    close: () => worker.terminate(),
  };
  return ask({ subject, folder: folder.href, model: model?.href }, [], START_MS).then(() => tracker, (cause) => {
    worker.terminate();
    throw cause;
  });
}
