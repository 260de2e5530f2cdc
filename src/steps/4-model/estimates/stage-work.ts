/** The time that a stage works on one request. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: a mean, while the time that the stage has is a tail. */
export const stageWork = defineEstimate({
  name: "stage-work",
  step: 4,
  summary: "the time that a stage works on one request: its items, one after the other or several at once",
  inputs: {
    items: { kind: "count", about: "items that the stage receives", example: "400" },
    each: { kind: "duration", about: "time for one item", example: "200 us" },
    parallelism: { kind: "count", about: "items scored at once", default: "1" },
    fixed: { kind: "duration", about: "time whatever the number of items", default: "0 s" },
  },
  formula: "work = items * each / parallelism + fixed",
  answer: "work",
  checks: [{ holds: "parallelism > 0", otherwise: "nothing is scored by nobody" }],
  note: "A mean: a stage that works for 70% of its time at the 99th percentile is late more often than that.",
  source: "Arithmetic: a mean, while the time that the stage has is a tail.",
});
