/** A count that grows by a share per year, after a time. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Compound growth. */
export const relativeGrowth = defineEstimate({
  name: "relative-growth",
  step: 1,
  summary: "a count that grows by a share per year, after a time",
  inputs: {
    count: { kind: "count", about: "count today", example: "2M" },
    growth: { kind: "growth", about: "growth, each period compounded to a year", example: "20%/year" },
    time: { kind: "duration", about: "after how long", default: "1 year" },
  },
  formula: `
    yearly = growth * 1 year -> %  # each period of it compounded
    later = count * (1 + yearly)^(time / 1 year)  # compounds yearly
  `,
  answer: "later",
  checks: [{ holds: "growth * 1 year > -1", otherwise: "nothing is left after a year" }],
  source: "Compound growth.",
});
