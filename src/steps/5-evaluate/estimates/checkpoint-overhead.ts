/** The share of time that checkpoints, lost work and restarts cost. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Young 1974, first order. */
export const checkpointOverhead = defineEstimate({
  name: "checkpoint-overhead",
  step: 5,
  summary: "the share of time that checkpoints, lost work and restarts cost",
  inputs: {
    interval: { kind: "duration", about: "time between checkpoints", example: "2277 s" },
    write: { kind: "duration", about: "time to write one", example: "120 s" },
    mtbf: { kind: "duration", about: "mean time between failures of the job", example: "6 h" },
    restart: { kind: "duration", about: "time to start again", default: "0 s" },
  },
  formula: `
    checkpoint = write / interval -> %
    rework = interval / (2 * mtbf) -> %  # half an interval is lost each time
    restarts = restart / mtbf -> %
    total = checkpoint + rework + restarts -> %
  `,
  answer: "total",
  checks: [
    { holds: "interval > 0 s", otherwise: "checkpoints cannot be written all the time" },
    { holds: "mtbf > 0 s", otherwise: "a job that fails at once never ends" },
  ],
  source: "Young 1974, first order.",
});
