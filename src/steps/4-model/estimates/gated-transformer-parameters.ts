/** The parameters of a transformer with gated feed-forward and grouped keys, norms included. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Dubey et al. 2024 (Llama 3): gives the published 8,030,261,248 for the 8B model. */
export const gatedTransformerParameters = defineEstimate({
  name: "gated-transformer-parameters",
  step: 4,
  summary: "the parameters of a transformer with gated feed-forward and grouped keys, norms included",
  inputs: {
    layers: { kind: "count", about: "layers", example: "32" },
    width: { kind: "count", about: "model width", example: "4096" },
    heads: { kind: "count", about: "query heads", example: "32" },
    kv_heads: { kind: "count", about: "key and value heads", example: "8" },
    head_dim: { kind: "count", about: "components of a head", example: "128" },
    hidden: { kind: "count", about: "feed-forward width", example: "14336" },
    vocabulary: { kind: "count", about: "tokens in the vocabulary", example: "128256" },
    copies: { kind: "count", about: "2 when input and output embeddings are separate, 1 when tied", default: "2" },
  },
  formula: `
    attention = 2 * width * heads * head_dim + 2 * width * kv_heads * head_dim  # Q and O, K and V
    feed_forward = 3 * width * hidden  # gate, up, down
    norms = 2 * width
    total = layers * (attention + feed_forward + norms) + width + copies * vocabulary * width
  `,
  answer: "total",
  source: "Dubey et al. 2024 (Llama 3): gives the published 8,030,261,248 for the 8B model.",
});
