import { expect, it } from "vitest";
import { skewedMean, skewnessOf } from "./skewed-mean.ts";

const pulls = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { pulls: values.map((value) => value - mean), mean };
};

it("is Student's interval where values are symmetric", () => {
  const { pulls: own, mean } = pulls([1, 2, 3, 4, 5]);
  const { interval, pValue } = skewedMean(own, mean, 0.95) ?? {
    interval: [Number.NaN, Number.NaN],
    pValue: Number.NaN,
  };
  // mean 3, sd sqrt(2.5), t(4) of 0.975 is 2.776445; t = 3 / sqrt(0.5) = 4.242641 has p = 0.01324.
  expect(interval[0]).toBeCloseTo(3 - 2.776445105 * Math.sqrt(0.5), 8);
  expect(interval[1]).toBeCloseTo(3 + 2.776445105 * Math.sqrt(0.5), 8);
  expect(pValue).toBeCloseTo(0.0132356, 6);
});

it("reaches further to the side of the long tail, and its p-value is 0.05 where an end touches zero", () => {
  const { pulls: own, mean } = pulls([0.1, 0.2, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.6, 4]);
  const { interval } = skewedMean(own, mean, 0.95) ?? { interval: [Number.NaN, Number.NaN] as const };
  expect(interval[1] - mean).toBeGreaterThan(2 * (mean - interval[0]));
  for (const end of interval) expect(skewedMean(own, mean - end, 0.95)?.pValue).toBeCloseTo(0.05, 9);
});

it("has nothing to say of equal values", () => {
  expect(skewedMean([0, 0, 0], 1, 0.95)).toBeUndefined();
  expect(skewedMean([0, 0], 1, 0.95)).toBeUndefined();
});

it("skewness is Fisher's G1, and 0 where there is none to speak of", () => {
  // scipy.stats.skew(values, bias=False).
  expect(skewnessOf([-1, -1, 2])).toBeCloseTo(1.7320508075688772, 12);
  expect(skewnessOf([-0.1, -0.1, 0.2])).toBeCloseTo(1.7320508075688772, 12);
  expect(skewnessOf([-3, -1, 0, 0, 4])).toBeCloseTo(0.9051513929454648, 12);
  expect(skewnessOf([-1, 1])).toBe(0);
  expect(skewnessOf([0, 0, 0, 0])).toBe(0);
});

it("of values turned around is turned around, and goes over into Student's as the skewness goes", () => {
  const { pulls: own, mean } = pulls([0.1, 0.2, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.6, 4]);
  const [low, high] = skewedMean(own, mean, 0.95)?.interval ?? [Number.NaN, Number.NaN];
  const turned = skewedMean(
    own.map((one) => -one),
    -mean,
    0.95,
  )?.interval ?? [Number.NaN, Number.NaN];
  expect(turned[0]).toBeCloseTo(-high, 12);
  expect(turned[1]).toBeCloseTo(-low, 12);
  const straight = pulls([1, 2, 3, 4, 5]);
  const bent = pulls([1, 2, 3, 4, 5 + 1e-5]);
  for (const end of [0, 1])
    expect(skewedMean(bent.pulls, bent.mean, 0.95)?.interval[end]).toBeCloseTo(
      skewedMean(straight.pulls, straight.mean, 0.95)?.interval[end] ?? Number.NaN,
      4,
    );
});
