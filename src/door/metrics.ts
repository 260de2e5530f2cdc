/** Metrics and their intervals as strangers may call them: behind checks of labels, scores, lists and lengths. */

import { shareRight as uncheckedShareRight } from "../steps/5-evaluate/metrics/accuracy.ts";
import { aucRoc as uncheckedAucRoc } from "../steps/5-evaluate/metrics/auc-roc.ts";
import * as precision from "../steps/5-evaluate/metrics/average-precision.ts";
import { brierScore as uncheckedBrierScore } from "../steps/5-evaluate/metrics/brier.ts";
import { atBudget as uncheckedAtBudget } from "../steps/5-evaluate/metrics/budget-precision.ts";
import * as calibration from "../steps/5-evaluate/metrics/calibration.ts";
import { dailyCardPrecision as uncheckedDailyCardPrecision } from "../steps/5-evaluate/metrics/card-precision.ts";
import { coverageAt as uncheckedCoverageAt } from "../steps/5-evaluate/metrics/catalogue-coverage.ts";
import * as confusion from "../steps/5-evaluate/metrics/confusion.ts";
import * as cost from "../steps/5-evaluate/metrics/cost.ts";
import { costCurve as uncheckedCostCurve } from "../steps/5-evaluate/metrics/cost-curve.ts";
import * as entropy from "../steps/5-evaluate/metrics/exposure-entropy.ts";
import { averagedF1 as uncheckedAveragedF1 } from "../steps/5-evaluate/metrics/f1.ts";
import * as gini from "../steps/5-evaluate/metrics/gini.ts";
import { hitAt as uncheckedHitAt } from "../steps/5-evaluate/metrics/hit-rate.ts";
import * as boxes from "../steps/5-evaluate/metrics/iou.ts";
import { logLoss as uncheckedLogLoss } from "../steps/5-evaluate/metrics/log-loss.ts";
import { meanAbsoluteError as uncheckedMae } from "../steps/5-evaluate/metrics/mae.ts";
import { averagePrecisionAt as uncheckedAveragePrecisionAt } from "../steps/5-evaluate/metrics/map.ts";
import { meanAbsolutePercentageError as uncheckedMape } from "../steps/5-evaluate/metrics/mape.ts";
import { reciprocalRank as uncheckedReciprocalRank } from "../steps/5-evaluate/metrics/mrr.ts";
import * as ndcg from "../steps/5-evaluate/metrics/ndcg.ts";
import { normalizedEntropy as uncheckedNormalizedEntropy } from "../steps/5-evaluate/metrics/normalized-entropy.ts";
import { noveltyAt as uncheckedNoveltyAt } from "../steps/5-evaluate/metrics/novelty.ts";
import { parseMetric as uncheckedParseMetric } from "../steps/5-evaluate/metrics/parse-metric.ts";
import * as tokens from "../steps/5-evaluate/metrics/perplexity.ts";
import { pinballLoss as uncheckedPinballLoss } from "../steps/5-evaluate/metrics/pinball.ts";
import { precisionAt as uncheckedPrecisionAt } from "../steps/5-evaluate/metrics/precision.ts";
import { coefficientOfDetermination as uncheckedR2 } from "../steps/5-evaluate/metrics/r2.ts";
import * as ranks from "../steps/5-evaluate/metrics/rank-correlation.ts";
import * as requests from "../steps/5-evaluate/metrics/ranked-request.ts";
import { recallAt as uncheckedRecallAt } from "../steps/5-evaluate/metrics/recall.ts";
import { rootMeanSquaredError as uncheckedRmse } from "../steps/5-evaluate/metrics/rmse.ts";
import { symmetricMape as uncheckedSymmetricMape } from "../steps/5-evaluate/metrics/smape.ts";
import { thresholdTable as uncheckedThresholdTable } from "../steps/5-evaluate/metrics/threshold-table.ts";
import { weightedApe as uncheckedWeightedApe } from "../steps/5-evaluate/metrics/wape.ts";
import * as bootstrap from "../steps/5-evaluate/protocols/bootstrap.ts";
import { momentsOf as uncheckedMomentsOf } from "../steps/5-evaluate/protocols/moments.ts";
import { pairedTTest as uncheckedPairedTTest } from "../steps/5-evaluate/protocols/paired-t-test.ts";
import {
  anything,
  asLongAs,
  betweenShares,
  both,
  type Check,
  count,
  cutoff,
  finite,
  label,
  list,
  mass,
  notNegative,
  oneOf,
  optional,
  positive,
  record,
  share,
  text,
} from "./check.ts";
import { guarded, guardedOutcome } from "./guard.ts";

type Numbers = ArrayLike<number>;

export const parseMetric = guardedOutcome({ of: "parseMetric", needs: { text } }, uncheckedParseMetric);

const labelled = { labels: list(label), scores: list(finite) };
const sameRows = (labels: Numbers, scores: Numbers): string | undefined => asLongAs({ labels, scores });
const ofProbabilities = { labels: list(label), probabilities: list(share) };
const sameProbabilities = (labels: Numbers, probabilities: Numbers): string | undefined =>
  asLongAs({ labels, probabilities });
const predictions = { truth: list(finite), predicted: list(finite) };
const samePredictions = (truth: Numbers, predicted: Numbers): string | undefined => asLongAs({ truth, predicted });

export const aucRoc = guarded(
  { of: "aucRoc", needs: { ...labelled, ties: optional(oneOf("half", "none", "full")) }, together: sameRows },
  uncheckedAucRoc,
);
export const averagePrecision = guarded(
  { of: "averagePrecision", needs: labelled, together: sameRows },
  precision.averagePrecision,
);
export const precisionRecallTrapezoid = guarded(
  { of: "precisionRecallTrapezoid", needs: labelled, together: sameRows },
  precision.precisionRecallTrapezoid,
);
export const atBudget = guarded(
  { of: "atBudget", needs: { ...labelled, k: count(1) }, together: (labels, scores) => sameRows(labels, scores) },
  uncheckedAtBudget,
);
export const confusionAt = guarded(
  {
    of: "confusionAt",
    needs: { ...labelled, threshold: finite },
    together: (labels, scores) => sameRows(labels, scores),
  },
  confusion.confusionAt,
);
export const logLoss = guarded(
  {
    of: "logLoss",
    needs: { ...ofProbabilities, clipping: optional(oneOf("float64", "1e-15", "1e-7")) },
    together: sameProbabilities,
  },
  uncheckedLogLoss,
);
export const brierScore = guarded(
  { of: "brierScore", needs: ofProbabilities, together: sameProbabilities },
  uncheckedBrierScore,
);
export const normalizedEntropy = guarded(
  { of: "normalizedEntropy", needs: ofProbabilities, together: sameProbabilities },
  uncheckedNormalizedEntropy,
);
export const calibrationBins = guarded(
  {
    of: "calibrationBins",
    needs: {
      ...ofProbabilities,
      options: optional(
        record({
          bins: optional(count(1, 1_000_000)),
          binning: optional(oneOf("equal width", "equal mass")),
          closed: optional(oneOf("right", "left")),
        }),
      ),
    },
    together: sameProbabilities,
  },
  calibration.calibrationBins,
);
const bins = list(record({ from: share, to: share, count: count(0), predicted: share, observed: share }));
export const expectedCalibrationError = guarded(
  { of: "expectedCalibrationError", needs: { bins } },
  calibration.expectedCalibrationError,
);
export const maximumCalibrationError = guarded(
  { of: "maximumCalibrationError", needs: { bins } },
  calibration.maximumCalibrationError,
);

const matrix = record({ tp: notNegative, fp: notNegative, fn: notNegative, tn: notNegative });
export const precisionOf = guarded({ of: "precisionOf", needs: { confusion: matrix } }, confusion.precisionOf);
export const recallOf = guarded({ of: "recallOf", needs: { confusion: matrix } }, confusion.recallOf);
export const falsePositiveRateOf = guarded(
  { of: "falsePositiveRateOf", needs: { confusion: matrix } },
  confusion.falsePositiveRateOf,
);
export const accuracyOf = guarded({ of: "accuracyOf", needs: { confusion: matrix } }, confusion.accuracyOf);
export const fBetaOf = guarded(
  { of: "fBetaOf", needs: { confusion: matrix, beta: optional(positive) } },
  confusion.fBetaOf,
);
export const jaccardOf = guarded({ of: "jaccardOf", needs: { confusion: matrix } }, confusion.jaccardOf);
export const mccOf = guarded({ of: "mccOf", needs: { confusion: matrix } }, confusion.mccOf);
export const balancedAccuracyOf = guarded(
  { of: "balancedAccuracyOf", needs: { confusion: matrix } },
  confusion.balancedAccuracyOf,
);
export const kappaOf = guarded({ of: "kappaOf", needs: { confusion: matrix } }, confusion.kappaOf);

const costs = record({ fp: finite, fn: finite, tp: finite, tn: finite });
const groups = record({
  ...{ scores: list(finite), positives: list(count(0)), negatives: list(count(0)) },
  ...{ totalPositives: count(0), totalNegatives: count(0) },
});
export const costThreshold = guarded({ of: "costThreshold", needs: { costs } }, cost.costThreshold);
export const expectedCost = guarded({ of: "expectedCost", needs: { confusion: matrix, costs } }, cost.expectedCost);
export const cheapestThreshold = guarded({ of: "cheapestThreshold", needs: { groups, costs } }, cost.cheapestThreshold);
export const costCurve = guarded(
  { of: "costCurve", needs: { groups, points: optional(count(2, 1_000_000)) } },
  uncheckedCostCurve,
);
export const thresholdTable = guarded(
  { of: "thresholdTable", needs: { groups, costs: optional(costs), rows: optional(count(1, 1_000_000)) } },
  uncheckedThresholdTable,
);
export const dailyCardPrecision = guarded(
  {
    of: "dailyCardPrecision",
    needs: {
      cases: record({ day: list(finite), unit: list(finite), labels: list(label), scores: list(finite) }),
      k: count(1),
      caught: optional(oneOf("removed", "kept")),
    },
    together: ({ day, unit, labels, scores }) => asLongAs({ day, unit, labels, scores }),
  },
  uncheckedDailyCardPrecision,
);

const classes = { truth: list(finite), predicted: list(finite) };
export const shareRight = guarded({ of: "shareRight", needs: classes, together: samePredictions }, uncheckedShareRight);
export const averagedF1 = guarded(
  {
    of: "averagedF1",
    needs: { ...classes, averaging: optional(oneOf("macro", "micro", "weighted")) },
    together: samePredictions,
  },
  uncheckedAveragedF1,
);
export const meanAbsoluteError = guarded(
  { of: "meanAbsoluteError", needs: predictions, together: samePredictions },
  uncheckedMae,
);
export const rootMeanSquaredError = guarded(
  { of: "rootMeanSquaredError", needs: predictions, together: samePredictions },
  uncheckedRmse,
);
export const coefficientOfDetermination = guarded(
  { of: "coefficientOfDetermination", needs: predictions, together: samePredictions },
  uncheckedR2,
);
export const meanAbsolutePercentageError = guarded(
  { of: "meanAbsolutePercentageError", needs: predictions, together: samePredictions },
  uncheckedMape,
);
export const symmetricMape = guarded(
  {
    of: "symmetricMape",
    needs: { ...predictions, scale: optional(oneOf("0 to 2", "0 to 1", "0 to 200 %")) },
    together: samePredictions,
  },
  uncheckedSymmetricMape,
);
export const weightedApe = guarded(
  { of: "weightedApe", needs: predictions, together: samePredictions },
  uncheckedWeightedApe,
);
export const pinballLoss = guarded(
  {
    of: "pinballLoss",
    needs: { ...predictions, quantile: betweenShares },
    together: (truth, predicted) => samePredictions(truth, predicted),
  },
  uncheckedPinballLoss,
);

const box: Check = both(list(finite, 4), (value, name) => {
  const [x1, y1, x2, y2, ...more] = Array.isArray(value) ? value.map(Number) : [];
  if (more.length > 0) return `${name} has more than four entries`;
  return x1 <= x2 && y1 <= y2 ? undefined : `${name} ends before it begins: write the lower corner first`;
});
const corners = optional(oneOf("continuous", "inclusive pixels"));
export const iou = guarded({ of: "iou", needs: { a: box, b: box, corners } }, boxes.iou);
export const dice = guarded({ of: "dice", needs: { a: box, b: box, corners } }, boxes.dice);
export const perplexity = guarded({ of: "perplexity", needs: { nats: list(notNegative) } }, tokens.perplexity);
export const bitsPerToken = guarded({ of: "bitsPerToken", needs: { nats: list(notNegative) } }, tokens.bitsPerToken);

const pairs = { x: list(finite), y: list(finite) };
const samePairs = (x: Numbers, y: Numbers): string | undefined => asLongAs({ x, y });
export const spearman = guarded({ of: "spearman", needs: pairs, together: samePairs }, ranks.spearman);
export const pearson = guarded({ of: "pearson", needs: pairs, together: samePairs }, ranks.pearson);
export const kendall = guarded({ of: "kendall", needs: pairs, together: samePairs }, ranks.kendall);

const request: Check = both(record({ relevance: list(notNegative), judged: list(notNegative) }), (value, name) => {
  const { relevance, judged }: Requested = Object(value);
  const [found, known] = [relevance, judged].map((all) => Array.from(all).filter((one) => one > 0).length);
  return found <= known
    ? undefined
    : `${name}.relevance has ${found} relevant items, and ${name}.judged knows of ${known}`;
});
interface Requested {
  readonly relevance: ArrayLike<number>;
  readonly judged: ArrayLike<number>;
}
const gain = optional(oneOf("linear", "exponential"));
const returned = list(count(0));
export const rankedRequest = guarded(
  { of: "rankedRequest", needs: { returned, relevant: collection } },
  requests.rankedRequest,
);
export const gradedRequest = guarded(
  { of: "gradedRequest", needs: { returned, grades: collection } },
  requests.gradedRequest,
);
export const ndcgAt = guarded({ of: "ndcgAt", needs: { request, k: cutoff, gain } }, ndcg.ndcgAt);
export const expectedNdcgUnderTies = guarded(
  {
    of: "expectedNdcgUnderTies",
    needs: { relevance: list(notNegative), scores: list(finite), k: optional(cutoff), gain },
    together: (relevance, scores) => asLongAs({ relevance, scores }),
  },
  ndcg.expectedNdcgUnderTies,
);
export const averagePrecisionAt = guarded(
  {
    of: "averagePrecisionAt",
    needs: { request, k: cutoff, divisor: optional(oneOf("min(k, R)", "R", "hits", "k")) },
  },
  uncheckedAveragePrecisionAt,
);
export const recallAt = guarded({ of: "recallAt", needs: { request, k: cutoff } }, uncheckedRecallAt);
export const precisionAt = guarded({ of: "precisionAt", needs: { request, k: count(1) } }, uncheckedPrecisionAt);
export const reciprocalRank = guarded(
  { of: "reciprocalRank", needs: { request, k: optional(cutoff) } },
  uncheckedReciprocalRank,
);
export const hitAt = guarded({ of: "hitAt", needs: { request, k: cutoff } }, uncheckedHitAt);

const lists: Check = both(
  record({ lists: list(list(count(0)), 1), catalogue: count(1, 2 ** 31), popularity: optional(list(notNegative)) }),
  (value, name) => {
    const { lists: all, catalogue, popularity }: Listed = Object(value);
    const stranger = all.flatMap((one) => Array.from(one)).find((item) => item >= catalogue);
    if (stranger !== undefined)
      return `${name}.lists holds item ${stranger}, and the catalogue ends at ${catalogue - 1}`;
    return popularity === undefined || popularity.length === catalogue
      ? undefined
      : `${name}.popularity has ${popularity.length} entries, but must have one for each of ${catalogue} items`;
  },
);
interface Listed {
  readonly lists: readonly ArrayLike<number>[];
  readonly catalogue: number;
  readonly popularity?: ArrayLike<number>;
}
const ofLists = { lists, k: optional(cutoff) };
export const noveltyAt = guarded({ of: "noveltyAt", needs: ofLists }, uncheckedNoveltyAt);
export const exposureEntropyAt = guarded({ of: "exposureEntropyAt", needs: ofLists }, entropy.exposureEntropyAt);
export const coverageAt = guarded({ of: "coverageAt", needs: ofLists }, uncheckedCoverageAt);
export const giniAt = guarded(
  { of: "giniAt", needs: { ...ofLists, population: optional(oneOf("over recommended", "over catalogue")) } },
  gini.giniAt,
);
export const giniIndex = guarded({ of: "giniIndex", needs: { amounts: mass } }, gini.giniIndex);
export const entropyBits = guarded({ of: "entropyBits", needs: { amounts: mass } }, entropy.entropyBits);

const resampling = record({
  random: record({}),
  units: anything,
  resamples: optional(count(1, 10_000_000)),
  level: optional(betweenShares),
  range: optional(
    both(list(finite, 2), (value, name) => (isRange(value) ? undefined : `${name} must be [least, most]`)),
  ),
});
const inside = (values: Numbers, range: readonly [number, number] | undefined, name: string): string | undefined => {
  const at = Array.from(values).findIndex((one) => range !== undefined && !(one >= range[0] && one <= range[1]));
  return at < 0 ? undefined : `${name}[${at}] is ${values[at]}, which is outside of options.range`;
};
export const bootstrapMean = guarded(
  {
    of: "bootstrapMean",
    needs: { values: list(finite), options: resampling },
    together: (values, { units, range }) => asLongAs({ values, units }) ?? inside(values, range, "values"),
  },
  bootstrap.bootstrapMean,
);
export const pairedBootstrap = guarded(
  {
    of: "pairedBootstrap",
    needs: { a: list(finite), b: list(finite), options: resampling },
    together: (a, b, { units, range }) =>
      asLongAs({ a, b, units }) ??
      inside(
        Array.from(a, (one, i) => one - b[i]),
        range,
        "a - b",
      ),
  },
  bootstrap.pairedBootstrap,
);
export const pairedTTest = guarded(
  {
    of: "pairedTTest",
    needs: {
      a: list(finite),
      b: list(finite),
      options: optional(record({ units: anything, level: optional(betweenShares) })),
    },
    together: (a, b, options) => asLongAs({ a, b, units: options?.units }),
  },
  uncheckedPairedTTest,
);
export const momentsOf = guarded({ of: "momentsOf", needs: { values: list(finite) } }, uncheckedMomentsOf);

function isRange(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value[0] < value[1];
}

/** A Set of items, or a Map of their grades, each from 0 on. */
function collection(value: unknown, name: string): string | undefined {
  if (value instanceof Set) return list(count(0))([...value], name);
  if (value instanceof Map)
    return list(count(0))([...value.keys()], name) ?? list(notNegative)([...value.values()], name);
  return `${name} is ${String(value).slice(0, 40)}, but must be a Set or a Map`;
}
