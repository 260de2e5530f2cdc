/** How many requests are in a system at once. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Little 1961. */
export const littleLaw = defineEstimate({
  name: "little-law",
  step: 6,
  summary: "how many requests are in a system at once",
  inputs: {
    rate: { kind: "rate", about: "arrivals per second", example: "1200/s" },
    time: { kind: "duration", about: "mean time in the system", example: "85 ms" },
  },
  formula: `
    in_flight = rate * time
  `,
  answer: "in_flight",
  note: "Any stable system, any distribution; averages only.",
  source: "Little 1961.",
});
