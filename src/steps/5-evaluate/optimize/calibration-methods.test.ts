import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { sigmoid } from "../../4-model/losses/log-loss.ts";
import { applyIsotonicCalibration, fitIsotonicCalibration } from "./isotonic-calibration.ts";
import { applyPlattScaling, fitPlattScaling } from "./platt-scaling.ts";

/** Scores whose true probability is sigmoid(0.5 s - 1): the model is twice as sure as it should be, and optimistic. */
function overconfident(rows: number) {
  const random = createRandom(7);
  const scores = Float64Array.from({ length: rows }, () => 3 * random.normal());
  const labels = Uint8Array.from(scores, (score) => (random.uniform() < sigmoid(0.5 * score - 1) ? 1 : 0));
  return { scores, labels };
}

describe("Platt scaling", () => {
  it("finds the curve that the labels were drawn from", () => {
    const { slope, intercept } = unwrap(fitPlattScaling(overconfident(50_000)));
    expect(slope).toBeCloseTo(0.5, 1);
    expect(intercept).toBeCloseTo(-1, 1);
  });

  it("stands where the slopes of its loss are zero", () => {
    const rows = overconfident(300);
    const scaling = unwrap(fitPlattScaling(rows));
    const positives = rows.labels.reduce((sum, label) => sum + label, 0);
    const [high, low] = [(positives + 1) / (positives + 2), 1 / (300 - positives + 2)];
    const residuals = rows.scores.map(
      (score, row) => applyPlattScaling(scaling, score) - (rows.labels[row] === 1 ? high : low),
    );
    expect(residuals.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 5);
    expect(residuals.reduce((sum, one, row) => sum + one * rows.scores[row], 0)).toBeCloseTo(0, 5);
  });

  it("stays finite where scores part the classes, and gives the drawn-in rate where all scores are alike", () => {
    const parted = unwrap(fitPlattScaling({ scores: Float64Array.of(1, 2, 3, 4), labels: [0, 0, 1, 1] }));
    expect(Number.isFinite(parted.slope)).toBe(true);
    expect(applyPlattScaling(parted, 4)).toBeGreaterThan(0.7);
    const alike = unwrap(fitPlattScaling({ scores: new Float64Array(8).fill(2), labels: [1, 0, 0, 0, 1, 0, 0, 0] }));
    expect(applyPlattScaling(alike, 2)).toBeCloseTo((2 * (3 / 4) + 6 * (1 / 8)) / 8, 6);
  });
});

describe("isotonic calibration", () => {
  it("merges neighbours whose rates fall, ties first", () => {
    const scores = Float64Array.of(1, 2, 3, 3, 4, 5);
    const curve = unwrap(fitIsotonicCalibration({ scores, labels: [0, 1, 0, 1, 0, 1] }));
    expect(curve.scores).toEqual([1, 2, 4, 5]);
    expect(curve.probabilities).toEqual([0, 0.5, 0.5, 1]);
    expect(applyIsotonicCalibration(curve, 1.5)).toBe(0.25);
    expect([0, 9, Number.NaN].map((score) => applyIsotonicCalibration(curve, score))).toEqual([0, 1, Number.NaN]);
  });

  it("is the closest rising curve: no other one that is tried has a smaller squared error", () => {
    const bits = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(bits, fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 5, maxLength: 5 }), (labels, levels) => {
        fc.pre(new Set(labels).size === 2);
        const scores = Float64Array.of(1, 2, 3, 4, 5);
        const curve = unwrap(fitIsotonicCalibration({ scores, labels }));
        const error = (at: (row: number) => number) =>
          labels.reduce((sum, label, row) => sum + (at(row) - label) ** 2, 0);
        const other = levels.toSorted((a, b) => a - b).map((level) => level / 8);
        const ours = error((row) => applyIsotonicCalibration(curve, scores[row]));
        expect(ours).toBeLessThanOrEqual(error((row) => other[row]) + 1e-12);
      }),
    );
  });

  it("brings predicted and true rates together", () => {
    const rows = overconfident(20_000);
    const curve = unwrap(fitIsotonicCalibration(rows));
    for (const score of [-4, -1, 0, 2, 5]) {
      expect(Math.abs(applyIsotonicCalibration(curve, score) - sigmoid(0.5 * score - 1))).toBeLessThan(0.06);
    }
  });

  it("counts weights", () => {
    const weighted = fitIsotonicCalibration({
      scores: Float64Array.of(1, 1, 2),
      labels: [0, 1, 1],
      weights: [3, 1, 0],
    });
    expect(unwrap(weighted)).toEqual({ method: "isotonic", scores: [1], probabilities: [0.25] });
  });
});

describe.each([
  ["Platt", fitPlattScaling],
  ["isotonic", fitIsotonicCalibration],
])("%s calibration", (_, calibrate) => {
  it.each([
    ["no-rows", { scores: new Float64Array(0), labels: [] }],
    ["length-mismatch", { scores: Float64Array.of(1), labels: [0, 1] }],
    ["bad-label", { scores: Float64Array.of(1, 2), labels: [0, 2] }],
    ["bad-score", { scores: Float64Array.of(1, Number.NaN), labels: [0, 1] }],
    ["bad-weight", { scores: Float64Array.of(1, 2), labels: [0, 1], weights: [1, -1] }],
    ["one-class", { scores: Float64Array.of(1, 2), labels: [1, 1] }],
  ])("fails with %s", (code, rows) => {
    const outcome = calibrate(rows);
    expect(outcome.ok ? "fitted" : outcome.failure.code).toBe(code);
  });
});
