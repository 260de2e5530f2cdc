/** The two-tower network on MovieLens 100k, one thread, beside implicit ALS; and its matrix product beside plain typed arrays. */

import { createRandom } from "../src/core/random.ts";
import type { SparseMatrix } from "../src/core/sparse-matrix.ts";
import { createMatrixSpace } from "../src/kernels/matrix-product.ts";
import { als } from "../src/steps/4-model/models/als.ts";
import { twoTower } from "../src/steps/4-model/models/two-tower.ts";
import { type Benchmark, timed } from "./benchmark.ts";
import { movielens } from "./movielens.ts";

export const benchmark: Benchmark = {
  name: "two-tower",
  about:
    "products of 400 x 64 and 64 x 32 matrices, and training on 80,000 ratings of MovieLens 100k without attributes, one thread",
  async *cases() {
    yield {
      case: "matrix product",
      unit: "multiplications/s",
      peerName: "plain typed arrays, four terms at a time",
      ours: () => rate(kernelProduct(), 4000),
      peer: () => rate(plainProduct(), 400),
    };
    const all = movielens(() => 1);
    if (all === undefined) return;
    const interactions = firstMembers(all, 80_000);
    yield {
      case: "training, 10 epochs of 80,000 ratings",
      unit: "s",
      peerName: "implicit ALS, 15 iterations",
      runs: 3,
      target: "<= 6 s",
      ours: () => timed(() => twoTower.fit({ interactions }, twoTower.defaults, { random: createRandom(1) })),
      peer: () => timed(() => als.fit({ interactions }, als.defaults, { random: createRandom(1) })),
    };
  },
};

/** The first members, as many as have no more than `entries` between them. */
function firstMembers({ columns, indptr, indices, values }: SparseMatrix, entries: number): SparseMatrix {
  const rows = indptr.findLastIndex((end) => end <= entries);
  const end = indptr[rows];
  return {
    rows,
    columns,
    indptr: indptr.subarray(0, rows + 1),
    indices: indices.subarray(0, end),
    values: values.subarray(0, end),
  };
}

const ROWS = 400;
const INNER = 64;
const COLUMNS = 32;
const LENGTHS = [ROWS * INNER, INNER * COLUMNS, ROWS * COLUMNS];

async function rate(multiply: () => void, times: number): Promise<number> {
  const seconds = await timed(() => {
    for (let i = 0; i < times; i++) multiply();
  });
  return (times * ROWS * INNER * COLUMNS) / seconds;
}

function kernelProduct(): () => void {
  const space = createMatrixSpace(LENGTHS);
  const [a, b, c] = space.arrays;
  a.fill(0.5);
  b.fill(0.3);
  return () => space.multiply({ a, b, c, rows: ROWS, inner: INNER, columns: COLUMNS });
}

/** The best that was found without a kernel: four terms of a row's sums at a time. */
function plainProduct(): () => void {
  const [a, b, c] = LENGTHS.map((length) => new Float32Array(length).fill(0.3));
  return () => {
    c.fill(0);
    for (let i = 0; i < ROWS; i++) {
      for (let p = 0; p < INNER; p += 4) {
        const at = i * INNER + p;
        const a0 = a[at];
        const a1 = a[at + 1];
        const a2 = a[at + 2];
        const a3 = a[at + 3];
        const from = p * COLUMNS;
        for (let j = 0; j < COLUMNS; j++)
          c[i * COLUMNS + j] +=
            a0 * b[from + j] +
            a1 * b[from + COLUMNS + j] +
            a2 * b[from + 2 * COLUMNS + j] +
            a3 * b[from + 3 * COLUMNS + j];
      }
    }
  };
}
