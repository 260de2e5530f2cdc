import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../core/random.ts";
import type { KernelPath } from "./feature-probe.ts";
import type { ScoredTree } from "./tree-scoring.scalar.ts";
import { createTreeScoring } from "./tree-scoring.ts";

const paths: KernelPath[] = ["simd", "scalar"];
const CODES = 5;

/** A tree with random splits on `width` features, the last of them categorical. */
function randomTree(random: Random, width: number, leaves: number): ScoredTree {
  const feature = [-1];
  const [left, right] = [[-1], [-1]];
  const open = [0];
  while (open.length < leaves) {
    const node = open.splice(random.below(open.length), 1)[0];
    feature[node] = random.below(width);
    for (const side of [left, right]) {
      side[node] = feature.length;
      open.push(feature.length);
      feature.push(-1);
      left.push(-1);
      right.push(-1);
    }
  }
  const thresholds = [-1, 0, 0.5, Number.MAX_VALUE, Number.POSITIVE_INFINITY, 1e-300, -2.5];
  return {
    feature: Int32Array.from(feature),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    threshold: Float64Array.from(feature, () => thresholds[random.below(thresholds.length)]),
    missingLeft: Uint8Array.from(feature, () => random.below(2)),
    leftCodes: feature.map((one) => (one === width - 1 ? [random.below(CODES), random.below(CODES)] : null)),
    value: Float64Array.from(feature, () => random.normal()),
  };
}

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
      const trees = Array.from({ length: treeCount }, () => randomTree(random, width, leaves));
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
