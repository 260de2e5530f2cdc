/** What a thousand predictions cost on a machine. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: price over rate. */
export const costPerPrediction = defineEstimate({
  name: "cost-per-prediction",
  step: 6,
  summary: "what a thousand predictions cost on a machine",
  inputs: {
    price: { kind: "money rate", about: "price of the machine", example: "$1.006/h" },
    capacity: { kind: "rate", about: "requests per second at full load", example: "120/s" },
    utilization: { kind: "share", about: "share of it used on average", default: "50%" },
  },
  formula: `
    served = capacity * utilization -> req/s
    per_thousand = price / served * 1000
  `,
  answer: "per_thousand",
  checks: [{ holds: "capacity * utilization > 0 /s", otherwise: "nothing is served at 0 requests per second" }],
  source: "Arithmetic: price over rate.",
});
