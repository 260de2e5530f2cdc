/** The parameters of a classic transformer: 12 L d^2 and the embeddings. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Kaplan et al. 2020; biases and norms, below a thousandth, are left out. */
export const transformerParameters = defineEstimate({
  name: "transformer-parameters",
  step: 4,
  summary: "the parameters of a classic transformer: 12 L d^2 and the embeddings",
  inputs: {
    layers: { kind: "count", about: "layers, L", example: "32" },
    width: { kind: "count", about: "model width, d", example: "4096" },
    vocabulary: { kind: "count", about: "tokens in the vocabulary", example: "32k" },
    copies: { kind: "count", about: "2 when input and output embeddings are separate, 1 when tied", default: "2" },
  },
  formula: `
    blocks = 12 * layers * width^2  # 4 d^2 attention, 8 d^2 feed-forward
    embeddings = copies * vocabulary * width
    total = blocks + embeddings
  `,
  answer: "total",
  source: "Kaplan et al. 2020; biases and norms, below a thousandth, are left out.",
});
