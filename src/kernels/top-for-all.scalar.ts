/** The scalar twin of recommending for all rows: score every column, drop the seen, sort, keep k. */

import { type SparseMatrix, sparseRow } from "../core/sparse-matrix.ts";
import type { KernelPath } from "./feature-probe.ts";
import type { KernelPool } from "./pool.ts";
import { createTopLists, type TopLists } from "./top-list.ts";

export interface TopForAllProblem {
  readonly factors: number;
  /** Rows x factors, row by row. */
  readonly rows: Float32Array;
  /** Columns x factors, row by row. */
  readonly columns: Float32Array;
  /** Rows x columns: entries that a row is not to be given again. */
  readonly seen: SparseMatrix;
  readonly k: number;
  readonly pool?: KernelPool;
  readonly path?: KernelPath;
}

/** Each row's k unseen columns of largest inner product; of equal scores the smaller number first. */
export function topForAllScalar({ rows, columns, factors, seen, k }: TopForAllProblem): TopLists {
  const total = rows.length / factors;
  const count = columns.length / factors;
  const lists = createTopLists(total, k);
  const scores = new Float32Array(count);
  for (let row = 0; row < total; row++) {
    for (let column = 0; column < count; column++) {
      let sum = 0;
      for (let d = 0; d < factors; d++) sum += rows[row * factors + d] * columns[column * factors + d];
      scores[column] = sum;
    }
    const known = new Set(sparseRow(seen, row).indices);
    const open = Array.from({ length: count }, (_, column) => column).filter((column) => !known.has(column));
    const best = open.sort((a, b) => scores[b] - scores[a] || a - b).slice(0, k);
    best.forEach((column, place) => {
      lists.rows[row * k + place] = column;
      lists.scores[row * k + place] = scores[column];
    });
  }
  return lists;
}
