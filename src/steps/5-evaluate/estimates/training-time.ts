/** How long a known amount of arithmetic takes on an accelerator. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: FLOP over attained FLOP/s. */
export const trainingTime = defineEstimate({
  name: "training-time",
  step: 5,
  summary: "how long a known amount of arithmetic takes on an accelerator",
  inputs: {
    flops: { kind: "work", about: "arithmetic of the training", example: "84 EFLOP" },
    peak: { kind: "compute", about: "dense peak of the accelerator", example: "989 TFLOP/s" },
    mfu: { kind: "share", about: "share of the peak reached", default: "40%" },
  },
  formula: `
    time = flops / (peak * mfu)
  `,
  answer: "time",
  checks: [{ holds: "peak * mfu > 0", otherwise: "at 0 FLOP/s training never ends" }],
  source: "Arithmetic: FLOP over attained FLOP/s.",
});
