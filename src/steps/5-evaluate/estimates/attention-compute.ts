/** What attention adds to 6 N FLOP per training token. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Full square: Chowdhery et al. 2022 (PaLM); causal half: Kaplan et al. 2020. */
export const attentionCompute = defineEstimate({
  name: "attention-compute",
  step: 5,
  summary: "what attention adds to 6 N FLOP per training token",
  inputs: {
    params: { kind: "count", about: "parameters", example: "7bn" },
    layers: { kind: "count", about: "layers", example: "32" },
    sequence: { kind: "count", about: "context length", example: "4096" },
    width: { kind: "count", about: "model width", example: "4096" },
  },
  formula: `
    six_n = 6 FLOP * params
    full = 12 FLOP * layers * sequence * width  # the full square
    causal = full / 2  # the masked half skipped
    relative = full / six_n -> %
  `,
  answer: "relative",
  checks: [{ holds: "params > 0", otherwise: "a model has parameters" }],
  source: "Full square: Chowdhery et al. 2022 (PaLM); causal half: Kaplan et al. 2020.",
});
