/** How long reading a table takes from a medium of a given throughput. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: bytes over throughput. */
export const columnScan = defineEstimate({
  name: "column-scan",
  step: 3,
  summary: "how long reading a table takes from a medium of a given throughput",
  inputs: {
    rows: { kind: "count", about: "rows", example: "1bn" },
    row_size: { kind: "size", about: "bytes per row that are read", example: "100 B" },
    throughput: { kind: "bandwidth", about: "sequential read throughput", example: "2 GB/s" },
  },
  formula: `
    size = rows * row_size
    time = size / throughput
  `,
  answer: "time",
  checks: [{ holds: "throughput > 0", otherwise: "nothing is read at 0 bytes per second" }],
  source: "Arithmetic: bytes over throughput.",
});
