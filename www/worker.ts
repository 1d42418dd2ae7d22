// Starts workers from files that lie beside the element, also on pages that ask for trusted addresses.

/** What pages that ask for trusted addresses want; TypeScript's library does not know it yet. */
interface Trust {
  trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string } };
}

let policy: { createScriptURL(url: string): string } | undefined;

/** A worker from a file of ours. */
export function startWorker(address: URL, type: WorkerType = "module"): Worker {
  // A policy of `trusted-types` must name vitrine; without one any name will do.
  policy ??= (globalThis as Trust).trustedTypes?.createPolicy("vitrine", { createScriptURL: (url) => url }) ?? { createScriptURL: (url) => url };
  return new Worker(policy.createScriptURL(address.href), { type });
}
