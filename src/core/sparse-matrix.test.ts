import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sparseFromEntries, sparseRow, transpose } from "./sparse-matrix.ts";

const entries = fc.array(fc.tuple(fc.nat(6), fc.nat(8), fc.integer({ min: 1, max: 5 })), { maxLength: 60 });

function build(list: readonly (readonly [number, number, number])[]) {
  const column = (at: 0 | 1 | 2) => list.map((entry) => entry[at]);
  return sparseFromEntries(7, 9, column(0), column(1), column(2));
}

function dense(matrix: ReturnType<typeof build>): number[][] {
  const full = Array.from({ length: matrix.rows }, () => new Array<number>(matrix.columns).fill(0));
  for (let r = 0; r < matrix.rows; r++) {
    const { indices, values } = sparseRow(matrix, r);
    indices.forEach((column, at) => {
      full[r][column] += values[at];
    });
  }
  return full;
}

describe("a sparse matrix", () => {
  it("holds the sum of the entries at every place, with each row's columns ascending and distinct", () => {
    fc.assert(
      fc.property(entries, (list) => {
        const matrix = build(list);
        const expected = Array.from({ length: 7 }, () => new Array<number>(9).fill(0));
        for (const [row, column, value] of list) expected[row][column] += value;
        expect(dense(matrix)).toEqual(expected);
        for (let r = 0; r < 7; r++) {
          const { indices } = sparseRow(matrix, r);
          indices.forEach((column, at) => {
            if (at > 0) expect(column).toBeGreaterThan(indices[at - 1]);
          });
        }
      }),
    );
  });

  it("turned twice is itself, and turned once has rows and columns exchanged", () => {
    fc.assert(
      fc.property(entries, (list) => {
        const matrix = build(list);
        const turned = transpose(matrix);
        const original = dense(matrix);
        expect(dense(turned)).toEqual(original[0].map((_, column) => original.map((row) => row[column])));
        expect(transpose(turned)).toEqual(matrix);
      }),
    );
  });

  it("refuses an entry outside itself", () => {
    expect(() => sparseFromEntries(2, 2, [0, 2], [0, 0], [1, 1])).toThrow("entry 1 is at (2, 0), outside 2 x 2");
  });
});
