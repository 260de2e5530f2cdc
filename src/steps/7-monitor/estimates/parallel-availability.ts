/** The availability of parts of which one must work. */

import { defineEstimate } from "../../../estimate/define.ts";

/** One less the product of the chances to fail. */
export const parallelAvailability = defineEstimate({
  name: "parallel-availability",
  step: 7,
  summary: "the availability of parts of which one must work",
  inputs: {
    parts: { kind: "share", about: "availability of each part", example: "99%,99%", many: true },
  },
  formula: `
    availability = any_up(parts) -> %
  `,
  answer: "availability",
  note: "Parts are taken as independent, which is the weak point.",
  source: "One less the product of the chances to fail.",
});
