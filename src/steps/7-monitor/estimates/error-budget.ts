/** The time or requests that an objective allows to fail. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Google SRE workbook, implementing SLOs. */
export const errorBudget = defineEstimate({
  name: "error-budget",
  step: 7,
  summary: "the time or requests that an objective allows to fail",
  inputs: {
    objective: { kind: "share", about: "the objective", example: "99.9%" },
    period: { kind: "duration", about: "the period it is kept over", default: "30 d" },
  },
  formula: `
    budget = (1 - objective) * period -> min
    per_year = (1 - objective) * 365 d -> h
  `,
  answer: "budget",
  source: "Google SRE workbook, implementing SLOs.",
});
