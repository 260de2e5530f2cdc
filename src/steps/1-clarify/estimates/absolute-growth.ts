/** A count that grows by a number per day, after a time. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: count and rate x time. */
export const absoluteGrowth = defineEstimate({
  name: "absolute-growth",
  step: 1,
  summary: "a count that grows by a number per day, after a time",
  inputs: {
    count: { kind: "count", about: "count today", example: "3.9k" },
    growth: { kind: "growth", about: "growth", example: "30/day" },
    time: { kind: "duration", about: "after how long", default: "1 year" },
  },
  formula: `
    added = growth * time
    later = count + added
  `,
  answer: "later",
  source: "Arithmetic: count and rate x time.",
});
