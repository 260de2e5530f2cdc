/** Logistic regression with an L2 penalty on standardized features, fitted by Newton's method. */

import { type Failure, fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { numbers, type Table } from "../../../core/table.ts";
import { logLoss, sigmoid, softLogLoss } from "../losses/log-loss.ts";
import type { Target } from "../losses/loss.ts";
import { solvePositiveDefinite } from "../train/solve-positive-definite.ts";
import { fitStandardization, type StandardizedFeature, standardized, standardizeRows } from "../train/standardize.ts";
import { isFailure, readTarget, rejectOneClass, type TrainingRows } from "../train/training-rows.ts";

export interface LogisticOptions {
  /** Numeric columns to use. Default: all of the table. */
  readonly features?: readonly string[];
  /** The penalty is l2 / 2 times the sum of squared coefficients; the intercept is free. scikit-learn's C is 1 / l2. Default 1. */
  readonly l2?: number;
  /** Default 100. */
  readonly maxIterations?: number;
  /** Labels are probabilities, such as a teacher's, instead of classes. Default false. */
  readonly softLabels?: boolean;
}

/** margin = intercept + sum of coefficient x standardized value; a missing value counts as the mean. JSON as it stands. */
export interface LogisticModel {
  readonly format: "heptad logistic regression";
  readonly version: 1;
  readonly intercept: number;
  readonly features: readonly (StandardizedFeature & { readonly coefficient: number })[];
}

/** Newton's method has arrived when the largest step of a coefficient is below this. */
const TOLERANCE = 1e-9;

/**
 * Fits the model. Fails with `no-rows`, `one-class`, `bad-label`, `bad-weight`, `missing-column`, `infinite-value`, `bad-option`, or
 * `not-converged` where there is no finite best model: classes that a line parts need l2 above 0.
 */
export function trainLogisticRegression(rows: TrainingRows, options: LogisticOptions = {}): Outcome<LogisticModel> {
  const {
    features: names = [...rows.features.columns.keys()],
    l2 = 1,
    maxIterations = 100,
    softLabels = false,
  } = options;
  if (!(l2 >= 0 && l2 < Number.POSITIVE_INFINITY)) {
    return fail({ code: "bad-option", where: "l2", message: `l2 is ${l2}, and has to be finite and not negative` });
  }
  const target = readTarget(rows, softLabels ? softLogLoss : logLoss, "training");
  if (isFailure(target)) return fail(target);
  const oneClass = rejectOneClass(target);
  if (oneClass !== undefined) return fail(oneClass);
  const features = fitStandardization(rows.features, names, target.weights);
  if ("code" in features) return fail(features);
  const fitted = findCoefficients(standardizeRows(rows.features, features), features.length, target, l2, maxIterations);
  if ("code" in fitted) return fail(fitted);
  return succeed({
    format: "heptad logistic regression",
    version: 1,
    intercept: fitted[features.length],
    features: features.map((feature, index) => ({ ...feature, coefficient: fitted[index] })),
  });
}

/** The log-odds of each row of the table. Throws when a column of the model is missing. */
export function logisticMargins(model: LogisticModel, table: Table): Float64Array {
  const margins = new Float64Array(table.rows).fill(model.intercept);
  for (const feature of model.features) {
    const column = numbers(table, feature.name);
    for (let row = 0; row < table.rows; row++) margins[row] += feature.coefficient * standardized(column[row], feature);
  }
  return margins;
}

/** The log-odds of one row, its values in the order of the model's features. */
export function logisticMargin(model: LogisticModel, values: ArrayLike<number>): number {
  return model.features.reduce(
    (margin, feature, index) => margin + feature.coefficient * standardized(values[index], feature),
    model.intercept,
  );
}

/** Coefficients, the intercept last. Steps are halved while they would make the penalised loss larger. */
function findCoefficients(
  values: Float64Array,
  width: number,
  target: Target,
  l2: number,
  maxIterations: number,
): Float64Array | Failure {
  const bound = logLoss.bind(target);
  const total = target.weights?.reduce((sum, weight) => sum + weight, 0) ?? target.labels.length;
  const margins = new Float64Array(target.labels.length);
  let coefficients = new Float64Array(width + 1);
  coefficients[width] = bound.baseScore;

  const lossAt = (at: Float64Array): number => {
    fillMargins(values, width, at, margins);
    return total * bound.measure(margins) + (l2 / 2) * at.subarray(0, width).reduce((sum, one) => sum + one * one, 0);
  };

  let loss = lossAt(coefficients);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    fillMargins(values, width, coefficients, margins);
    const step = newtonStep(values, width, target, margins, coefficients, l2);
    if (step === null) break;
    let scale = 1;
    let next = moveBy(coefficients, step, scale);
    let nextLoss = lossAt(next);
    while (!(nextLoss <= loss + 1e-12 * Math.abs(loss)) && scale > 1e-6) {
      scale /= 2;
      next = moveBy(coefficients, step, scale);
      nextLoss = lossAt(next);
    }
    coefficients = next;
    loss = nextLoss;
    const largest = scale * step.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    if (largest < TOLERANCE * (1 + coefficients.reduce((most, one) => Math.max(most, Math.abs(one)), 0)))
      return coefficients;
  }
  return {
    code: "not-converged",
    message: `the coefficients did not settle within ${maxIterations} steps`,
    fix:
      l2 === 0
        ? "set l2 above 0: the classes can be parted, or columns depend on each other"
        : "raise l2 or maxIterations",
  };
}

/** H^-1 g, with g and H the gradient and hessian of the penalised loss; null when H cannot be inverted. */
function newtonStep(
  values: Float64Array,
  width: number,
  { labels, weights }: Target,
  margins: Float64Array,
  coefficients: Float64Array,
  l2: number,
): Float64Array | null {
  const size = width + 1;
  const gradient = coefficients.map((coefficient, index) => (index < width ? l2 * coefficient : 0));
  const hessian = new Float64Array(size * size);
  for (let index = 0; index < width; index++) hessian[index * size + index] = l2;
  for (let row = 0; row < labels.length; row++) {
    const weight = weights === null ? 1 : weights[row];
    const probability = sigmoid(margins[row]);
    const slope = weight * (probability - labels[row]);
    const curvature = weight * probability * (1 - probability);
    const at = row * width;
    for (let i = 0; i < width; i++) {
      const x = values[at + i];
      gradient[i] += slope * x;
      for (let j = 0; j <= i; j++) hessian[i * size + j] += curvature * x * values[at + j];
      hessian[width * size + i] += curvature * x;
    }
    gradient[width] += slope;
    hessian[width * size + width] += curvature;
  }
  // A constant column is 0 throughout: its coefficient stays 0 whatever stands here.
  for (let i = 0; i < width; i++) if (hessian[i * size + i] === 0) hessian[i * size + i] = 1;
  return solvePositiveDefinite(hessian, gradient);
}

function fillMargins(values: Float64Array, width: number, coefficients: Float64Array, margins: Float64Array): void {
  for (let row = 0; row < margins.length; row++) {
    let margin = coefficients[width];
    for (let i = 0; i < width; i++) margin += coefficients[i] * values[row * width + i];
    margins[row] = margin;
  }
}

function moveBy(from: Float64Array, step: Float64Array, scale: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(from, (one, index) => one - scale * step[index]);
}
