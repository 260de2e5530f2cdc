/** The stages' latency budgets added up, against the limit. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: an upper bound for stages one after the other. */
export const latencySum = defineEstimate({
  name: "latency-sum",
  step: 6,
  summary: "the stages' latency budgets added up, against the limit",
  inputs: {
    parts: { kind: "duration", about: "budget of each stage", example: "20 ms,30 ms,5 ms,20 ms", many: true },
    limit: { kind: "duration", about: "limit of the whole", example: "100 ms" },
  },
  formula: `
    total = sum(parts)
    headroom = limit - total
    used = total / limit -> %
  `,
  answer: "total",
  checks: [{ holds: "limit > 0", otherwise: "a limit of 0 s allows nothing" }],
  note: "Percentiles do not add up: the 99th percentile of the whole lies below the sum of the stages' 99th percentiles.",
  source: "Arithmetic: an upper bound for stages one after the other.",
});
