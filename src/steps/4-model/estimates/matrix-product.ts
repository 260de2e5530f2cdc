/** FLOP, bytes and the attainable rate of a matrix product. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Williams, Waterman and Patterson 2009; each matrix moved once. */
export const matrixProduct = defineEstimate({
  name: "matrix-product",
  step: 4,
  summary: "fLOP, bytes and the attainable rate of a matrix product",
  inputs: {
    rows: { kind: "count", about: "rows of the first matrix, m", example: "16" },
    columns: { kind: "count", about: "columns of the second matrix, n", example: "4096" },
    inner: { kind: "count", about: "the shared side, k", example: "4096" },
    component: { kind: "size", about: "bytes per number", default: "2 B" },
    peak: { kind: "compute", about: "peak arithmetic", example: "989 TFLOP/s" },
    bandwidth: { kind: "bandwidth", about: "memory bandwidth", example: "3.35 TB/s" },
  },
  formula: `
    flops = 2 FLOP * rows * columns * inner
    bytes = component * (rows * inner + inner * columns + rows * columns)
    intensity = flops / bytes
    attainable = min(peak, intensity * bandwidth)
    is_memory_bound = intensity * bandwidth < peak
  `,
  answer: "attainable",
  checks: [
    { holds: "rows * columns * inner > 0", otherwise: "every side is at least 1" },
    { holds: "component > 0 B", otherwise: "numbers have at least a bit" },
  ],
  source: "Williams, Waterman and Patterson 2009; each matrix moved once.",
});
