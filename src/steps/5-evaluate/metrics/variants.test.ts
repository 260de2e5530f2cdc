import { describe, expect, it } from "vitest";
import { aucRoc, aucRocMetric } from "./auc-roc.ts";
import { averagePrecision, averagePrecisionMetric, precisionRecallTrapezoid } from "./average-precision.ts";
import { calibrationBins, ece, expectedCalibrationError, maximumCalibrationError, mce } from "./calibration.ts";
import { cardPrecision, dailyCardPrecision } from "./card-precision.ts";
import { METRICS } from "./catalogue.ts";
import { gini, giniAt } from "./gini.ts";
import { logLoss, logLossMetric } from "./log-loss.ts";
import { averagePrecisionAt, map } from "./map.ts";
import type { ScoredCases } from "./metric.ts";
import { ndcg, ndcgAt } from "./ndcg.ts";
import { pinball, pinballLoss } from "./pinball.ts";
import { smape, symmetricMape } from "./smape.ts";

const labels = [1, 0, 1, 0, 1, 0, 0, 1];
const scores = [0.9, 0.9, 0.4, 0.4, 0.4, 0.2, 0.05, 1];
const sure = [1, 0, 1, 0, 1, 1, 0, 1];
const request = { relevance: [0, 3, 1, 0, 2], judged: [3, 2, 1, 1, 0, 0] };
const lists = {
  lists: [
    [1, 2, 3],
    [1, 2, 4],
    [1, 5, 2],
  ],
  catalogue: 12,
};
/** Two days of two cards: the first is caught on the first day. */
const cases: ScoredCases = {
  day: [0, 0, 0, 1, 1, 1],
  unit: [1, 2, 3, 1, 2, 4],
  labels: [1, 0, 0, 1, 0, 0],
  scores: [0.9, 0.5, 0.1, 0.8, 0.6, 0.7],
};
const mean = (values: Float64Array): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const [truth, predicted] = [
  [3, -2, 7, 0],
  [2, 2, 9, 0],
];

describe("a metric called by a variant's name", () => {
  it("is that definition, and the first one where none is named", () => {
    const auc = (variant: string) => aucRocMetric.measure(labels, scores, 10, variant);
    expect([auc(""), auc("half"), auc("none"), auc("full")]).toEqual([
      aucRoc(labels, scores, "half"),
      aucRoc(labels, scores, "half"),
      aucRoc(labels, scores, "none"),
      aucRoc(labels, scores, "full"),
    ]);
    const precision = (variant: string) => averagePrecisionMetric.measure(labels, scores, 10, variant);
    const steps = averagePrecision(labels, scores);
    expect([precision(""), precision("steps"), precision("trapezoid")]).toEqual([
      steps,
      steps,
      precisionRecallTrapezoid(labels, scores),
    ]);
    const loss = (variant: string) => logLossMetric.measure(labels, sure, 10, variant);
    expect([loss(""), loss("float64"), loss("1e-15"), loss("1e-7")]).toEqual([
      logLoss(labels, sure, "float64"),
      logLoss(labels, sure, "float64"),
      logLoss(labels, sure, "1e-15"),
      logLoss(labels, sure, "1e-7"),
    ]);
  });

  it("is that definition of calibration: bins of equal width, closed on the left, or of equal mass", () => {
    const wide = calibrationBins(labels, scores);
    const left = calibrationBins(labels, scores, { closed: "left" });
    const mass = calibrationBins(labels, scores, { binning: "equal mass" });
    for (const [metric, of] of [
      [ece, expectedCalibrationError],
      [mce, maximumCalibrationError],
    ] as const) {
      const by = (variant: string) => metric.measure(labels, scores, 10, variant);
      expect([by(""), by("equal width"), by("left-closed"), by("equal mass")]).toEqual(
        [wide, wide, left, mass].map(of),
      );
    }
    expect(new Set([wide, left, mass].map(expectedCalibrationError)).size).toBeGreaterThan(1);
  });

  it("is that definition of lists and requests", () => {
    const concentration = (variant: string) => gini.measure(lists, 3, variant);
    const [recommended, catalogue] = [giniAt(lists, 3, "over recommended"), giniAt(lists, 3, "over catalogue")];
    expect([concentration(""), concentration("over recommended"), concentration("over catalogue")]).toEqual([
      recommended,
      recommended,
      catalogue,
    ]);
    const gain = (variant: string) => ndcg.measure(request, 4, variant);
    expect([gain(""), gain("linear"), gain("exponential")]).toEqual([
      ndcgAt(request, 4, "linear"),
      ndcgAt(request, 4, "linear"),
      ndcgAt(request, 4, "exponential"),
    ]);
    const cards = (variant: string) => cardPrecision.measure(cases, 1, variant);
    const [removed, kept] = [mean(dailyCardPrecision(cases, 1, "removed")), mean(dailyCardPrecision(cases, 1, "kept"))];
    expect([cards(""), cards("removed"), cards("kept")]).toEqual([removed, removed, kept]);
    const divisors = ["min(k, R)", "R", "hits", "k"] as const;
    expect(map.variants).toEqual(divisors);
    for (const divisor of divisors)
      expect(map.measure(request, 4, divisor), divisor).toBe(averagePrecisionAt(request, 4, divisor));
    expect(map.measure(request, 4, "")).toBe(averagePrecisionAt(request, 4));
  });

  it("is that definition of errors", () => {
    const error = (variant: string) => smape.measure(truth, predicted, 10, variant);
    expect([error(""), error("0 to 2"), error("0 to 1"), error("0 to 200 %")]).toEqual([
      symmetricMape(truth, predicted, "0 to 2"),
      symmetricMape(truth, predicted, "0 to 2"),
      symmetricMape(truth, predicted, "0 to 1"),
      symmetricMape(truth, predicted, "0 to 200 %"),
    ]);
    for (const variant of pinball.variants)
      expect(pinball.measure(truth, predicted, 10, variant)).toBe(pinballLoss(truth, predicted, Number(variant)));
  });

  it("differs from the other definitions on some data", () => {
    for (const { name, variants } of METRICS) expect(new Set(variants).size, name).toBe(variants.length);
    expect(new Set(["half", "none", "full"].map((one) => aucRocMetric.measure(labels, scores, 10, one))).size).toBe(3);
    expect(
      new Set(["steps", "trapezoid"].map((one) => averagePrecisionMetric.measure(labels, scores, 10, one))).size,
    ).toBe(2);
    expect(new Set(["float64", "1e-15", "1e-7"].map((one) => logLossMetric.measure(labels, sure, 10, one))).size).toBe(
      3,
    );
    expect(new Set(["linear", "exponential"].map((one) => ndcg.measure(request, 4, one))).size).toBe(2);
    expect(new Set(["removed", "kept"].map((one) => cardPrecision.measure(cases, 1, one))).size).toBe(2);
    expect(new Set(gini.variants.map((one) => gini.measure(lists, 3, one))).size).toBe(2);
  });
});
