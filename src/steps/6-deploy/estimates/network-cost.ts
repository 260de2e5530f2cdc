/** What traffic to clients costs. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: bytes x price. */
export const networkCost = defineEstimate({
  name: "network-cost",
  step: 6,
  summary: "what traffic to clients costs",
  inputs: {
    rate: { kind: "rate", about: "responses per second on average", example: "400/s" },
    response: { kind: "size", about: "bytes of a response", example: "20 kB" },
    price: { kind: "transfer price", about: "price of traffic", example: "$0.10/GB" },
  },
  formula: `
    traffic = rate * response
    cost = traffic * price -> $/month
  `,
  answer: "cost",
  source: "Arithmetic: bytes x price.",
});
