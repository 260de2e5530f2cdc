/** How often to write a checkpoint, so that writing and lost work cost least. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Young 1974; Daly 2006. */
export const checkpointInterval = defineEstimate({
  name: "checkpoint-interval",
  step: 5,
  summary: "how often to write a checkpoint, so that writing and lost work cost least",
  inputs: {
    write: { kind: "duration", about: "time to write one", example: "120 s" },
    mtbf: { kind: "duration", about: "mean time between failures of the job", example: "6 h" },
  },
  formula: `
    young = sqrt(2 * write * mtbf)
    ratio = write / (2 * mtbf)
    daly = if(write < 2 * mtbf, young * (1 + sqrt(ratio) / 3 + ratio / 9) - write, mtbf)  # work between writes
  `,
  answer: "daly",
  checks: [{ holds: "mtbf > 0 s", otherwise: "a job that fails at once never ends" }],
  note: "Young's interval is from write to write, Daly's is work between writes and leaves the write out.",
  source: "Young 1974; Daly 2006.",
});
