/** What a burn rate over a window spends of an error budget. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Google SRE workbook, alerting on SLOs: 14.4 for 1 h, 6 for 6 h, 1 for 3 d. */
export const burnRate = defineEstimate({
  name: "burn-rate",
  step: 7,
  summary: "what a burn rate over a window spends of an error budget",
  inputs: {
    burn: { kind: "factor", about: "burn rate", example: "14.4x" },
    window: { kind: "duration", about: "window it lasts", example: "1 h" },
    period: { kind: "duration", about: "period of the objective", default: "30 d" },
  },
  formula: `
    spent = burn * window / period -> %
    exhausted_after = period / burn -> h
    short_window = window / 12 -> min  # the second window, which ends the alert
  `,
  answer: "spent",
  checks: [
    { holds: "burn > 0", otherwise: "at a burn rate of 0 nothing is spent" },
    { holds: "period > 0 s", otherwise: "an objective is kept over a period" },
  ],
  source: "Google SRE workbook, alerting on SLOs: 14.4 for 1 h, 6 for 6 h, 1 for 3 d.",
});
