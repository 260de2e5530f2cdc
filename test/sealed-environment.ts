/** An environment without files, SQL, threads or a clock: for runs on simulated data, which need none of them. */

import type { Environment } from "../src/system/environment.ts";

function refuse(): never {
  throw new Error("this test has neither files nor SQL");
}

export const sealedEnvironment: Environment = {
  sql: { query: refuse, register: refuse },
  files: {
    list: refuse,
    exists: refuse,
    head: refuse,
    size: refuse,
    text: refuse,
    scratch: refuse,
    fingerprint: refuse,
  },
  pool: undefined,
  progress: () => undefined,
  stopwatch: { now: () => 0 },
  digest: async (text) => text,
  peakMemory: () => 0,
};
