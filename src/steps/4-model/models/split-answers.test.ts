import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { childOf } from "../../../kernels/tree-scoring.scalar.ts";
import { openSplitAnswers } from "./split-answers.ts";
import { packTree, type Tree } from "./tree.ts";

const thresholds = fc.constantFrom(Number.NEGATIVE_INFINITY, -1, -0, 0, 0.5, 1, Number.POSITIVE_INFINITY);
const value = fc.oneof(thresholds, fc.double(), fc.constant(Number.NaN));
/** Feature 0 or 1 at most a number, or feature 2 one of some codes. */
const splits = fc.oneof(
  fc.record({ feature: fc.nat(1), threshold: thresholds, leftCodes: fc.constant(null), missingLeft: fc.boolean() }),
  fc.record({
    feature: fc.constant(2),
    threshold: fc.constant(0),
    leftCodes: fc.uniqueArray(fc.nat(3), { minLength: 1 }),
    missingLeft: fc.constant(false),
  }),
);
const stumps = splits.map((split): Tree => {
  const rest = { value: 0, gain: 0, rows: 1 };
  const leaf = { ...rest, feature: -1, threshold: 0, leftCodes: null, missingLeft: false, left: -1, right: -1 };
  return packTree([{ ...split, ...rest, left: 1, right: 2 }, leaf, leaf]);
});

describe("the answers to splits", () => {
  it("are where scoring sends the row, missing values and categories included", () => {
    const rows = fc.array(fc.tuple(value, value, fc.oneof(fc.nat(4), fc.constant(Number.NaN))), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(stumps), rows, (trees, values) => {
        const answers = openSplitAnswers(trees);
        for (const row of values) {
          answers.answer(row);
          for (const tree of trees) {
            expect(answers.goesLeft[answers.placeOf(tree, 0)]).toBe(childOf(tree, 0, row, 0) === 1 ? 1 : 0);
          }
        }
      }),
    );
  });

  it("stand once for a split that several trees have", () => {
    fc.assert(
      fc.property(stumps, (tree) => {
        expect(openSplitAnswers([tree, { ...tree }]).goesLeft.length).toBe(1);
      }),
    );
  });
});
