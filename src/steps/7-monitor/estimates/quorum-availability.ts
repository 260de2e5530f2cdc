/** The availability of a quorum: at least k of n parts work. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Binomial distribution. */
export const quorumAvailability = defineEstimate({
  name: "quorum-availability",
  step: 7,
  summary: "the availability of a quorum: at least k of n parts work",
  inputs: {
    needed: { kind: "count", about: "parts that must work", example: "3" },
    parts: { kind: "count", about: "parts", example: "5" },
    availability_each: { kind: "share", about: "availability of a part", example: "99%" },
  },
  formula: `
    availability = at_least(needed, parts, availability_each) -> %
  `,
  answer: "availability",
  checks: [{ holds: "needed <= parts", otherwise: "more parts are needed than there are" }],
  note: "Parts are taken as independent, which is the weak point.",
  source: "Binomial distribution.",
});
