import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { createLambdaRank } from "./lambdarank.ts";
import { logLoss } from "./log-loss.ts";
import type { Loss, Target } from "./loss.ts";
import { squaredError } from "./squared-error.ts";

const random = createRandom(3);
const ROWS = 40;
const weights = Float64Array.from({ length: ROWS }, () => 0.5 + random.uniform());
const margins = Float64Array.from({ length: ROWS }, () => 3 * random.normal());
const noQueries = { weights, queryStarts: null };

function derive(loss: Loss, target: Target, at: Float64Array) {
  const gradients = new Float64Array(at.length);
  const hessians = new Float64Array(at.length);
  loss.bind(target).derive(at, gradients, hessians);
  return { gradients, hessians };
}

describe.each([
  { loss: logLoss, labels: Float64Array.from({ length: ROWS }, () => random.below(2)), perMeasure: 1 },
  { loss: squaredError, labels: Float64Array.from({ length: ROWS }, () => random.normal()), perMeasure: 0.5 },
])("$loss.name", ({ loss, labels, perMeasure }) => {
  const target = { labels, ...noQueries };
  const bound = loss.bind(target);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const objective = (row: number, step: number) => {
    const moved = margins.slice();
    moved[row] += step;
    return perMeasure * total * bound.measure(moved);
  };

  it("has the gradient and the hessian that finite differences of the loss give", () => {
    const { gradients, hessians } = derive(loss, target, margins);
    for (let row = 0; row < ROWS; row++) {
      const step = 1e-4;
      const slope = (objective(row, step) - objective(row, -step)) / (2 * step);
      expect(gradients[row]).toBeCloseTo(slope, 6);
      const { gradients: above } = derive(
        loss,
        target,
        margins.map((margin, i) => margin + (i === row ? step : 0)),
      );
      const { gradients: below } = derive(
        loss,
        target,
        margins.map((margin, i) => margin - (i === row ? step : 0)),
      );
      expect(hessians[row]).toBeCloseTo((above[row] - below[row]) / (2 * step), 6);
    }
  });

  it("starts at the constant with the least loss", () => {
    const at = (margin: number) => bound.measure(new Float64Array(ROWS).fill(margin));
    for (const step of [-0.01, 0.01]) expect(at(bound.baseScore)).toBeLessThan(at(bound.baseScore + step));
  });
});

it("log loss stays finite at margins of a thousand", () => {
  const target = { labels: Float64Array.of(0, 1), weights: null, queryStarts: null };
  expect(logLoss.bind(target).measure(Float64Array.of(1000, -1000))).toBe(1000);
  expect([logLoss.link(1000), logLoss.link(-1000)]).toEqual([1, 0]);
  expect([...derive(logLoss, target, Float64Array.of(-1000, 1000)).gradients]).toEqual([0, 0]);
});

describe("lambdarank", () => {
  const starts = Uint32Array.of(0, 7, 8, 20, 40);
  const labels = Float64Array.from({ length: ROWS }, (_, row) => (row < 7 ? 0 : random.below(4)));
  const target = { labels, weights: null, queryStarts: starts };

  it("has the gradients of the definition, pair by pair", () => {
    const truncation = 5;
    const { gradients, hessians } = derive(createLambdaRank({ truncation, cutoff: 3 }), target, margins);
    const gain = (row: number) => 2 ** labels[row] - 1;
    for (let query = 0; query < 4; query++) {
      const rows = Array.from({ length: starts[query + 1] - starts[query] }, (_, i) => starts[query] + i);
      const order = rows.toSorted((a, b) => margins[b] - margins[a]);
      const rank = new Map(order.map((row, place) => [row, place]));
      const rankOf = (row: number) => rank.get(row) ?? Number.NaN;
      const best = rows.toSorted((a, b) => labels[b] - labels[a]);
      const ideal = best.slice(0, truncation).reduce((sum, row, place) => sum + gain(row) / Math.log2(place + 2), 0);
      const lambda = new Map(rows.map((row) => [row, { gradient: 0, hessian: 0 }]));
      let sum = 0;
      for (const i of rows) {
        for (const j of rows) {
          if (labels[i] <= labels[j] || Math.min(rankOf(i), rankOf(j)) >= truncation) continue;
          const swapped = (gain(i) - gain(j)) * (1 / Math.log2(rankOf(i) + 2) - 1 / Math.log2(rankOf(j) + 2));
          const change = Math.abs(swapped) / ideal / (0.01 + Math.abs(margins[i] - margins[j]));
          const rho = 1 / (1 + Math.exp(margins[i] - margins[j]));
          for (const [row, sign] of [
            [i, -1],
            [j, 1],
          ] as const) {
            const entry = lambda.get(row);
            if (entry === undefined) continue;
            entry.gradient += sign * change * rho;
            entry.hessian += change * rho * (1 - rho);
          }
          sum += 2 * change * rho;
        }
      }
      for (const row of rows) {
        const scale = sum === 0 ? 0 : Math.log2(1 + sum) / sum;
        expect(gradients[row]).toBeCloseTo((lambda.get(row)?.gradient ?? 0) * scale, 10);
        expect(hessians[row]).toBeCloseTo((lambda.get(row)?.hessian ?? 0) * scale, 10);
      }
    }
  });

  it("moves no row of a query without a relevant one, and weighs rows by their weights", () => {
    const plain = derive(createLambdaRank(), target, margins);
    const weighted = derive(createLambdaRank(), { ...target, weights: new Float64Array(ROWS).fill(2) }, margins);
    expect([...plain.gradients.subarray(0, 7)]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(weighted.gradients).toEqual(plain.gradients.map((gradient) => 2 * gradient));
  });

  it("measures NDCG over the queries that have a relevant row", () => {
    const one = { labels: Float64Array.of(3, 2, 0, 1, 0, 2), weights: null, queryStarts: Uint32Array.of(0, 6) };
    const descending = Float64Array.of(6, 5, 4, 3, 2, 1);
    expect(createLambdaRank({ cutoff: 6 }).bind(one).measure(descending)).toBeCloseTo(0.9601441492, 9);
    expect(createLambdaRank({ cutoff: 3 }).bind(one).measure(descending)).toBeCloseTo(0.8556691604, 9);
    const none = { labels: new Float64Array(6), weights: null, queryStarts: Uint32Array.of(0, 6) };
    expect(createLambdaRank().bind(none).measure(descending)).toBeNaN();
  });
});
