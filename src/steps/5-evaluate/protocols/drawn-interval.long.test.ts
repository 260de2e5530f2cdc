import { expect, it } from "vitest";
import { differenceCoverage, measureCoverage } from "../../../../test/scored-simulations.ts";
import { createRandom } from "../../../core/random.ts";

it.each([
  [3, 60, 0.3],
  [4.5, 60, 0.3],
  [4.5, 400, 0.2],
  [6, 30, 0.5],
])(
  "covers average precision and AUC also near 1: %d apart, %i cards, a share of %d with a fraud",
  (apart, cards, rate) => {
    const { covered, judged } = measureCoverage({ cards, rate, apart: [apart] }, 400, createRandom(17));
    for (const share of Object.values(covered)) expect(share).toBeGreaterThan(0.935 - 2 * Math.sqrt(0.0475 / judged));
  },
);

it.each([
  ["of two like models", 30, 0.5, 4, 4],
  ["of two unlike models", 30, 0.5, 3, 2.5],
  ["of more cards", 80, 0.5, 2, 1.5],
])("covers the difference of two models in nine of ten cases at least: %s", (_, cards, rate, first, second) => {
  const { covered, judged } = differenceCoverage({ cards, rate, apart: [first, second] }, 300, createRandom(43));
  for (const share of Object.values(covered)) expect(share).toBeGreaterThan(0.9 - 2 * Math.sqrt(0.09 / judged));
});
