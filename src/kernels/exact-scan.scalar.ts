/** The scalar twin of the exact scan: score every row, sort, keep k. */

import { createTopLists, type TopLists } from "./top-list.ts";

/** The k rows of largest inner product for each query; of equal scores the smaller row number first. */
export function scanScalar(vectors: Float32Array, dimensions: number, queries: Float32Array, k: number): TopLists {
  const count = vectors.length / dimensions;
  const lists = createTopLists(queries.length / dimensions, k);
  const scores = new Float32Array(count);
  for (let query = 0; query * dimensions < queries.length; query++) {
    for (let row = 0; row < count; row++) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) sum += vectors[row * dimensions + d] * queries[query * dimensions + d];
      scores[row] = sum;
    }
    const order = Int32Array.from({ length: count }, (_, row) => row).sort((a, b) => scores[b] - scores[a] || a - b);
    for (let place = 0; place < Math.min(k, count); place++) {
      lists.rows[query * k + place] = order[place];
      lists.scores[query * k + place] = scores[order[place]];
    }
  }
  return lists;
}
