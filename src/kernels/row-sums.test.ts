import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import type { KernelPath } from "./feature-probe.ts";
import { innerProductsScalar } from "./row-sums.scalar.ts";
import { createInnerProducts, createRowSums } from "./row-sums.ts";

const paths: KernelPath[] = ["simd", "scalar"];

function randomMatrix(rows: number, columns: number) {
  const random = createRandom(rows * 1000 + columns);
  return { values: Float32Array.from({ length: rows * columns }, () => random.normal()), columns };
}

describe.each(paths)("weighted sums of rows, %s", (path) => {
  it("says which path it took", () => {
    expect(createRowSums(randomMatrix(3, 4), path).path).toBe(path);
  });

  it("adds up in double precision in the order of the rows, for widths that fill no whole block", () => {
    for (const [rows, columns] of [
      [7, 1],
      [64, 16],
      [40, 17],
      [5, 100],
      [120, 1682],
    ]) {
      const matrix = randomMatrix(rows, columns);
      const random = createRandom(5);
      const chosen = Array.from({ length: rows }, (_, row) => row).filter(() => random.uniform() < 0.6);
      const weights = chosen.map(() => random.normal());
      const expected = Float32Array.from({ length: columns }, (_, column) =>
        chosen.reduce((sum, row, i) => sum + matrix.values[row * columns + column] * weights[i], 0),
      );
      const sums = createRowSums(matrix, path);
      expect(sums.sum(chosen, weights)).toEqual(expected);
      // Again, after a longer sum: nothing of the one before is left.
      expect(sums.sum([rows - 1], [2])).toEqual(
        matrix.values.slice((rows - 1) * columns).map((value) => Math.fround(2 * value)),
      );
      expect(sums.sum([], [])).toEqual(new Float32Array(columns));
    }
  });

  it("gives inner products with every row, the same bits as going through them one by one", () => {
    expect([...createInnerProducts({ values: Float32Array.of(1, 2, 3, 4, 5, 6), columns: 2 }, path)([10, 1])]).toEqual([
      12, 34, 56,
    ]);
    const rows = randomMatrix(333, 41);
    const random = createRandom(3);
    const vector = Float32Array.from({ length: 41 }, () => random.normal());
    expect(createInnerProducts(rows, path)(vector)).toEqual(innerProductsScalar(rows, vector));
  });

  it("gives the same where the row is lent, and fresh rows that stay what they are", () => {
    const matrix = randomMatrix(9, 21);
    const sums = createRowSums(matrix, path);
    const fresh = sums.sum([1, 4], [2, -1]);
    const kept = fresh.slice();
    expect(sums.sum([1, 4], [2, -1], true)).toEqual(kept);
    expect(sums.sum([3], [5], true)).toEqual(sums.sum([3], [5]));
    expect(fresh).toEqual(kept);
  });

  it("refuses a row that is not there", () => {
    const sums = createRowSums(randomMatrix(3, 4), path);
    expect(() => sums.sum([3], [1])).toThrow(/no row 3/u);
    expect(() => sums.sum([-1], [1])).toThrow(/no row -1/u);
    expect(() => createRowSums({ values: new Float32Array(7), columns: 2 }, path)).toThrow(/whole rows/u);
  });

  it("takes a matrix without columns", () => {
    expect(createRowSums({ values: new Float32Array(0), columns: 0 }, path).sum([], [])).toEqual(new Float32Array(0));
  });
});
