import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { childOf } from "../../../kernels/tree-scoring.scalar.ts";
import { compactTrees, expandTrees, leafRounding, type TreesPrecision } from "./compact-trees.ts";
import { trainTrees } from "./gradient-boosted-trees.ts";
import { decodeHalf, encodeHalf } from "./half-precision.ts";
import { countLeaves, type Tree } from "./tree.ts";
import { encodeRows } from "./trees-model.ts";
import { createTreesScorer } from "./trees-scorer.ts";

const random = createRandom(6);
const ROWS = 1500;
const table = createTable({
  a: Float32Array.from({ length: ROWS }, () => random.normal()),
  b: Float32Array.from({ length: ROWS }, () => (random.uniform() < 0.2 ? Number.NaN : random.normal())),
  c: Array.from({ length: ROWS }, () => ["red", "green", "blue", "grey"][random.below(4)]),
});
const labels = Float64Array.from({ length: ROWS }, () => random.below(2));
const options = { objective: "log-loss" as const, trees: 40, minRowsPerCategory: 2 };
const { model } = unwrap(await trainTrees({ features: table, labels }, options, { random }));
const margins = createTreesScorer(model).margins(table);
const leaves = model.trees.reduce((sum, tree) => sum + countLeaves(tree), 0);

/** Whether a row goes the same way down both trees, which have one shape. */
function sameBranches(one: Tree, other: Tree, values: Float64Array, node = 0, twin = 0): boolean {
  if (one.feature[node] < 0) return true;
  const [next, nextTwin] = [childOf(one, node, values, 0), childOf(other, twin, values, 0)];
  const isSame = (next === one.left[node]) === (nextTwin === other.left[twin]);
  return isSame && sameBranches(one, other, values, next, nextTwin);
}

function leafRange({ feature, value }: Tree): number {
  const leaf = [...value].filter((_, node) => feature[node] < 0);
  return Math.max(...leaf) - Math.min(...leaf);
}

describe.each<[TreesPrecision, number]>([
  ["int8", 1 / 127 / 2],
  ["float16", 2 ** -11],
  ["float32", 2 ** -24],
])("compact trees in %s", (precision, step) => {
  const compact = compactTrees(model, precision);
  const expanded = expandTrees(compact);

  it("move a margin by no more than the rounding of the leaves, and where a branch changes by that tree's range", () => {
    const rounded = createTreesScorer(expanded).margins(table);
    const bound = leafRounding(model, precision);
    let moved = 0;
    for (let row = 0; row < ROWS; row++) {
      const values = encodeRows(model, table, row, row + 1);
      const others = model.trees.filter((tree, at) => !sameBranches(tree, expanded.trees[at], values));
      const branches = others.reduce((sum, tree) => sum + 1.01 * leafRange(tree), 0);
      expect(Math.abs(rounded[row] - margins[row])).toBeLessThan(1.0001 * bound + branches);
      if (others.length > 0) moved++;
    }
    if (precision === "float32") expect(moved).toBe(0);
    else expect(moved).toBeLessThan(0.1 * ROWS);
  });

  it("have a bound that is half a step of each tree's largest leaf", () => {
    const largest = model.trees.map(({ feature, value }) =>
      Math.max(...[...value].filter((_, node) => feature[node] < 0).map(Math.abs)),
    );
    expect(leafRounding(model, precision)).toBeCloseTo(step * largest.reduce((sum, one) => sum + one, 0), 9);
  });

  it("give the same bytes when they are made again from what they hold", () => {
    expect(compactTrees(expandTrees(compact), precision)).toEqual(compact);
  });
});

it("compact trees with int8 leaves take less than four bytes a node, the tables apart", () => {
  const compact = compactTrees(model, "int8");
  const tables = compact.thresholds.reduce((sum, one) => sum + one.byteLength, 0);
  expect(compact.bytes - tables).toBeLessThan(4 * (2 * leaves - model.trees.length));
});

it("compact trees keep float32 thresholds of a feature whose thresholds no half can hold", () => {
  const far = {
    ...model,
    trees: model.trees.map((tree) => ({ ...tree, threshold: tree.threshold.map((one) => 1e6 * one) })),
  };
  const [ofA, ofB] = compactTrees(far, "int8").thresholds;
  expect([ofA, ofB].every((stored) => stored instanceof Float32Array)).toBe(true);
  expect(compactTrees(model, "int8").thresholds[0]).toBeInstanceOf(Uint16Array);
});

describe("half precision", () => {
  it("gives back every half there is", () => {
    for (let bits = 0; bits < 65_536; bits++) {
      const value = decodeHalf(bits);
      if (Number.isNaN(value)) expect(decodeHalf(encodeHalf(value))).toBeNaN();
      else if (encodeHalf(value) !== bits) throw new Error(`half ${bits} became ${encodeHalf(value)}`);
    }
  });

  it("rounds to the nearest half, ties to the even one", () => {
    expect(decodeHalf(encodeHalf(1 + 2 ** -11))).toBe(1);
    expect(decodeHalf(encodeHalf(1 + 3 * 2 ** -11))).toBe(1 + 2 ** -9);
    expect(decodeHalf(encodeHalf(65_519.9))).toBe(65_504);
    expect(decodeHalf(encodeHalf(65_520))).toBe(Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(fc.double({ min: -60_000, max: 60_000, noNaN: true }), (value) => {
        const error = Math.abs(decodeHalf(encodeHalf(value)) - value);
        expect(error).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25));
      }),
    );
  });
});
