/** How long reading the prompt takes, which is bound by arithmetic. */

import { defineEstimate } from "../../../estimate/define.ts";

/** 2 N FLOP per token over the attained rate. */
export const prefillTime = defineEstimate({
  name: "prefill-time",
  step: 6,
  summary: "how long reading the prompt takes, which is bound by arithmetic",
  inputs: {
    params: { kind: "count", about: "parameters", example: "8bn" },
    prompt: { kind: "count", about: "tokens of the prompt", example: "2000" },
    peak: { kind: "compute", about: "dense peak of the accelerator", example: "312 TFLOP/s" },
    efficiency: { kind: "share", about: "share of the peak reached", default: "50%" },
  },
  formula: `
    time = 2 FLOP * params * prompt / (peak * efficiency)
  `,
  answer: "time",
  checks: [{ holds: "peak * efficiency > 0 FLOP/s", otherwise: "at 0 FLOP/s the prompt is never read" }],
  source: "2 N FLOP per token over the attained rate.",
});
