/** The step time and efficiency of data-parallel training. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: what is not hidden is added. */
export const dataParallelStep = defineEstimate({
  name: "data-parallel-step",
  step: 5,
  summary: "the step time and efficiency of data-parallel training",
  inputs: {
    compute: { kind: "duration", about: "time of arithmetic in a step", example: "300 ms" },
    communication: { kind: "duration", about: "time of the all-reduce", example: "120 ms" },
    overlap: { kind: "share", about: "share of communication hidden behind arithmetic", default: "0%" },
    ranks: { kind: "count", about: "devices", example: "64" },
  },
  formula: `
    step = compute + (1 - overlap) * communication
    efficiency = compute / step -> %
    speedup = ranks * efficiency -> x
  `,
  answer: "efficiency",
  checks: [{ holds: "compute > 0 s", otherwise: "a step computes something" }],
  source: "Arithmetic: what is not hidden is added.",
});
