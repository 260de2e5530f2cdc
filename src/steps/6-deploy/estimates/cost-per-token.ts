/** What a million generated tokens cost on an accelerator. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: price over rate. */
export const costPerToken = defineEstimate({
  name: "cost-per-token",
  step: 6,
  summary: "what a million generated tokens cost on an accelerator",
  inputs: {
    price: { kind: "money rate", about: "price of the accelerator", example: "$6.88/h" },
    throughput: { kind: "rate", about: "tokens per second", example: "2500/s" },
  },
  formula: `
    per_million = price / throughput * 1M
  `,
  answer: "per_million",
  checks: [{ holds: "throughput > 0 /s", otherwise: "nothing is generated at 0 tokens per second" }],
  source: "Arithmetic: price over rate.",
});
