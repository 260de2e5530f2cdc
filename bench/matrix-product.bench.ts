/** Products of float32 matrices in the six shapes of a small residual network, one thread, packing included, beside the kernel in place. */

import { createRandom } from "../src/core/random.ts";
import { createMatrixSpace, panelNumbers } from "../src/kernels/matrix-product.ts";
import { type Benchmark, timed } from "./benchmark.ts";

/** Filters x (channels x 9) x places: one photo of 64 px through the blocks of a network of width 24, and a square. */
const SHAPES: readonly (readonly [rows: number, inner: number, columns: number])[] = [
  [512, 512, 512],
  [24, 216, 1024],
  [48, 432, 256],
  [96, 864, 64],
  [192, 1728, 256],
  [192, 1728, 16],
];
/** Products a measurement: about a tenth of a second. */
const WORK = 2e9;

export const benchmark: Benchmark = {
  name: "matrix-product",
  about: "C = A B in float32, one thread, packing included, beside today's kernel in place; the aim is 22 GFLOP/s",
  *cases() {
    for (const [rows, inner, columns] of SHAPES) {
      const packed = prepare(rows, inner, columns, panelNumbers(rows, inner, columns));
      const inPlace = prepare(rows, inner, columns, 0);
      yield {
        case: `${rows} x ${inner} x ${columns}`,
        unit: "GFLOP/s",
        peerName: "in place",
        target: ">= 22 GFLOP/s",
        ours: packed,
        peer: inPlace,
      };
    }
  },
};

function prepare(rows: number, inner: number, columns: number, panels: number): () => Promise<number> {
  const space = createMatrixSpace([rows * inner, inner * columns, rows * columns], undefined, panels);
  const [a, b, c] = space.arrays;
  const random = createRandom(1);
  for (const array of [a, b]) for (let i = 0; i < array.length; i++) array[i] = random.normal();
  const work = 2 * rows * inner * columns;
  const times = Math.ceil(WORK / work);
  return async () => {
    // The fastest single product: a busy neighbour only ever makes one slower.
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < times; i++) {
      const seconds = await timed(() => space.multiply({ a, b, c, rows, inner, columns }));
      best = Math.min(best, seconds);
    }
    return work / best / 1e9;
  };
}
