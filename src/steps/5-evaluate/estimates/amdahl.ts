/** The speed-up of a fixed amount of work of which a part is parallel, or made faster. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Amdahl 1967. */
export const amdahl = defineEstimate({
  name: "amdahl",
  step: 5,
  summary: "the speed-up of a fixed amount of work of which a part is parallel, or made faster",
  inputs: {
    parallel: { kind: "share", about: "share of the time that is parallel, or can be pruned", example: "95%" },
    workers: { kind: "factor", about: "workers, or the speed-up of that part", example: "32" },
  },
  formula: `
    speedup = 1 / ((1 - parallel) + parallel / workers) -> x
    limit = 1 / (1 - parallel) -> x  # with endless workers
  `,
  answer: "speedup",
  checks: [
    { holds: "workers > 0", otherwise: "at least one worker is needed" },
    { holds: "parallel < 1", otherwise: "all of it is parallel: the speed-up is the number of workers" },
  ],
  source: "Amdahl 1967.",
});
