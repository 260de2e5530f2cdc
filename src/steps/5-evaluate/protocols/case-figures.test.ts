import { expect, it } from "vitest";

import { measureFigures, measureNames } from "./case-figures.ts";
import { NO_BUDGET } from "./unit-bootstrap.ts";

const WORDS = { units: "cards", positives: "frauds" };

it.each([
  [0.9, true],
  [0.5, false],
  [0.31, false],
])("an AUC ROC of %d is said to flatter only above chance", (aucRoc, flatters) => {
  const value = { averagePrecision: 0.02, aucRoc, unitPrecision: Number.NaN, budgetRecall: Number.NaN };
  const measured = { subject: "trees", value, draws: [], support: 3 };
  const figures = measureFigures(measured, measureNames(NO_BUDGET, WORDS));
  expect(figures.find(({ name }) => name === "auc roc")?.note?.includes("flatters")).toBe(flatters);
});
