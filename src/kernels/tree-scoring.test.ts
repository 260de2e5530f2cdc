import { describe, expect, it } from "vitest";
import { CODES, randomTree } from "../../test/random-trees.ts";
import { createRandom, type Random } from "../core/random.ts";
import type { KernelPath } from "./feature-probe.ts";
import { createTreeScoring } from "./tree-scoring.ts";

const paths: KernelPath[] = ["simd", "scalar"];
const THRESHOLDS = [-1, 0, 0.5, Number.MAX_VALUE, Number.POSITIVE_INFINITY, 1e-300, -2.5];

function randomRows(random: Random, rows: number, width: number): Float64Array {
  const specials = [
    Number.NaN,
    0,
    -0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    0.5,
    -1,
    Number.MIN_VALUE,
    Number.MAX_VALUE,
  ];
  return Float64Array.from({ length: rows * width }, (_, at) => {
    if (at % width === width - 1) return random.below(CODES + 2) - 1;
    return random.below(3) === 0 ? specials[random.below(specials.length)] : 2 * random.normal();
  });
}

describe("tree scoring", () => {
  it("gives the same bits on both paths, for many rows and for one, with missing values, infinities and unseen codes", () => {
    const random = createRandom(2);
    for (const [treeCount, leaves, width, rows] of [
      [1, 1, 2, 3],
      [7, 2, 1, 20],
      [8, 31, 6, 100],
      [20, 9, 40, 5000],
      [3, 200, 300, 17],
      // Of more leaves than a byte numbers: they are walked.
      [5, 300, 20, 5000],
    ]) {
      const trees = Array.from({ length: treeCount }, () =>
        randomTree(random, { width, leaves, thresholds: THRESHOLDS }),
      );
      const values = randomRows(random, rows, width);
      const [kernel, twin] = paths.map((path) => createTreeScoring(trees, width, 0.25, path));
      expect([kernel.path, twin.path]).toEqual(paths);
      const scores = twin.scoreRows(values);
      expect(kernel.scoreRows(values)).toEqual(scores);
      for (let row = 0; row < Math.min(rows, 50); row++) {
        const one = values.subarray(row * width, (row + 1) * width);
        expect(kernel.scoreRow(one)).toBe(scores[row]);
        expect(twin.scoreRow(one)).toBe(scores[row]);
      }
    }
  });

  it.each(paths)("gives the base score when there are no trees, and nothing for no rows, %s", (path) => {
    const scoring = createTreeScoring([], 2, 1.5, path);
    expect([...scoring.scoreRows(Float64Array.of(1, 2, 3, 4))]).toEqual([1.5, 1.5]);
    expect(scoring.scoreRow(Float64Array.of(1, 2))).toBe(1.5);
    expect(scoring.scoreRows(new Float64Array(0)).length).toBe(0);
    expect(() => scoring.scoreRows(new Float64Array(3))).toThrow("3 numbers are no whole rows of 2");
  });
});
