/** Requests at the peak, by the day and by the month, from their average rate. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: rate x time. */
export const traffic = defineEstimate({
  name: "traffic",
  step: 1,
  summary: "requests at the peak, by the day and by the month, from their average rate",
  inputs: {
    average: { kind: "rate", about: "average request rate", example: "400/s" },
    peak_factor: { kind: "factor", about: "the peak over the average", default: "3x" },
  },
  formula: `
    peak = average * peak_factor -> req/s  # what must be served
    daily = average * 1 day
    monthly = average * 1 month  # 730 h
  `,
  answer: "peak",
  checks: [
    { holds: "average > 0", otherwise: "no requests arrive" },
    { holds: "peak_factor >= 1", otherwise: "the peak cannot be below the average" },
  ],
  source: "Arithmetic: rate x time.",
});
