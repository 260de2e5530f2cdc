/** The FLOP of one generated token. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Kaplan et al. 2020: 2 N per token, and 4 L S d for attention at context S. */
export const inferenceCompute = defineEstimate({
  name: "inference-compute",
  step: 6,
  summary: "the FLOP of one generated token",
  inputs: {
    params: { kind: "count", about: "parameters", example: "8bn" },
    context: { kind: "count", about: "tokens already there", example: "8192" },
    layers: { kind: "count", about: "layers", example: "32" },
    width: { kind: "count", about: "model width", example: "4096" },
  },
  formula: `
    weights = 2 FLOP * params
    attention = 4 FLOP * layers * context * width
    total = weights + attention
  `,
  answer: "total",
  source: "Kaplan et al. 2020: 2 N per token, and 4 L S d for attention at context S.",
});
