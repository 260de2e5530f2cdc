/** Metrics of scores and decisions as strangers may call them: behind checks of labels, probabilities, counts and costs. */

import { shareRight as uncheckedShareRight } from "../steps/5-evaluate/metrics/accuracy.ts";
import { aucRoc as uncheckedAucRoc } from "../steps/5-evaluate/metrics/auc-roc.ts";
import * as precision from "../steps/5-evaluate/metrics/average-precision.ts";
import { brierScore as uncheckedBrierScore } from "../steps/5-evaluate/metrics/brier.ts";
import { atBudget as uncheckedAtBudget } from "../steps/5-evaluate/metrics/budget-precision.ts";
import * as calibration from "../steps/5-evaluate/metrics/calibration.ts";
import { dailyCardPrecision as uncheckedDailyCardPrecision } from "../steps/5-evaluate/metrics/card-precision.ts";
import * as confusion from "../steps/5-evaluate/metrics/confusion.ts";
import * as cost from "../steps/5-evaluate/metrics/cost.ts";
import { costCurve as uncheckedCostCurve } from "../steps/5-evaluate/metrics/cost-curve.ts";
import { averagedF1 as uncheckedAveragedF1 } from "../steps/5-evaluate/metrics/f1.ts";
import { logLoss as uncheckedLogLoss } from "../steps/5-evaluate/metrics/log-loss.ts";
import { normalizedEntropy as uncheckedNormalizedEntropy } from "../steps/5-evaluate/metrics/normalized-entropy.ts";
import { thresholdTable as uncheckedThresholdTable } from "../steps/5-evaluate/metrics/threshold-table.ts";
import {
  asLongAs,
  count,
  finite,
  label,
  list,
  notNegative,
  oneOf,
  optional,
  positive,
  record,
  share,
} from "./check.ts";
import { guarded } from "./guard.ts";

type Numbers = ArrayLike<number>;

const labelled = { labels: list(label), scores: list(finite) };
const sameRows = (labels: Numbers, scores: Numbers): string | undefined => asLongAs({ labels, scores });
const ofProbabilities = { labels: list(label), probabilities: list(share) };
const sameProbabilities = (labels: Numbers, probabilities: Numbers): string | undefined =>
  asLongAs({ labels, probabilities });

export const aucRoc = guarded(
  "aucRoc",
  { ...labelled, ties: optional(oneOf("half", "none", "full")) },
  uncheckedAucRoc,
  sameRows,
);
export const averagePrecision = guarded("averagePrecision", labelled, precision.averagePrecision, sameRows);
export const precisionRecallTrapezoid = guarded(
  "precisionRecallTrapezoid",
  labelled,
  precision.precisionRecallTrapezoid,
  sameRows,
);
export const atBudget = guarded("atBudget", { ...labelled, k: count(1) }, uncheckedAtBudget, (labels, scores) =>
  sameRows(labels, scores),
);
export const confusionAt = guarded(
  "confusionAt",
  { ...labelled, threshold: finite },
  confusion.confusionAt,
  (labels, scores) => sameRows(labels, scores),
);
export const logLoss = guarded(
  "logLoss",
  { ...ofProbabilities, clipping: optional(oneOf("float64", "1e-15", "1e-7")) },
  uncheckedLogLoss,
  sameProbabilities,
);
export const brierScore = guarded("brierScore", ofProbabilities, uncheckedBrierScore, sameProbabilities);
export const normalizedEntropy = guarded(
  "normalizedEntropy",
  ofProbabilities,
  uncheckedNormalizedEntropy,
  sameProbabilities,
);
export const calibrationBins = guarded(
  "calibrationBins",
  {
    ...ofProbabilities,
    options: optional(
      record({
        bins: optional(count(1, 1_000_000)),
        binning: optional(oneOf("equal width", "equal mass")),
        closed: optional(oneOf("right", "left")),
      }),
    ),
  },
  calibration.calibrationBins,
  sameProbabilities,
);
const bins = list(record({ from: share, to: share, count: count(0), predicted: share, observed: share }));
export const expectedCalibrationError = guarded(
  "expectedCalibrationError",
  { bins },
  calibration.expectedCalibrationError,
);
export const maximumCalibrationError = guarded(
  "maximumCalibrationError",
  { bins },
  calibration.maximumCalibrationError,
);

const matrix = record({ tp: notNegative, fp: notNegative, fn: notNegative, tn: notNegative });
export const precisionOf = guarded("precisionOf", { confusion: matrix }, confusion.precisionOf);
export const recallOf = guarded("recallOf", { confusion: matrix }, confusion.recallOf);
export const falsePositiveRateOf = guarded("falsePositiveRateOf", { confusion: matrix }, confusion.falsePositiveRateOf);
export const accuracyOf = guarded("accuracyOf", { confusion: matrix }, confusion.accuracyOf);
export const fBetaOf = guarded("fBetaOf", { confusion: matrix, beta: optional(positive) }, confusion.fBetaOf);
export const jaccardOf = guarded("jaccardOf", { confusion: matrix }, confusion.jaccardOf);
export const mccOf = guarded("mccOf", { confusion: matrix }, confusion.mccOf);
export const balancedAccuracyOf = guarded("balancedAccuracyOf", { confusion: matrix }, confusion.balancedAccuracyOf);
export const kappaOf = guarded("kappaOf", { confusion: matrix }, confusion.kappaOf);

const costs = record({ fp: finite, fn: finite, tp: finite, tn: finite });
const groups = record({
  ...{ scores: list(finite), positives: list(count(0)), negatives: list(count(0)) },
  ...{ totalPositives: count(0), totalNegatives: count(0) },
});
export const costThreshold = guarded("costThreshold", { costs }, cost.costThreshold);
export const expectedCost = guarded("expectedCost", { confusion: matrix, costs }, cost.expectedCost);
export const cheapestThreshold = guarded("cheapestThreshold", { groups, costs }, cost.cheapestThreshold);
export const costCurve = guarded("costCurve", { groups, points: optional(count(2, 1_000_000)) }, uncheckedCostCurve);
export const thresholdTable = guarded(
  "thresholdTable",
  { groups, costs: optional(costs), rows: optional(count(1, 1_000_000)) },
  uncheckedThresholdTable,
);
export const dailyCardPrecision = guarded(
  "dailyCardPrecision",
  {
    cases: record({ day: list(finite), unit: list(finite), labels: list(label), scores: list(finite) }),
    k: count(1),
    caught: optional(oneOf("removed", "kept")),
  },
  uncheckedDailyCardPrecision,
  ({ day, unit, labels, scores }) => asLongAs({ day, unit, labels, scores }),
);

const classes = { truth: list(finite), predicted: list(finite) };
const sameClasses = (truth: Numbers, predicted: Numbers): string | undefined => asLongAs({ truth, predicted });
export const shareRight = guarded("shareRight", classes, uncheckedShareRight, sameClasses);
export const averagedF1 = guarded(
  "averagedF1",
  { ...classes, averaging: optional(oneOf("macro", "micro", "weighted")) },
  uncheckedAveragedF1,
  sameClasses,
);
