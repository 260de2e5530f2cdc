/** The tokens and FLOP that the compute-optimal rule asks for. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Hoffmann et al. 2022 (Chinchilla): about 20 tokens per parameter. */
export const computeOptimalTokens = defineEstimate({
  name: "compute-optimal-tokens",
  step: 5,
  summary: "the tokens and FLOP that the compute-optimal rule asks for",
  inputs: {
    params: { kind: "count", about: "parameters", example: "7bn" },
    tokens_per_param: { kind: "count", about: "tokens per parameter", default: "20" },
  },
  formula: `
    tokens = params * tokens_per_param
    flops = 6 FLOP * params * tokens
  `,
  answer: "flops",
  source: "Hoffmann et al. 2022 (Chinchilla): about 20 tokens per parameter.",
});
