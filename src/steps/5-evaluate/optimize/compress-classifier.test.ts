import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { leafRounding } from "../../4-model/models/compact-trees.ts";
import { trainTrees } from "../../4-model/models/gradient-boosted-trees.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import { averagePrecision } from "../metrics/average-precision.ts";
import { describeRounding, prunedClassifier, quantizedClassifier, wholeClassifier } from "./compress-classifier.ts";

const random = createRandom(12);
const ROWS = 1200;
// Whole numbers: no value lies between a threshold and its rounded one.
const amount = Float64Array.from({ length: ROWS }, () => random.below(500));
const visits = Float64Array.from({ length: ROWS }, () => random.below(40));
const rows = createTable({ amount, visits });
const labels = amount.map((one, row) => Number(one > 300 && visits[row] < 10 && random.uniform() < 0.8));
const { model } = unwrap(
  await trainTrees({ features: rows, labels }, { objective: "log-loss", trees: 20, leaves: 8 }, { random }),
);
const scores = createTreesScorer(model).margins(rows);
const whole = wholeClassifier("scoring", [model, model], [rows, rows], [scores, scores]);

describe("smaller trees", () => {
  it.each(["int8", "float16"] as const)("keep scores within the stated bound in %s, in fewer bytes", (precision) => {
    const small = quantizedClassifier("small", [model, model], precision, [rows, rows]);
    const bound = leafRounding(model, precision);
    const largest = Math.max(...scores.map((score, row) => Math.abs(score - small.scores[1][row])));
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThanOrEqual(1.0001 * bound);
    expect(small.bytes).toBeLessThan(whole.bytes);
    const words = describeRounding(model, precision, scores, small.scores[1], { cases: "payments" });
    expect(words).toContain("0 of 1,200 test payments moved further");
  });

  it("count what moved further than the bound", () => {
    const moved = scores.map((score, row) => (row < 3 ? score + 1 : score));
    expect(describeRounding(model, "float16", scores, moved, { cases: "payments" })).toContain("3 of 1,200");
  });

  it("are the trees themselves where all leaves are kept, and cost bytes and precision where few are", () => {
    const all = prunedClassifier("all", [model, model], 1, [rows, rows]);
    expect(all.scores).toEqual(whole.scores);
    expect(all.bytes).toBe(whole.bytes);
    const few = prunedClassifier("few", [model, model], 0.2, [rows, rows]);
    expect(few.bytes).toBeLessThan(0.4 * whole.bytes);
    expect(averagePrecision(labels, few.scores[1])).toBeLessThanOrEqual(averagePrecision(labels, scores));
    few.serve(5);
  });
});
