import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import {
  type LogisticOptions,
  logisticMargin,
  logisticMargins,
  trainLogisticRegression,
} from "./logistic-regression.ts";

const a = Float64Array.of(0.5, 1.5, -0.7, 2.1, -1.1, 0.3, 1.0, -0.2);
const b = Float64Array.of(1.2, -0.3, 0.8, 1.9, -0.4, -1.6, 0.2, 2.2);
const labels = Float64Array.of(0, 1, 0, 1, 0, 1, 1, 0);
const weights = Float64Array.of(1, 2, 1, 0.5, 1, 3, 1, 1);
const rows = { features: createTable({ a, b }), labels, weights };

function codeOf(training: Parameters<typeof trainLogisticRegression>[0], options?: LogisticOptions): string {
  const outcome = trainLogisticRegression(training, options);
  return outcome.ok ? "trained" : outcome.failure.code;
}

describe("logistic regression", () => {
  // scikit-learn 1.9, LogisticRegression(C=1 / l2, tol=1e-12) on the same columns, standardized with the same weights.
  it.each([
    [1, 1.1926516431364504, -1.042857020289972, 0.6388271387048479],
    [4, 0.5699099908581087, -0.4917894184010286, 0.5359090444606849],
  ])("finds the coefficients scikit-learn finds, l2 = %d", (l2, ofA, ofB, intercept) => {
    const model = unwrap(trainLogisticRegression(rows, { l2 }));
    expect(model.features.map(({ coefficient }) => coefficient)).toEqual([
      expect.closeTo(ofA, 7),
      expect.closeTo(ofB, 7),
    ]);
    expect(model.intercept).toBeCloseTo(intercept, 7);
  });

  it("recovers the coefficients that made the labels", () => {
    const random = createRandom(2);
    const x = Float64Array.from({ length: 40_000 }, () => 3 + 2 * random.normal());
    const made = x.map((value) => (random.uniform() < 1 / (1 + Math.exp(-(0.8 * value - 2))) ? 1 : 0));
    const model = unwrap(trainLogisticRegression({ features: createTable({ x }), labels: made }, { l2: 0 }));
    expect(model.features[0].coefficient / model.features[0].deviation).toBeCloseTo(0.8, 1);
    expect(logisticMargin(model, [0])).toBeCloseTo(-2, 0);
  });

  it("learns probabilities as it learns the rows of both classes that they stand for", () => {
    const probabilities = Float64Array.of(0.1, 0.9, 0.3, 0.8, 0.05, 0.6, 0.7, 0.2);
    const soft = trainLogisticRegression({ features: rows.features, labels: probabilities }, { softLabels: true });
    const twice = (column: Float64Array) => Float64Array.from([...column, ...column]);
    const hard = trainLogisticRegression({
      features: createTable({ a: twice(a), b: twice(b) }),
      labels: Float64Array.from({ length: 16 }, (_, row) => Number(row < 8)),
      weights: Float64Array.from([...probabilities, ...probabilities.map((one) => 1 - one)]),
    });
    const [one, other] = [unwrap(soft), unwrap(hard)];
    expect(one.intercept).toBeCloseTo(other.intercept, 8);
    for (const at of [0, 1]) expect(one.features[at].coefficient).toBeCloseTo(other.features[at].coefficient, 8);
    expect(
      codeOf(
        { features: rows.features, labels: Float64Array.of(0.1, 0.9, 0.3, 1.2, 0, 0.6, 0.7, 0.2) },
        { softLabels: true },
      ),
    ).toBe("bad-label");
  });

  it("counts a row of weight 2 like two rows", () => {
    const twice = (column: Float64Array) => Float64Array.from([...column, ...column]);
    const doubled = { features: createTable({ a: twice(a), b: twice(b) }), labels: twice(labels) };
    const weighted = { features: rows.features, labels, weights: new Float64Array(8).fill(2) };
    const [first, second] = [doubled, weighted].map((one) => unwrap(trainLogisticRegression(one)));
    expect(first.intercept).toBeCloseTo(second.intercept, 8);
    expect(first.features[1].coefficient).toBeCloseTo(second.features[1].coefficient, 8);
  });

  it("takes a missing value for the mean and leaves a constant column out of account", () => {
    const table = createTable({ a, flat: new Float64Array(8).fill(0.1) });
    const model = unwrap(trainLogisticRegression({ features: table, labels }, { l2: 0.1 }));
    expect(model.features[1].coefficient).toBe(0);
    expect(logisticMargin(model, [Number.NaN, 5])).toBe(logisticMargin(model, [model.features[0].mean, 5]));
  });

  it("predicts a row as it predicts the table", () => {
    const model = unwrap(trainLogisticRegression(rows));
    const margins = logisticMargins(model, rows.features);
    expect(margins[2]).toBeCloseTo(logisticMargin(model, [a[2], b[2]]), 12);
  });

  it("says why where there is nothing to fit", () => {
    const features = rows.features;
    expect(codeOf({ features: createTable({ a: new Float64Array(0) }), labels: new Float64Array(0) })).toBe("no-rows");
    expect(codeOf({ features, labels: new Float64Array(8) })).toBe("one-class");
    expect(codeOf({ features, labels: labels.map((label) => 2 * label) })).toBe("bad-label");
    expect(codeOf(rows, { features: ["c"] })).toBe("missing-column");
    expect(codeOf(rows, { l2: -1 })).toBe("bad-option");
    const endless = createTable({ a: a.map((value, row) => (row === 3 ? Number.POSITIVE_INFINITY : value)) });
    expect(codeOf({ features: endless, labels })).toBe("infinite-value");
    const parted = { features: createTable({ a: labels.map((label) => label + 1) }), labels };
    expect(codeOf(parted, { l2: 0 })).toBe("not-converged");
    expect(codeOf(parted)).toBe("trained");
  });
});
