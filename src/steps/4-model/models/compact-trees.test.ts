import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { compactTrees, expandTrees, type LeafPrecision } from "./compact-trees.ts";
import { trainTrees } from "./gradient-boosted-trees.ts";
import { decodeHalf, encodeHalf } from "./half-precision.ts";
import { countLeaves } from "./tree.ts";
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

describe.each<[LeafPrecision, (largest: number) => number]>([
  ["int8", (largest) => largest / 127 / 2],
  ["float16", (largest) => largest * 2 ** -11],
  ["float32", (largest) => largest * 2 ** -24],
])("compact trees with %s leaves", (precision, step) => {
  const compact = compactTrees(model, precision);

  it("score as the model does, up to the rounding of the leaves", () => {
    const rounded = createTreesScorer(expandTrees(compact)).margins(table);
    const bound = model.trees.reduce((sum, tree) => sum + 1.0001 * step(Math.max(...tree.value.map(Math.abs))), 0);
    for (let row = 0; row < ROWS; row++) expect(Math.abs(rounded[row] - margins[row])).toBeLessThan(bound);
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
