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

/** Fewer than ten units with a positive have no interval; samples that have ten by luck hold more than their world. */
it.each([
  ["a quarter of 24 cards, and scores that tell nothing", 0.25, 0.71],
  ["three in ten of 24 cards, and scores that tell nothing", 0.3, 0.85],
])("covers average precision less where chance alone brings ten positives: %s", (_, rate, said) => {
  const { covered, judged } = measureCoverage({ cards: 24, rate, apart: [0] }, 2500, createRandom(29));
  expect(judged).toBeGreaterThan(100);
  expect(Math.abs(covered.averagePrecision - said)).toBeLessThan(2.5 * Math.sqrt((said * (1 - said)) / judged));
});
