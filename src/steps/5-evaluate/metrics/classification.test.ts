import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { aucRoc, aucRocOf } from "./auc-roc.ts";
import { averagePrecision, averagePrecisionOf, precisionRecallTrapezoid } from "./average-precision.ts";
import { brierScore } from "./brier.ts";
import { atBudget } from "./budget-precision.ts";
import { calibrationBins, expectedCalibrationError, maximumCalibrationError } from "./calibration.ts";
import { cardPrecision, dailyCardPrecision } from "./card-precision.ts";
import {
  accuracyOf,
  balancedAccuracyOf,
  type Confusion,
  confusionAt,
  falsePositiveRateOf,
  fBetaOf,
  jaccardOf,
  kappaOf,
  mccOf,
  precisionOf,
  recallOf,
} from "./confusion.ts";
import { cheapestThreshold, costThreshold, expectedCost } from "./cost.ts";
import { costCurve } from "./cost-curve.ts";
import { averagedF1, f1 } from "./f1.ts";
import { logLoss } from "./log-loss.ts";
import { normalizedEntropy } from "./normalized-entropy.ts";
import { findBrokenScore, groupByScore, type ScoreGroups } from "./score-groups.ts";
import { thresholdTable } from "./threshold-table.ts";

const Y = [1, 0, 1, 1, 0, 0, 1, 0, 0, 0];
const S = [0.9, 0.8, 0.8, 0.7, 0.7, 0.6, 0.5, 0.5, 0.2, 0.1];

function groupsOf(labels: readonly number[], scores: readonly number[]): ScoreGroups {
  const groups = groupByScore(labels, scores);
  if (groups === undefined) throw new Error("broken scores");
  return groups;
}

/** Labels with scores on a coarse grid, so that ties are common. */
const LABELLED = fc.array(
  fc.record({ label: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: -4, max: 5 }) }),
  { minLength: 1, maxLength: 40 },
);

describe("auc roc", () => {
  test("counts a tie one half, nothing or fully, as asked", () => {
    expect(aucRoc(Y, S)).toBeCloseTo(0.7708333333, 10);
    expect(aucRoc(Y, S, "none")).toBeCloseTo(0.7083333333, 10);
    expect(aucRoc(Y, S, "full")).toBeCloseTo(0.8333333333, 10);
  });

  test("is the share of pairs in the right order", () => {
    fc.assert(
      fc.property(LABELLED, (rows) => {
        let pairs = 0;
        let right = 0;
        for (const a of rows.filter((row) => row.label === 1)) {
          for (const b of rows.filter((row) => row.label === 0)) {
            pairs++;
            right += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
          }
        }
        const value = aucRoc(
          rows.map((row) => row.label),
          rows.map((row) => row.score),
        );
        expect(value).toEqual(pairs === 0 ? Number.NaN : right / pairs);
      }),
      { seed: 2 },
    );
  });
});

describe("average precision", () => {
  test("enters tied scores together, and is not the trapezoid", () => {
    expect(averagePrecision(Y, S)).toBeCloseTo(0.6916666667, 10);
    expect(precisionRecallTrapezoid(Y, S)).toBeCloseTo(0.7416666667, 10);
  });

  test("is precision times the step of recall at every distinct threshold", () => {
    fc.assert(
      fc.property(LABELLED, (rows) => {
        const positives = rows.filter((row) => row.label === 1).length;
        fc.pre(positives > 0);
        let sum = 0;
        let recall = 0;
        for (const threshold of [...new Set(rows.map((row) => row.score))].sort((a, b) => b - a)) {
          const flagged = rows.filter((row) => row.score >= threshold);
          const hits = flagged.filter((row) => row.label === 1).length;
          sum += (hits / positives - recall) * (hits / flagged.length);
          recall = hits / positives;
        }
        expect(
          averagePrecision(
            rows.map((row) => row.label),
            rows.map((row) => row.score),
          ),
        ).toBeCloseTo(sum, 12);
      }),
      { seed: 2 },
    );
  });
});

test("auc and average precision of many scores equal the plainly sorted definition bit for bit", () => {
  const random = createRandom(8);
  for (const digits of [2, 4, 16]) {
    const scores = Float64Array.from({ length: 30_000 }, () => Number((random.normal() / 3).toFixed(digits)));
    const labels = Uint8Array.from(scores, (score) => (random.uniform() < 0.2 + 0.1 * Math.sign(score) ? 1 : 0));
    const order = Array.from(scores.keys()).sort((i, j) => scores[j] - scores[i]);
    let doubled = 0;
    let above = 0;
    let negatives = 0;
    let precisions = 0;
    for (let start = 0; start < order.length; ) {
      let end = start;
      let hits = 0;
      for (; end < order.length && scores[order[end]] === scores[order[start]]; end++) hits += labels[order[end]];
      doubled += (end - start - hits) * (2 * above + hits);
      above += hits;
      negatives += end - start - hits;
      if (hits > 0) precisions += hits * (above / end);
      start = end;
    }
    const groups = groupByScore(labels, scores);
    expect(groups === undefined ? Number.NaN : aucRocOf(groups)).toBe(doubled / (2 * above * negatives));
    expect(groups === undefined ? Number.NaN : averagePrecisionOf(groups)).toBe(precisions / above);
  }
});

describe("broken scores", () => {
  test("are found with their row", () => {
    expect(findBrokenScore([1, 0, 1], [0.2, Number.NaN, 0.1])?.message).toContain("row 1");
    expect(findBrokenScore([1, 0, 2], [0.2, 0.3, 0.1])?.message).toContain("row 2");
    expect(findBrokenScore([1, 0], [0.2])?.code).toBe("length-mismatch");
    expect(findBrokenScore(Y, S)).toBeUndefined();
  });

  test("give NaN in every score metric, never a plausible number", () => {
    const labels = [1, 0, 1];
    const scores = [0.2, Number.NaN, 0.1];
    for (const value of [
      aucRoc(labels, scores),
      averagePrecision(labels, scores),
      precisionRecallTrapezoid(labels, scores),
      logLoss(labels, scores),
      brierScore(labels, scores),
      atBudget(labels, scores, 1).precision,
      expectedCalibrationError(calibrationBins(labels, scores)),
      maximumCalibrationError(calibrationBins(labels, [0.2, 1.2, 0.1])),
    ])
      expect(value).toBeNaN();
  });
});

describe("log loss", () => {
  test("is decided by the clipping when a certain prediction is wrong", () => {
    const y = [1, 0, 1, 0];
    const p = [0.9, 0.2, 0, 0.1];
    expect(logLoss(y, p)).toBeCloseTo(9.119379493, 8);
    expect(logLoss(y, p, "1e-15")).toBeCloseTo(8.743160244, 8);
    expect(logLoss(y, p, "1e-7")).toBeCloseTo(4.137990058, 8);
    expect(logLoss(y, [0.9, 0.2, 0.4, 0])).toBeCloseTo(0.3111986997, 9);
  });

  test("over the entropy of the base rate is 1 for a model that knows nothing more", () => {
    expect(normalizedEntropy([1, 0, 1, 0], [0.9, 0.2, 0.4, 0])).toBeCloseTo(0.4489648208, 9);
    expect(normalizedEntropy([1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25])).toBeCloseTo(1, 14);
    expect(normalizedEntropy([1, 1], [0.5, 0.5])).toBeNaN();
  });
});

describe("calibration", () => {
  const y = [0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1];
  const p = [0.05, 0.12, 0.18, 0.33, 0.37, 0.52, 0.55, 0.61, 0.74, 0.83, 0.9, 0.97];

  test("agrees with values worked out by hand, and with the edges on the other side", () => {
    const ten = calibrationBins(y, p);
    const five = calibrationBins(y, p, { bins: 5 });
    expect(expectedCalibrationError(five)).toBeCloseTo(0.1975, 12);
    expect(maximumCalibrationError(five)).toBeCloseTo(0.325, 12);
    expect(expectedCalibrationError(ten)).toBeCloseTo(0.2108333333, 10);
    expect(maximumCalibrationError(ten)).toBeCloseTo(0.39, 12);
    expect(expectedCalibrationError(calibrationBins(y, p, { closed: "left" }))).toBeCloseTo(0.2341666667, 10);
    expect(brierScore(y, p)).toBeCloseTo(0.2322916667, 10);
  });

  test("in bins of equal mass holds as many rows in each", () => {
    expect(calibrationBins(y, p, { bins: 4, binning: "equal mass" }).map((bin) => bin.count)).toEqual([3, 3, 3, 3]);
    expect(calibrationBins([0, 1, 1], [0.5, 0.5, 0.5], { bins: 4, binning: "equal mass" })).toHaveLength(1);
  });

  test("takes 0 and 1 into the outer bins", () => {
    const bins = calibrationBins([0, 1], [0, 1]);
    expect(bins.map((bin) => [bin.from, bin.to])).toEqual([
      [0, 0.1],
      [0.9, 1],
    ]);
    expect(expectedCalibrationError(bins)).toBe(0);
  });

  test("of probabilities that are true vanishes as rows grow", () => {
    const random = createRandom(12);
    const probabilities = Float64Array.from({ length: 100_000 }, () => random.uniform());
    const labels = Uint8Array.from(probabilities, (each) => (random.uniform() < each ? 1 : 0));
    expect(expectedCalibrationError(calibrationBins(labels, probabilities))).toBeLessThan(0.008);
  });
});

describe("the confusion matrix", () => {
  const matrix: Confusion = { tp: 40, fp: 10, fn: 20, tn: 930 };

  test("gives the ratios of the textbook", () => {
    expect(precisionOf(matrix)).toBe(0.8);
    expect(recallOf(matrix)).toBeCloseTo(2 / 3, 14);
    expect(fBetaOf(matrix)).toBeCloseTo(0.7272727273, 10);
    expect(fBetaOf(matrix, 2)).toBeCloseTo(0.6896551724, 10);
    expect(fBetaOf(matrix, 0.5)).toBeCloseTo(0.7692307692, 10);
    expect(mccOf(matrix)).toBeCloseTo(0.7148507337, 10);
    expect(balancedAccuracyOf(matrix)).toBeCloseTo(0.8280141844, 10);
    expect(kappaOf(matrix)).toBeCloseTo(0.7115384615, 10);
    expect(jaccardOf(matrix)).toBeCloseTo(0.5714285714, 10);
    expect(accuracyOf(matrix)).toBeCloseTo(0.97, 14);
    expect(falsePositiveRateOf(matrix)).toBeCloseTo(10 / 940, 14);
  });

  test("at a threshold flags scores that reach it", () => {
    expect(confusionAt(Y, S, 0.7)).toEqual({ tp: 3, fp: 2, fn: 1, tn: 4 });
    expect(confusionAt(Y, S, Number.POSITIVE_INFINITY)).toEqual({ tp: 0, fp: 0, fn: 4, tn: 6 });
  });

  test("leaves what it does not define undefined", () => {
    const nothingFlagged = { tp: 0, fp: 0, fn: 5, tn: 5 };
    expect(precisionOf(nothingFlagged)).toBeNaN();
    expect(fBetaOf(nothingFlagged)).toBe(0);
    expect(mccOf(nothingFlagged)).toBe(0);
    expect(recallOf({ tp: 0, fp: 1, fn: 0, tn: 1 })).toBeNaN();
  });

  test("mcc is the correlation of truth and decision", () => {
    const truth = [1, 1, 1, 0, 0, 0, 0, 1];
    const decision = [1, 0, 1, 0, 0, 1, 0, 1];
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const both = mean(truth.map((value, i) => value * decision[i])) - mean(truth) * mean(decision);
    const spread = (values: readonly number[]): number => Math.sqrt(mean(values) - mean(values) ** 2);
    expect(mccOf(confusionAt(truth, decision, 0.5))).toBeCloseTo(both / (spread(truth) * spread(decision)), 12);
  });
});

test("f1 over classes is averaged three ways", () => {
  const y = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2];
  const predicted = [0, 0, 1, 0, 1, 2, 1, 2, 2, 0];
  expect(averagedF1(y, predicted)).toBeCloseTo(0.6944444444, 10);
  expect(averagedF1(y, predicted, "micro")).toBeCloseTo(0.7, 12);
  expect(averagedF1(y, predicted, "weighted")).toBeCloseTo(0.7, 12);
  // By class 1, 1/2 and 3/4: their mean, eight of ten right, and their mean by 4, 3 and 3 cases.
  const apart = [0, 0, 0, 0, 1, 2, 2, 2, 2, 2];
  const as = (variant: string): number | undefined => f1.measure(y, apart, 10, variant);
  expect([as(""), as("macro"), as("micro"), as("weighted")]).toEqual(
    [0.75, 0.75, 0.8, 0.775].map((one) => expect.closeTo(one, 12)),
  );
});

describe("costs", () => {
  const costs = { fp: 5, fn: 200, tp: 5, tn: 0 };

  test("name the probability from which acting pays, and what a matrix costs", () => {
    expect(costThreshold(costs)).toBeCloseTo(0.025, 14);
    expect(costThreshold({ fp: 0, fn: 1, tp: 0, tn: 0 })).toBeNaN();
    expect(expectedCost({ tp: 40, fp: 10, fn: 20, tn: 930 }, costs)).toEqual({
      total: 4250,
      perCase: 4.25,
      savingsOverNoModel: 7750,
    });
  });

  test("the cheapest threshold is the cheapest of the table, and near the implied one when probabilities are true", () => {
    const groups = groupsOf(Y, S);
    const table = thresholdTable(groups, costs);
    expect(table.map((row) => row.threshold)).toEqual([0.9, 0.8, 0.7, 0.6, 0.5, 0.2, 0.1]);
    expect(cheapestThreshold(groups, costs).total).toBe(Math.min(...table.map((row) => row.cost)));
    expect(cheapestThreshold(groups, { fp: 9, fn: 1, tp: 0, tn: 0 }).threshold).toBe(0.9);
    expect(cheapestThreshold(groups, { fp: 9, fn: 1, tp: 8, tn: 0 }).threshold).toBe(Number.POSITIVE_INFINITY);
    const random = createRandom(3);
    const p = Array.from({ length: 50_000 }, () => random.uniform());
    const y = p.map((each) => (random.uniform() < each ? 1 : 0));
    const even = { fp: 1, fn: 3, tp: 0, tn: 0 };
    expect(Math.abs(cheapestThreshold(groupsOf(y, p), even).threshold - costThreshold(even))).toBeLessThan(0.05);
  });

  test("a short table still ends with everything flagged", () => {
    const rows = thresholdTable(groupsOf(Y, S), undefined, 3);
    expect(rows.length).toBeLessThanOrEqual(4);
    expect(rows[rows.length - 1]).toMatchObject({ tp: 4, fp: 6, fn: 0, tn: 0 });
  });

  test("the cost curve of a perfect model is flat at 0 and never above the trivial ones", () => {
    expect(costCurve(groupsOf([1, 0], [2, 1]), 5).map((point) => point.cost)).toEqual([0, 0, 0, 0, 0]);
    for (const { operatingPoint, cost } of costCurve(groupsOf(Y, S)))
      expect(cost).toBeLessThanOrEqual(Math.min(operatingPoint, 1 - operatingPoint) + 1e-12);
    expect(costCurve(groupsOf([1, 1], [2, 1]))).toEqual([]);
  });
});

describe("at a budget", () => {
  test("ties at the end of the budget earn their mean over all orders", () => {
    expect(atBudget(Y, S, 1)).toEqual({ precision: 1, recall: 0.25 });
    expect(atBudget(Y, S, 2)).toEqual({ precision: 0.75, recall: 0.375 });
    expect(atBudget(Y, S, 20).precision).toBe(0.2);
  });

  test("card precision takes each card's worst hour and forgets the caught", () => {
    const cases = {
      day: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2],
      unit: [0, 0, 1, 2, 3, 0, 1, 4, 3, 5],
      scores: [0.9, 0.4, 0.8, 0.7, 0.6, 0.95, 0.5, 0.85, 0.65, 0.3],
      labels: [1, 0, 0, 1, 1, 1, 0, 1, 0, 0],
    };
    expect(Array.from(dailyCardPrecision(cases, 2))).toEqual([0.5, 0.5]);
    expect(Array.from(dailyCardPrecision(cases, 2, "kept"))).toEqual([0.5, 1]);
    expect(cardPrecision.measure(cases, 2, "removed")).toBe(0.5);
    expect(cardPrecision.measure(cases, 2, "kept")).toBe(0.75);
    expect(Array.from(dailyCardPrecision(cases, 50))).toEqual([3 / 50, 1 / 50]);
    // A miss is 0; where nobody could find anything there is nothing to measure.
    expect(cardPrecision.measure({ ...cases, labels: [0, 0, 0, 0, 1, 0, 0, 0, 0, 0] }, 1, "removed")).toBe(0);
    expect(cardPrecision.measure({ ...cases, labels: cases.labels.map(() => 0) }, 2, "removed")).toBeNaN();
  });
});
