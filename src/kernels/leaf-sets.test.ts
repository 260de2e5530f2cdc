import { describe, expect, it } from "vitest";
import { CODES, type RandomSplits, randomTree } from "../../test/random-trees.ts";
import { createRandom, type Random } from "../core/random.ts";
import { createLeafSets } from "./leaf-sets.ts";
import { type ScoredTree, scoreRowScalar } from "./tree-scoring.scalar.ts";

function randomTrees(random: Random, count: number, splits: RandomSplits): ScoredTree[] {
  return Array.from({ length: count }, () => randomTree(random, splits));
}

/** Numbers at, just beside and between the thresholds, and what is no number; codes that are known, too large and missing. */
function randomRows(random: Random, rows: number, { width, thresholds, hasCodes = true }: RandomSplits): Float64Array {
  return Float64Array.from({ length: rows * width }, (_, at) => {
    if (random.below(8) === 0)
      return [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0][random.below(4)];
    if (hasCodes && at % width === width - 1) return random.below(CODES + 3) - 1;
    const near = thresholds[random.below(thresholds.length)];
    return near + [0, Number.EPSILON, -Number.EPSILON, 0.3][random.below(4)] * Math.abs(near);
  });
}

function scoresOf(trees: readonly ScoredTree[], rows: Float64Array, width: number, base: number): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, row) => scoreRowScalar(trees, base, rows, row * width));
}

/** A tree of one split. */
function stump(feature: number, threshold: number): ScoredTree {
  return {
    feature: Int32Array.of(feature, -1, -1),
    left: Int32Array.of(1, -1, -1),
    right: Int32Array.of(2, -1, -1),
    threshold: Float64Array.of(threshold, 0, 0),
    missingLeft: new Uint8Array(3),
    leftCodes: [null, null, null],
    value: Float64Array.of(0, 1, 2),
  };
}

const FEW = [-2.5, -1, 0, 1e-300, 0.5, Number.MAX_VALUE, Number.POSITIVE_INFINITY];
const MOST = Array.from({ length: 255 }, (_, at) => (at - 127) / 8);

describe("scoring by the leaves that splits rule out", () => {
  it.each([
    { leaves: 1, width: 2, thresholds: FEW },
    { leaves: 2, width: 1, thresholds: FEW, hasCodes: false },
    { leaves: 3, width: 1, thresholds: FEW },
    { leaves: 8, width: 3, thresholds: FEW },
    { leaves: 9, width: 3, thresholds: FEW },
    { leaves: 31, width: 6, thresholds: MOST },
    { leaves: 64, width: 2, thresholds: MOST },
    { leaves: 64, width: 40, thresholds: FEW },
    { leaves: 256, width: 12, thresholds: MOST },
  ])("gives the bits of the walk for any number of rows: $leaves leaves of $width features", (splits) => {
    const random = createRandom(7, `${splits.leaves} ${splits.width}`);
    const trees = randomTrees(random, 40, splits);
    const { width } = splits;
    const sets = createLeafSets(trees, width, 0.25);
    for (const count of [200, 1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 80, 81, 128, 130, 512, 513, 1500]) {
      const rows = randomRows(random, count, splits);
      expect(sets?.score(rows)).toEqual(scoresOf(trees, rows, width, 0.25));
    }
  });

  it("takes both zeros for one threshold, and tells a number from its neighbours", () => {
    const trees = [stump(0, -0), stump(0, 0), stump(0, Number.MIN_VALUE)];
    const rows = Float64Array.of(0, -0, Number.MIN_VALUE, -Number.MIN_VALUE, 2 * Number.MIN_VALUE, Number.NaN);
    expect([...(createLeafSets(trees, 1, 0)?.score(rows) ?? [])]).toEqual([3, 3, 5, 3, 6, 6]);
  });

  it("gives them for every number of rows up to 200", () => {
    const splits = { leaves: 31, width: 3, thresholds: MOST };
    const random = createRandom(9);
    const trees = randomTrees(random, 5, splits);
    const sets = createLeafSets(trees, 3, 0.25);
    for (let count = 0; count <= 200; count++) {
      const rows = randomRows(random, count, splits);
      expect(sets?.score(rows), `${count} rows`).toEqual(scoresOf(trees, rows, 3, 0.25));
    }
  });

  it("scores what just fits, and takes no trees of one more leaf or threshold, nor one that is no number", () => {
    const random = createRandom(8);
    const ofLeaves = (leaves: number) => [randomTree(random, { leaves, width: 2, thresholds: MOST })];
    const most = ofLeaves(256);
    const pairs = randomRows(random, 3000, { leaves: 256, width: 2, thresholds: MOST });
    expect(createLeafSets(most, 2, 0)?.score(pairs)).toEqual(scoresOf(most, pairs, 2, 0));
    expect(createLeafSets(ofLeaves(257), 2, 0)).toBeUndefined();
    const ofThresholds = (count: number) => Array.from({ length: count }, (_, at) => stump(0, at));
    const numbers = Float64Array.from({ length: 514 }, (_, at) => (at - 1) / 2);
    numbers[513] = Number.NaN;
    expect(createLeafSets(ofThresholds(255), 1, 0)?.score(numbers)).toEqual(scoresOf(ofThresholds(255), numbers, 1, 0));
    expect(createLeafSets(ofThresholds(256), 1, 0)).toBeUndefined();
    expect(createLeafSets([stump(0, Number.NaN)], 1, 0)).toBeUndefined();
  });

  it("reaches the last of as many columns as fit, and takes no trees of one more", () => {
    // One more column is nobody's.
    const width = 1023;
    const ofColumns = (count: number) => Array.from({ length: count }, (_, at) => stump(at, at));
    const rows = Float64Array.from({ length: 20 * width }, (_, at) => (at % width) + Math.floor(at / width) - 10);
    expect(createLeafSets(ofColumns(width), width, 0)?.score(rows)).toEqual(scoresOf(ofColumns(width), rows, width, 0));
    expect(createLeafSets(ofColumns(width + 1), width + 1, 0)).toBeUndefined();
  });
});
