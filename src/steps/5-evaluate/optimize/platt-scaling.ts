/** Platt scaling: probabilities from scores by a logistic curve with two numbers. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { sigmoid } from "../../4-model/losses/log-loss.ts";
import { type CalibrationRows, rejectCalibrationRows } from "./calibration-rows.ts";

/** probability = 1 / (1 + exp(-(slope x score + intercept))). */
export interface PlattScaling {
  readonly method: "platt";
  readonly slope: number;
  readonly intercept: number;
}

const MOST_STEPS = 100;

/**
 * The curve with the least log loss on rows that the model was not trained on (Platt 1999), labels drawn in to (N+ + 1) / (N+ + 2) and
 * 1 / (N- + 2) so that it stays finite, by Newton's method with step halving (Lin, Lin and Weng 2007). Fails with the codes of
 * `rejectCalibrationRows`.
 */
export function fitPlattScaling(rows: CalibrationRows): Outcome<PlattScaling> {
  const fault = rejectCalibrationRows(rows);
  if (fault !== undefined) return fail(fault);
  const drawnIn = drawLabelsIn(rows);
  let slope = 0;
  let intercept = drawnIn.intercept;
  let loss = lossOf(drawnIn, slope, intercept);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { bySlope, byIntercept } = newtonStep(drawnIn, slope, intercept);
    let scale = 1;
    while (scale > 1e-10 && !(lossOf(drawnIn, slope - scale * bySlope, intercept - scale * byIntercept) <= loss))
      scale /= 2;
    slope -= scale * bySlope;
    intercept -= scale * byIntercept;
    const before = loss;
    loss = lossOf(drawnIn, slope, intercept);
    if (before - loss <= 1e-12 * Math.abs(before)) break;
  }
  return succeed({ method: "platt", slope, intercept });
}

/** The probability that a score stands for. */
export function applyPlattScaling({ slope, intercept }: PlattScaling, score: number): number {
  return sigmoid(slope * score + intercept);
}

interface DrawnInRows {
  readonly scores: Float64Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  /** The best curve without a slope. */
  readonly intercept: number;
}

function drawLabelsIn({ scores, labels, weights }: CalibrationRows): DrawnInRows {
  const each = scores.map((_, row) => weights?.[row] ?? 1);
  const total = each.reduce((sum, weight) => sum + weight, 0);
  const positives = each.reduce((sum, weight, row) => sum + weight * labels[row], 0);
  const [high, low] = [(positives + 1) / (positives + 2), 1 / (total - positives + 2)];
  const targets = scores.map((_, row) => (labels[row] === 1 ? high : low));
  const rate = (positives * high + (total - positives) * low) / total;
  return { scores, targets, weights: each, intercept: Math.log(rate / (1 - rate)) };
}

function lossOf({ scores, targets, weights }: DrawnInRows, slope: number, intercept: number): number {
  let loss = 0;
  for (let row = 0; row < scores.length; row++) {
    const margin = slope * scores[row] + intercept;
    loss += weights[row] * (Math.max(margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))) - targets[row] * margin);
  }
  return loss;
}

function newtonStep({ scores, targets, weights }: DrawnInRows, slope: number, intercept: number) {
  const gradient = { slope: 0, intercept: 0 };
  // A hair on the diagonal keeps the step finite where all scores are alike.
  const hessian = { slope: 1e-12, both: 0, intercept: 1e-12 };
  for (let row = 0; row < scores.length; row++) {
    const probability = sigmoid(slope * scores[row] + intercept);
    const residual = weights[row] * (probability - targets[row]);
    const curvature = weights[row] * probability * (1 - probability);
    gradient.slope += residual * scores[row];
    gradient.intercept += residual;
    hessian.slope += curvature * scores[row] ** 2;
    hessian.both += curvature * scores[row];
    hessian.intercept += curvature;
  }
  const determinant = hessian.slope * hessian.intercept - hessian.both ** 2;
  return {
    bySlope: (hessian.intercept * gradient.slope - hessian.both * gradient.intercept) / determinant,
    byIntercept: (hessian.slope * gradient.intercept - hessian.both * gradient.slope) / determinant,
  };
}
