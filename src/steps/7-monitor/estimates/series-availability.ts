/** The availability of parts that must all work. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Product of probabilities. */
export const seriesAvailability = defineEstimate({
  name: "series-availability",
  step: 7,
  summary: "the availability of parts that must all work",
  inputs: {
    parts: { kind: "share", about: "availability of each part", example: "99.9%,99.95%,99.99%", many: true },
  },
  formula: `
    availability = all_up(parts) -> %
  `,
  answer: "availability",
  note: "Parts are taken as independent, which is the weak point.",
  source: "Product of probabilities.",
});
