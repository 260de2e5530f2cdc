/** The forward FLOP of one transformer layer. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Kaplan et al. 2020; JAX scaling book, transformers chapter. */
export const transformerLayer = defineEstimate({
  name: "transformer-layer",
  step: 4,
  summary: "the forward FLOP of one transformer layer",
  inputs: {
    batch: { kind: "count", about: "sequences", default: "1" },
    sequence: { kind: "count", about: "tokens in each", example: "2048" },
    width: { kind: "count", about: "model width, d", example: "4096" },
    expansion: { kind: "factor", about: "width of the feed-forward part over d", default: "4x" },
    matrices: { kind: "count", about: "matrices of the feed-forward part: 2, or 3 when gated", default: "2" },
  },
  formula: `
    projections = 8 FLOP * batch * sequence * width^2  # Q, K, V and O
    attention = 4 FLOP * batch * sequence^2 * width  # scores and weighted sum
    feed_forward = 2 FLOP * matrices * batch * sequence * width^2 * expansion
    total = projections + attention + feed_forward
    attention_share = attention / total -> %
    causal_total = total - attention / 2  # when the masked half is skipped
  `,
  answer: "total",
  checks: [{ holds: "batch * sequence * width > 0", otherwise: "every size is at least 1" }],
  note: "The backward pass costs twice the forward one. Grouped keys and values shrink only the K and V projections.",
  source: "Kaplan et al. 2020; JAX scaling book, transformers chapter.",
});
