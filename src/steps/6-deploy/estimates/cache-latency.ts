/** The mean latency behind a look-aside cache. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic; a look-aside miss pays the failed probe too. */
export const cacheLatency = defineEstimate({
  name: "cache-latency",
  step: 6,
  summary: "the mean latency behind a look-aside cache",
  inputs: {
    hit_rate: { kind: "share", about: "share of reads that hit", example: "90%" },
    cache: { kind: "duration", about: "time of a cache read", example: "1 ms" },
    backend: { kind: "duration", about: "time of the backend", example: "50 ms" },
  },
  formula: `
    mean_latency = hit_rate * cache + (1 - hit_rate) * (cache + backend)  # a miss pays both
    simple_mix = hit_rate * cache + (1 - hit_rate) * backend  # as if a miss skipped the cache
    backend_share = 1 - hit_rate -> %
  `,
  answer: "mean_latency",
  source: "Arithmetic; a look-aside miss pays the failed probe too.",
});
