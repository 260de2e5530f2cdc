/** The size of an unstructured sparse matrix, and the density below which it pays. */

import { defineEstimate } from "../../../estimate/define.ts";

/** Compressed sparse rows: values and column indexes, and a start per row. */
export const csrPruning = defineEstimate({
  name: "csr-pruning",
  step: 5,
  summary: "the size of an unstructured sparse matrix, and the density below which it pays",
  inputs: {
    rows: { kind: "count", about: "rows", example: "4096" },
    columns: { kind: "count", about: "columns", example: "4096" },
    density: { kind: "share", about: "share of weights kept", example: "25%" },
    component: { kind: "size", about: "bytes per value", default: "2 B" },
    index: { kind: "size", about: "bytes per index", default: "4 B" },
  },
  formula: `
    dense = rows * columns * component
    sparse = rows * columns * density * (component + index) + (rows + 1) * index  # values, columns, row starts
    break_even = (rows * columns * component - (rows + 1) * index) / (rows * columns * (component + index)) -> %
  `,
  answer: "sparse",
  checks: [
    { holds: "rows * columns > 0", otherwise: "a matrix has rows and columns" },
    { holds: "component > 0 B", otherwise: "weights have at least a bit" },
  ],
  source: "Compressed sparse rows: values and column indexes, and a start per row.",
});
