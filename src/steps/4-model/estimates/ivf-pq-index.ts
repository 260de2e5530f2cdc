/** The memory of an inverted-file index with product-quantized codes. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Jegou, Douze and Schmid 2011; faiss IndexIVFPQ.cpp (precomputed_table_max_bytes = 2 GiB). */
export const ivfPqIndex = defineEstimate({
  name: "ivf-pq-index",
  step: 4,
  summary: "the memory of an inverted-file index with product-quantized codes",
  inputs: {
    vectors: { kind: "count", about: "vectors", example: "100M" },
    dim: { kind: "count", about: "components of each vector", example: "768" },
    lists: { kind: "count", about: "inverted lists", example: "65536" },
    subvectors: { kind: "count", about: "sub-quantizers, m", example: "96" },
    bits: { kind: "count", about: "bits per sub-quantizer", default: "8" },
    id: { kind: "size", about: "bytes of an id", default: "8 B" },
  },
  formula: `
    code = ceil(subvectors * bits / 8) * 1 B -> B
    vector_size = code + id -> B
    entries = vectors * vector_size
    centroids = lists * dim * 4 B
    codebook = 2^bits * dim * 4 B  # each sub-book has dim/m columns, so m cancels
    total = entries + centroids + codebook
    compression = dim * 4 B / code -> x  # of float32 vectors, ids left out
    residual_table = lists * subvectors * 2^bits * 4 B  # faiss may hold it for L2
    residual_limit = 2 GiB  # unless it is larger than this
    with_residual_table = if(residual_table <= residual_limit, total + residual_table, total)
  `,
  answer: "total",
  checks: [
    { holds: "bits >= 1", otherwise: "a code has at least one bit" },
    { holds: "bits <= 16", otherwise: "a codebook of more than 16 bits cannot be trained" },
    { holds: "subvectors >= 1", otherwise: "at least one sub-quantizer is needed" },
  ],
  source: "Jegou, Douze and Schmid 2011; faiss IndexIVFPQ.cpp (precomputed_table_max_bytes = 2 GiB).",
});
