/** The speed-up when the work grows with the workers. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Gustafson 1988. */
export const gustafson = defineEstimate({
  name: "gustafson",
  step: 5,
  summary: "the speed-up when the work grows with the workers",
  inputs: {
    parallel: { kind: "share", about: "share of the time that is parallel", example: "95%" },
    workers: { kind: "factor", about: "workers", example: "32" },
  },
  formula: `
    speedup = (1 - parallel) + parallel * workers -> x
  `,
  answer: "speedup",
  source: "Gustafson 1988.",
});
