/** The burn rate that an observed error rate means. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Google SRE workbook, alerting on SLOs. */
export const observedBurn = defineEstimate({
  name: "observed-burn",
  step: 7,
  summary: "the burn rate that an observed error rate means",
  inputs: {
    objective: { kind: "share", about: "the objective", example: "99.9%" },
    errors: { kind: "share", about: "share of requests that fail", example: "0.5%" },
    period: { kind: "duration", about: "period of the objective", default: "30 d" },
  },
  formula: `
    burn = errors / (1 - objective) -> x
    exhausted_after = period / burn -> h
  `,
  answer: "burn",
  checks: [
    { holds: "errors > 0", otherwise: "nothing fails, so nothing is burnt" },
    { holds: "objective < 1", otherwise: "an objective of 100 % has no budget to burn" },
  ],
  source: "Google SRE workbook, alerting on SLOs.",
});
