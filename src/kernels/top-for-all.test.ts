import { afterAll, describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { sparseFromEntries, sparseRow } from "../core/sparse-matrix.ts";
import { createKernelPool } from "../node/kernel-pool.ts";
import type { KernelPath } from "./feature-probe.ts";
import type { TopForAllProblem } from "./top-for-all.scalar.ts";
import { topForAll } from "./top-for-all.ts";

const paths: KernelPath[] = ["simd", "scalar"];

/** Columns of very different lengths, as popular and rare titles are. */
function problemOf(rows: number, columns: number, factors: number, k: number): TopForAllProblem {
  const random = createRandom(rows + columns);
  const draw = (n: number) => Int32Array.from({ length: 5 * rows }, () => random.below(n));
  return {
    factors,
    k,
    rows: Float32Array.from({ length: rows * factors }, () => random.normal()),
    columns: Float32Array.from(
      { length: columns * factors },
      (_, at) => random.normal() / (1 + Math.floor(at / factors) ** 0.5),
    ),
    seen: sparseFromEntries(rows, columns, draw(rows), draw(columns), new Float32Array(5 * rows).fill(1)),
  };
}

describe.each(paths)("the best for every row, %s", (path) => {
  it.each([
    [30, 101, 16, 10],
    [700, 40, 6, 7],
    [5, 3, 2, 3],
  ])(
    "are the unseen columns with the largest inner products (%d x %d, %d factors, %d best)",
    async (rows, columns, factors, k) => {
      const problem = problemOf(rows, columns, factors, k);
      const lists = await topForAll({ ...problem, path });
      for (let row = 0; row < rows; row++) {
        const seen = new Set(sparseRow(problem.seen, row).indices);
        const scores = Array.from({ length: columns }, (_, column) => {
          let sum = 0;
          for (let d = 0; d < factors; d++)
            sum += problem.rows[row * factors + d] * problem.columns[column * factors + d];
          return seen.has(column) ? Number.NEGATIVE_INFINITY : sum;
        });
        const best = [...scores].sort((a, b) => b - a);
        const listed = [...lists.rows.subarray(row * k, (row + 1) * k)];
        listed.forEach((column, place) => {
          if (best[place] === Number.NEGATIVE_INFINITY) expect(column).toBe(-1);
          else expect(Math.abs(scores[column] - best[place])).toBeLessThan(1e-5);
          expect(Math.abs(lists.scores[row * k + place] - best[place]) < 1e-5 || column === -1).toBe(true);
        });
        const real = listed.filter((column) => column >= 0);
        expect(new Set(real).size).toBe(real.length);
      }
    },
  );

  it("are the smaller numbers where scores are equal, also when all are zero", async () => {
    const seen = sparseFromEntries(1, 9, [0], [1], [1]);
    const equal = { factors: 4, k: 3, seen, path, rows: new Float32Array(4), columns: new Float32Array(36).fill(1) };
    expect([...(await topForAll(equal)).rows]).toEqual([0, 2, 3]);
  });

  it("are none where there are no columns, and nothing where there are no rows", async () => {
    const empty = { factors: 4, k: 2, path, columns: new Float32Array(0) };
    const one = await topForAll({ ...empty, rows: new Float32Array(4), seen: sparseFromEntries(1, 0, [], [], []) });
    expect([...one.rows]).toEqual([-1, -1]);
    const none = await topForAll({ ...empty, rows: new Float32Array(0), seen: sparseFromEntries(0, 0, [], [], []) });
    expect(none.rows.length).toBe(0);
  });
});

describe("the best for every row", () => {
  const pool = createKernelPool(2);
  afterAll(() => pool.close());

  it("are the same on two threads", async () => {
    const problem = problemOf(2000, 300, 16, 10);
    expect(await topForAll({ ...problem, pool })).toEqual(await topForAll(problem));
  });
});
