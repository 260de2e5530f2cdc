import { expect, test } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { aucRoc } from "./auc-roc.ts";
import { measureScores } from "./measure-scores.ts";
import { parseMetric } from "./parse-metric.ts";

const Y = [1, 0, 1, 0];
const P = [0.9, 0.2, 0.4, 0.6];

function failureOf(name: string, labels: readonly number[], scores: readonly number[]): string {
  const outcome = measureScores(unwrap(parseMetric(name)), labels, scores);
  return outcome.ok ? "" : outcome.failure.message;
}

test("measures by name, with the variant and the cutoff that the name carries", () => {
  expect(unwrap(measureScores(unwrap(parseMetric("AUC")), Y, P))).toBe(aucRoc(Y, P));
  expect(unwrap(measureScores(unwrap(parseMetric("budget precision@2")), Y, P))).toBe(0.5);
  expect(unwrap(measureScores(unwrap(parseMetric("log loss by 1e-7")), Y, [1, 0, 1, 1]))).toBeCloseTo(
    -Math.log(1e-7) / 4,
    6,
  );
});

test("says why there is no number", () => {
  expect(failureOf("auc roc", Y, [0.1, 0.2, Number.NaN, 0.3])).toContain("row 2 is NaN");
  expect(failureOf("auc roc", [1, 0, 3, 0], P)).toContain("row 2 is 3");
  expect(failureOf("auc roc", [1, 1, 1, 1], P)).toContain("both classes");
  expect(failureOf("average precision", [], [])).toContain("no rows");
  expect(failureOf("log loss", Y, [0.9, 0.2, 1.4, 0.6])).toContain("row 2 is 1.4");
  expect(failureOf("auc roc", Y, [0.1])).toContain("4 labels, but 1 scores");
  expect(failureOf("ndcg@10", Y, P)).toContain("over requests");
});
