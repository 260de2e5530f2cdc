/** The chance that a request which asks many leaves is slow, and the leaf quantile it needs. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Dean and Barroso 2013: 63 % at 100 leaves of 1 %. */
export const fanOut = defineEstimate({
  name: "fan-out",
  step: 6,
  summary: "the chance that a request which asks many leaves is slow, and the leaf quantile it needs",
  inputs: {
    leaves: { kind: "count", about: "leaves that must all answer", example: "100" },
    slow: { kind: "share", about: "chance that a leaf is slow", example: "1%" },
    quantile: { kind: "share", about: "quantile wanted of the request", default: "99%" },
    copies: { kind: "count", about: "independent copies of each call, the first answer counts", default: "1" },
  },
  formula: `
    any_slow = 1 - (1 - slow^copies)^leaves -> %
    leaf_quantile = quantile^(1 / leaves)
  `,
  answer: "any_slow",
  checks: [
    { holds: "leaves >= 1", otherwise: "at least one leaf is asked" },
    { holds: "copies >= 1", otherwise: "each call is made at least once" },
  ],
  note: "Leaves are taken as independent; slow ones in fact come together, so this is pessimistic for the request and optimistic for copies.",
  source: "Dean and Barroso 2013: 63 % at 100 leaves of 1 %.",
});
