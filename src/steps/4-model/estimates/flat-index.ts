/** The memory of an exact (flat) vector index. */

import { defineEstimate } from "../../../estimate/define.ts";

/** faiss IndexFlat and IndexScalarQuantizer: the codes alone, no overhead. */
export const flatIndex = defineEstimate({
  name: "flat-index",
  step: 4,
  summary: "the memory of an exact (flat) vector index",
  inputs: {
    vectors: { kind: "count", about: "vectors", example: "100M" },
    dim: { kind: "count", about: "components of each vector", example: "768" },
    component: {
      kind: "size",
      about: "bytes per component: 4 for float32, 2 for float16, 1 for 8-bit codes",
      default: "4 B",
    },
  },
  formula: `
    vector_size = dim * component -> B
    total = vectors * vector_size
  `,
  answer: "total",
  source: "faiss IndexFlat and IndexScalarQuantizer: the codes alone, no overhead.",
});
