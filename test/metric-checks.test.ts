import { describe, it } from "vitest";
import { aucRoc } from "../src/steps/5-evaluate/metrics/auc-roc.ts";
import { averagePrecision, precisionRecallTrapezoid } from "../src/steps/5-evaluate/metrics/average-precision.ts";
import { brierScore } from "../src/steps/5-evaluate/metrics/brier.ts";
import {
  calibrationBins,
  expectedCalibrationError,
  maximumCalibrationError,
} from "../src/steps/5-evaluate/metrics/calibration.ts";
import { cardPrecision, dailyCardPrecision } from "../src/steps/5-evaluate/metrics/card-precision.ts";
import { coverageAt } from "../src/steps/5-evaluate/metrics/catalogue-coverage.ts";
import * as confusion from "../src/steps/5-evaluate/metrics/confusion.ts";
import { costThreshold, expectedCost } from "../src/steps/5-evaluate/metrics/cost.ts";
import { exposureEntropyAt } from "../src/steps/5-evaluate/metrics/exposure-entropy.ts";
import { averagedF1 } from "../src/steps/5-evaluate/metrics/f1.ts";
import { giniAt } from "../src/steps/5-evaluate/metrics/gini.ts";
import { hitAt } from "../src/steps/5-evaluate/metrics/hit-rate.ts";
import { dice, iou } from "../src/steps/5-evaluate/metrics/iou.ts";
import { logLoss } from "../src/steps/5-evaluate/metrics/log-loss.ts";
import { meanAbsoluteError } from "../src/steps/5-evaluate/metrics/mae.ts";
import { averagePrecisionAt } from "../src/steps/5-evaluate/metrics/map.ts";
import { meanAbsolutePercentageError } from "../src/steps/5-evaluate/metrics/mape.ts";
import type { RankedRequest } from "../src/steps/5-evaluate/metrics/metric.ts";
import { reciprocalRank } from "../src/steps/5-evaluate/metrics/mrr.ts";
import { dcg, expectedNdcgUnderTies, ndcgAt } from "../src/steps/5-evaluate/metrics/ndcg.ts";
import { normalizedEntropy } from "../src/steps/5-evaluate/metrics/normalized-entropy.ts";
import { bitsPerToken, perplexity } from "../src/steps/5-evaluate/metrics/perplexity.ts";
import { pinballLoss } from "../src/steps/5-evaluate/metrics/pinball.ts";
import { precisionAt } from "../src/steps/5-evaluate/metrics/precision.ts";
import { coefficientOfDetermination } from "../src/steps/5-evaluate/metrics/r2.ts";
import { kendall, spearman } from "../src/steps/5-evaluate/metrics/rank-correlation.ts";
import { recallAt } from "../src/steps/5-evaluate/metrics/recall.ts";
import { rootMeanSquaredError } from "../src/steps/5-evaluate/metrics/rmse.ts";
import { symmetricMape } from "../src/steps/5-evaluate/metrics/smape.ts";
import { weightedApe } from "../src/steps/5-evaluate/metrics/wape.ts";
import { momentsOf } from "../src/steps/5-evaluate/protocols/moments.ts";
import { expectChecks } from "./expect-checks.ts";

describe("metrics agree with the references", () => {
  it("of scores and probabilities", () => {
    const y = [1, 0, 1, 1, 0, 0, 1, 0, 0, 0];
    const s = [0.9, 0.8, 0.8, 0.7, 0.7, 0.6, 0.5, 0.5, 0.2, 0.1];
    const two = [1, 0, 1, 0];
    const calm = [0.9, 0.2, 0.4, 0];
    const certain = [0.9, 0.2, 0, 0.1];
    const labels = [0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1];
    const p = [0.05, 0.12, 0.18, 0.33, 0.37, 0.52, 0.55, 0.61, 0.74, 0.83, 0.9, 0.97];
    const five = calibrationBins(labels, p, { bins: 5 });
    const ten = calibrationBins(labels, p);
    expectChecks([
      ["AUC", [aucRoc(y, s), aucRoc(y, s, "none"), aucRoc(y, s, "full")], [0.7708333333, 0.7083333333, 0.8333333333]],
      ["average precision", [averagePrecision(y, s), precisionRecallTrapezoid(y, s)], [0.6916666667, 0.7416666667]],
      ["log loss", [logLoss(two, calm)], [0.3111986997]],
      [
        "log loss, clipped",
        [logLoss(two, certain), logLoss(two, certain, "1e-15"), logLoss(two, certain, "1e-7")],
        [9.119379493, 8.743160244, 4.137990058],
      ],
      ["normalized entropy", [normalizedEntropy(two, calm)], [0.4489648208]],
      [
        "calibration",
        [
          expectedCalibrationError(five),
          maximumCalibrationError(five),
          expectedCalibrationError(ten),
          maximumCalibrationError(ten),
          expectedCalibrationError(calibrationBins(labels, p, { closed: "left" })),
          brierScore(labels, p),
        ],
        [0.1975, 0.325, 0.2108333333, 0.39, 0.2341666667, 0.2322916667],
      ],
    ]);
  });

  it("of decisions and costs", () => {
    const matrix = { tp: 40, fp: 10, fn: 20, tn: 930 };
    const costs = { fp: 5, fn: 200, tp: 5, tn: 0 };
    const cost = expectedCost(matrix, costs);
    const y = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2];
    const predicted = [0, 0, 1, 0, 1, 2, 1, 2, 2, 0];
    const cases = {
      day: [1, 1, 1, 1, 1, 2, 2, 2, 2, 2],
      unit: [0, 0, 1, 2, 3, 0, 1, 4, 3, 5],
      scores: [0.9, 0.4, 0.8, 0.7, 0.6, 0.95, 0.5, 0.85, 0.65, 0.3],
      labels: [1, 0, 0, 1, 1, 1, 0, 1, 0, 0],
    };
    expectChecks([
      [
        "confusion matrix",
        [
          confusion.precisionOf(matrix),
          confusion.recallOf(matrix),
          confusion.fBetaOf(matrix),
          confusion.fBetaOf(matrix, 2),
          confusion.fBetaOf(matrix, 0.5),
          confusion.mccOf(matrix),
          confusion.balancedAccuracyOf(matrix),
          confusion.kappaOf(matrix),
          confusion.jaccardOf(matrix),
          confusion.accuracyOf(matrix),
        ],
        [
          0.8, 0.6666666667, 0.7272727273, 0.6896551724, 0.7692307692, 0.7148507337, 0.8280141844, 0.7115384615,
          0.5714285714, 0.97,
        ],
      ],
      [
        "F1 over classes",
        [averagedF1(y, predicted), averagedF1(y, predicted, "micro"), averagedF1(y, predicted, "weighted")],
        [0.6944444444, 0.7, 0.7],
      ],
      ["threshold of costs", [costThreshold(costs)], [0.025]],
      ["expected cost", [cost.total, cost.perCase, cost.savingsOverNoModel], [4250, 4.25, 7750]],
      [
        "card precision",
        [
          ...dailyCardPrecision(cases, 2),
          cardPrecision.measure(cases, 2, "removed"),
          ...dailyCardPrecision(cases, 2, "kept"),
          cardPrecision.measure(cases, 2, "kept"),
        ],
        [0.5, 0.5, 0.5, 0.5, 1, 0.75],
      ],
    ]);
  });

  it("of rankings", () => {
    const relevance = [3, 2, 0, 1, 0, 2];
    const own = { relevance, judged: relevance };
    const list = [2, 0, 1];
    const ties = { relevance: [3, 0, 2, 1], judged: [3, 0, 2, 1] };
    const request = (hits: readonly number[], relevant: number): RankedRequest => ({
      relevance: hits,
      judged: new Uint8Array(relevant).fill(1),
    });
    const ten = request([1, 0, 1, 0, 0, 1, 0, 0, 0, 0], 8);
    const queries = [request([1, 0, 1, 0, 0], 2), request([0, 0, 1, 0, 0], 1), request([0, 0, 0, 0, 0], 3)];
    const meanOf = (measure: (one: RankedRequest) => number) => momentsOf(queries.map(measure)).mean;
    const lists = {
      catalogue: 1000,
      lists: [...Array<number[]>(50).fill([0]), ...Array<number[]>(30).fill([1]), ...Array<number[]>(20).fill([2])],
    };
    expectChecks([
      [
        "NDCG",
        [
          dcg(relevance),
          ndcgAt(own, 6),
          dcg(relevance, 6, "exponential"),
          ndcgAt(own, 6, "exponential"),
          ndcgAt(own, 3),
          ndcgAt(own, 3, "exponential"),
        ],
        [5.404950439, 0.9494802277, 10.39208738, 0.9601441492, 0.8099531166, 0.8556691604],
      ],
      [
        "NDCG under ties",
        [expectedNdcgUnderTies([3, 0, 2, 1], [0.9, 0.9, 0.5, 0.1]), ndcgAt(ties, 4)],
        [0.8141926873, 0.9304509197],
      ],
      [
        "NDCG by pool of the ideal",
        [ndcgAt({ relevance: list, judged: list }, 3), ndcgAt({ relevance: list, judged: [3, 2, 2, 1, 0] }, 3)],
        [0.9502344168, 0.4751172084],
      ],
      [
        "average precision at 5, by divisor",
        (["min(k, R)", "R", "hits", "k"] as const).map((divisor) => averagePrecisionAt(ten, 5, divisor)),
        [0.3333333333, 0.2083333333, 0.8333333333, 0.3333333333],
      ],
      [
        "three queries",
        [
          meanOf((one) => reciprocalRank(one)),
          meanOf((one) => hitAt(one, 5)),
          meanOf((one) => precisionAt(one, 5)),
          meanOf((one) => recallAt(one, 5)),
          meanOf((one) => averagePrecisionAt(one, 5)),
        ],
        [0.4444444444, 0.6666666667, 0.2, 0.6666666667, 0.3888888889],
      ],
      ["exposure", [coverageAt(lists), exposureEntropyAt(lists), giniAt(lists)], [0.003, 1.485475297, 0.2]],
    ]);
  });

  it("of predictions, boxes and language", () => {
    const y = [3.0, -0.5, 2.0, 7.0, 4.2];
    const predicted = [2.5, 0.0, 2.1, 7.8, 3.6];
    const first = [10, 10, 50, 60] as const;
    const second = [30, 20, 70, 80] as const;
    const nats = [2.1, 0.7, 3.3, 1.2];
    const left = [1, 2, 2, 4, 5, 6];
    const right = [2, 1, 4, 3, 6, 6];
    expectChecks([
      [
        "regression",
        [meanAbsoluteError, rootMeanSquaredError, coefficientOfDetermination, meanAbsolutePercentageError]
          .map((measure) => measure(y, predicted))
          .concat(symmetricMape(y, predicted), weightedApe(y, predicted), pinballLoss(y, predicted, 0.9)),
        [0.5, 0.5495452666, 0.9506406904, 0.2947619048, 0.4985105863, 0.1497005988, 0.226],
      ],
      [
        "overlap",
        [iou(first, second), iou(first, second, "inclusive pixels"), dice(first, second)],
        [0.2222222222, 0.2307692308, 0.3636363636],
      ],
      ["perplexity", [perplexity(nats), bitsPerToken(nats)], [6.202795019, 2.63291845]],
      ["rank correlation", [spearman(left, right), kendall(left, right)], [0.7941176471, 0.6428571429]],
    ]);
  });
});
