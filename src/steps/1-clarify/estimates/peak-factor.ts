/** The peak factor from the share of a day's requests that falls into its busiest hour. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: the busiest hour's share over the even share, 1/24. */
export const peakFactor = defineEstimate({
  name: "peak-factor",
  step: 1,
  summary: "the peak factor from the share of a day's requests that falls into its busiest hour",
  inputs: {
    busiest_hour: { kind: "share", about: "share of the day's requests in the busiest hour", example: "10%" },
  },
  formula: `
    factor = busiest_hour * 24 -> x  # an even day has 1/24 in each hour
  `,
  answer: "factor",
  note: "Assumes a steady rate inside that hour; multiply by 2 to 3 for bursts of seconds.",
  source: "Arithmetic: the busiest hour's share over the even share, 1/24.",
});
