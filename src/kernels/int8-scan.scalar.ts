/** The scalar twin of the 8-bit scan: the same integers, multiplied and added one by one. */

import type { TopLists } from "./top-list.ts";

/** Rows of 8-bit integers: number d of row r stands for `values[r * dimensions + d] * scales[r]`. */
export interface Int8Rows {
  readonly dimensions: number;
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/** Queries as 16-bit integers: number d of query q stands for `values[q * dimensions + d] * scales[q]`. */
export interface Int16Queries {
  readonly values: Int16Array;
  readonly scales: Float32Array;
}

/** Fills the lists with each query's best rows; of equal scores the smaller row number first. */
export function scanInt8Scalar({ values, scales, dimensions }: Int8Rows, queries: Int16Queries, lists: TopLists): void {
  const count = scales.length;
  const scores = new Float32Array(count);
  for (let query = 0; query < queries.scales.length; query++) {
    for (let row = 0; row < count; row++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) sum += values[row * dimensions + d] * queries.values[query * dimensions + d];
      scores[row] = Math.fround(sum) * scales[row];
    }
    const order = Int32Array.from({ length: count }, (_, row) => row).sort((a, b) => scores[b] - scores[a] || a - b);
    for (let place = 0; place < Math.min(lists.k, count); place++) {
      lists.rows[query * lists.k + place] = order[place];
      lists.scores[query * lists.k + place] = scores[order[place]] * queries.scales[query];
    }
  }
}
