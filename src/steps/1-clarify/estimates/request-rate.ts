/** The average and the peak request rate of a product from its users and their habits. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: users x requests / 86,400 s, times the peak factor. */
export const requestRate = defineEstimate({
  name: "request-rate",
  step: 1,
  summary: "the average and the peak request rate of a product from its users and their habits",
  inputs: {
    users: { kind: "count", about: "users per day", example: "2M" },
    requests: { kind: "count", about: "requests per user per day", example: "25" },
    peak_factor: { kind: "factor", about: "the peak over the average", default: "3x" },
  },
  formula: `
    average = users * requests / 1 day -> req/s  # spread over 86,400 seconds
    peak = average * peak_factor -> req/s  # what must be served
  `,
  answer: "peak",
  note: "Products used worldwide peak at 1.5 to 3 times the average, those of one country at 3 to 5; these factors are common experience, not a measurement.",
  source: "Arithmetic: users x requests / 86,400 s, times the peak factor.",
});
