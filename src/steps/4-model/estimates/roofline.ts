/** The rate of arithmetic that an intensity can reach, and the ridge where memory stops being the bound. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Williams, Waterman and Patterson 2009. */
export const roofline = defineEstimate({
  name: "roofline",
  step: 4,
  summary: "the rate of arithmetic that an intensity can reach, and the ridge where memory stops being the bound",
  inputs: {
    peak: { kind: "compute", about: "peak arithmetic", example: "989 TFLOP/s" },
    bandwidth: { kind: "bandwidth", about: "memory bandwidth", example: "3.35 TB/s" },
    flops: { kind: "work", about: "FLOP of the work", example: "536.9 MFLOP" },
    bytes: { kind: "size", about: "bytes moved", example: "33.8 MB" },
  },
  formula: `
    ridge = peak / bandwidth
    intensity = flops / bytes
    attainable = min(peak, intensity * bandwidth)
    time = flops / attainable
  `,
  answer: "attainable",
  checks: [
    { holds: "bandwidth > 0 B/s", otherwise: "memory with a bandwidth of 0 is never read" },
    { holds: "bytes > 0 B", otherwise: "work that moves nothing has no intensity" },
    { holds: "flops > 0 FLOP", otherwise: "work of 0 FLOP has no rate" },
    { holds: "peak > 0 FLOP/s", otherwise: "a peak of 0 FLOP/s does no work" },
  ],
  source: "Williams, Waterman and Patterson 2009.",
});
