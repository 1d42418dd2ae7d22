// What every file of browser tests starts from: the real service with the built shop, and one browser.

import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { startService } from "./service.mjs";

/** Starts both before the file's first test and ends them after its last; `url` and `browser` are there in between. */
export function useStage(kind = "webgpu") {
  const stage = { url: "", browser: undefined };
  let service;
  before(async () => {
    service = await startService();
    stage.url = service.url;
    stage.browser = await launch(kind);
  });
  after(async () => {
    await stage.browser?.close();
    await service?.stop();
  });
  return stage;
}
