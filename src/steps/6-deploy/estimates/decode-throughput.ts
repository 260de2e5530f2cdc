/** How fast tokens come out, which is bound by reading weights and cache. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Pope et al. 2022; JAX scaling book, inference chapter. */
export const decodeThroughput = defineEstimate({
  name: "decode-throughput",
  step: 6,
  summary: "how fast tokens come out, which is bound by reading weights and cache",
  inputs: {
    weights: { kind: "size", about: "bytes of the weights", example: "16 GB" },
    kv_per_token: { kind: "size", about: "bytes of keys and values per token", example: "131072 B" },
    context: { kind: "count", about: "tokens in each sequence", example: "4096" },
    batch: { kind: "count", about: "sequences at once", default: "1" },
    bandwidth: { kind: "bandwidth", about: "memory bandwidth", example: "2.039 TB/s" },
  },
  formula: `
    batch1_weights_only = bandwidth / weights -> tokens/s  # an upper bound
    step_size = weights + batch * context * kv_per_token  # weights once, every cache
    step_time = step_size / bandwidth
    tokens_per_second = batch / step_time -> tokens/s
  `,
  answer: "tokens_per_second",
  checks: [
    { holds: "weights > 0 B", otherwise: "a model has weights" },
    { holds: "batch >= 1", otherwise: "at least one sequence is decoded" },
    { holds: "bandwidth > 0 B/s", otherwise: "memory with a bandwidth of 0 is never read" },
  ],
  source: "Pope et al. 2022; JAX scaling book, inference chapter.",
});
