/** The memory of an inverted-file index that keeps whole vectors in its lists. */

import { defineEstimate } from "../../../estimate/define.ts";

/** faiss IndexIVFFlat: each list entry is the code and an 8-byte id; the coarse quantizer is a flat index of the centroids. */
export const ivfFlatIndex = defineEstimate({
  name: "ivf-flat-index",
  step: 4,
  summary: "the memory of an inverted-file index that keeps whole vectors in its lists",
  inputs: {
    vectors: { kind: "count", about: "vectors", example: "100M" },
    dim: { kind: "count", about: "components of each vector", example: "768" },
    lists: { kind: "count", about: "inverted lists", example: "65536" },
    component: { kind: "size", about: "bytes per component", default: "4 B" },
    id: { kind: "size", about: "bytes of an id", default: "8 B" },
  },
  formula: `
    vector_size = dim * component + id -> B  # code and id
    entries = vectors * vector_size
    centroids = lists * dim * 4 B
    total = entries + centroids
  `,
  answer: "total",
  source:
    "faiss IndexIVFFlat: each list entry is the code and an 8-byte id; the coarse quantizer is a flat index of the centroids.",
});
