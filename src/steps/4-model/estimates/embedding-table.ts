/** The memory of an embedding table, alone and while it is trained. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Arithmetic: rows x dim x bytes; Adam (Kingma and Ba 2015) keeps two moments, row-wise Adagrad one number per row. */
export const embeddingTable = defineEstimate({
  name: "embedding-table",
  step: 4,
  summary: "the memory of an embedding table, alone and while it is trained",
  inputs: {
    rows: { kind: "count", about: "rows: one per user, item or token", example: "200M" },
    dim: { kind: "count", about: "components of each vector", example: "64" },
    component: { kind: "size", about: "bytes per component", default: "4 B" },
  },
  formula: `
    weights = rows * dim * component  # what serving holds
    with_adam = weights + 2 * rows * dim * 4 B  # two more 32-bit copies, the moments
    with_rowwise_adagrad = weights + rows * 4 B  # one 32-bit sum per row
  `,
  answer: "weights",
  source:
    "Arithmetic: rows x dim x bytes; Adam (Kingma and Ba 2015) keeps two moments, row-wise Adagrad one number per row.",
});
