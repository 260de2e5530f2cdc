/** How long one exact scan over all vectors takes, by the roofline. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Williams, Waterman and Patterson 2009 (roofline) on 2 FLOP per component. */
export const exactScan = defineEstimate({
  name: "exact-scan",
  step: 6,
  summary: "how long one exact scan over all vectors takes, by the roofline",
  inputs: {
    vectors: { kind: "count", about: "vectors", example: "10M" },
    dim: { kind: "count", about: "components of each vector", example: "768" },
    component: { kind: "size", about: "bytes per component", default: "4 B" },
    bandwidth: { kind: "bandwidth", about: "memory bandwidth", example: "200 GB/s" },
    peak: { kind: "compute", about: "peak arithmetic", example: "3 TFLOP/s" },
  },
  formula: `
    size = vectors * dim * component
    memory_time = size / bandwidth  # every byte once
    compute_time = 2 FLOP * vectors * dim / peak  # a multiply and an add per component
    latency = max(memory_time, compute_time)
    batch = memory_time / compute_time  # queries a pass until arithmetic is the bound
  `,
  answer: "latency",
  checks: [
    { holds: "vectors > 0", otherwise: "there is nothing to scan" },
    { holds: "dim > 0", otherwise: "vectors have at least one component" },
    { holds: "bandwidth > 0", otherwise: "memory with a bandwidth of 0 is never read" },
    { holds: "peak > 0", otherwise: "arithmetic at 0 FLOP/s never ends" },
  ],
  source: "Williams, Waterman and Patterson 2009 (roofline) on 2 FLOP per component.",
});
