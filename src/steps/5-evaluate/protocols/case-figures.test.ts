import { expect, it } from "vitest";

import { measureFigures, measureNames } from "./case-figures.ts";
import { NO_BUDGET } from "./unit-bootstrap.ts";

const WORDS = { units: "cards", positives: "frauds" };

it.each([
  ["where it is far above chance and of average precision, and positives are rare", 0.9, 0.02, 0.005, 50, true],
  ["not below chance", 0.31, 0.02, 0.005, 50, false],
  ["not where its interval holds chance", 0.565, 0.02, 0.005, 50, false],
  ["not where no interval can be given", 0.9, 0.02, 0.005, 3, false],
  ["not beside an average precision as good as it", 0.9, 0.8, 0.005, 50, false],
  ["not where false alarms at 1% are fewer than positives", 0.9, 0.02, 0.02, 50, false],
])("an AUC ROC is said to flatter %s", (_, aucRoc, averagePrecision, base, support, flatters) => {
  const around = (at: number): number => aucRoc + (((at * 37) % 101) - 50) / 500;
  const value = { averagePrecision, aucRoc, unitPrecision: Number.NaN, budgetRecall: Number.NaN };
  const draws = Array.from({ length: 300 }, (_each, at) => ({ ...value, aucRoc: Math.min(0.999, around(at)) }));
  const figures = measureFigures({ subject: "trees", value, draws, support, base }, measureNames(NO_BUDGET, WORDS));
  expect(figures.find(({ name }) => name === "auc roc")?.note?.includes("flatters")).toBe(flatters);
});
