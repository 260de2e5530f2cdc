import { describe, expect, it } from "vitest";
import { studentT } from "../../../core/distribution-t.ts";
import { createRandom, type Random } from "../../../core/random.ts";
import type { MetricMoments } from "./arm-data.ts";
import { compareMeansCautiously, unitsWanted } from "./cautious-means.ts";
import { checkGuardrail } from "./non-inferiority.ts";
import { compareMeans } from "./two-means.ts";

/** Mean, variance by n - 1 and skewness as the reader of rows gives them (G1). */
function momentsOf(values: Float64Array): MetricMoments {
  const n = values.length;
  const mean = values.reduce((sum, one) => sum + one, 0) / n;
  const power = (p: number) => values.reduce((sum, one) => sum + (one - mean) ** p, 0) / n;
  const [second, third] = [power(2), power(3)];
  const skewness = second > 0 ? ((third / second ** 1.5) * Math.sqrt(n * (n - 1))) / (n - 2) : 0;
  return { n, mean, variance: (second * n) / (n - 1), skewness, binary: false };
}

type Law = readonly [draw: (random: Random) => number, mean: number];
const NORMAL: Law = [(random) => random.normal(), 0];
const EXPONENTIAL: Law = [(random) => random.exponential(), 1];
const LOGNORMAL: Law = [(random) => Math.exp(random.normal()), Math.exp(0.5)];
const MILD: Law = [(random) => Math.exp(0.5 * random.normal()), Math.exp(1 / 8)];
const SELDOM: Law = [(random) => (random.uniform() < 0.1 ? random.exponential() * 10 : 0), 1];
const NARROW: Law = [(random) => 0.1 * random.normal(), 0];

/** How often harm that equals the margin is called excluded, and how often harm beyond it shown, by the cautious bounds and by plain Welch. */
function falseVerdicts([control, treated]: readonly [Law, Law], [a, b]: readonly [number, number], runs: number) {
  const random = createRandom(11);
  const draw = ([law, mean]: Law, n: number) => momentsOf(Float64Array.from({ length: n }, () => law(random) - mean));
  const counts = { cautious: 0, plain: 0, settled: 0 };
  for (let run = 0; run < runs; run++) {
    const one = draw(control, a);
    // The true harm is exactly 1.
    const moments = draw(treated, b);
    const other = { ...moments, mean: moments.mean + 1 };
    if (one.variance + other.variance === 0) continue;
    if (compareMeans(one, other, { level: 0.9 }).interval[1] < 1) counts.plain++;
    if (unitsWanted(one, other) !== undefined) continue;
    counts.settled++;
    if (compareMeansCautiously(one, other, 0.9).interval[1] < 1) counts.cautious++;
  }
  return { cautious: counts.cautious / runs, plain: counts.plain / runs, settled: counts.settled / runs };
}

describe("the bounds of a guardrail on a mean", () => {
  it.each<[string, readonly [Law, Law], readonly [number, number]]>([
    ["normal values, 20 and 20", [NORMAL, NORMAL], [20, 20]],
    ["normal values, 450 and 50", [NORMAL, NORMAL], [450, 50]],
    ["an exponential law, 50 and 50", [EXPONENTIAL, EXPONENTIAL], [50, 50]],
    ["an exponential law, 450 and 50", [EXPONENTIAL, EXPONENTIAL], [450, 50]],
    ["an exponential law beside a narrow one, 200 and 200", [NARROW, EXPONENTIAL], [200, 200]],
    ["a lognormal law, 20 and 20", [LOGNORMAL, LOGNORMAL], [20, 20]],
    ["a lognormal law, 450 and 50", [LOGNORMAL, LOGNORMAL], [450, 50]],
    ["a lognormal law beside a narrow one, 50 and 50", [NARROW, LOGNORMAL], [50, 50]],
    ["a mild lognormal law, 200 and 20", [MILD, MILD], [200, 20]],
    ["what is seldom more than nothing, 200 and 20", [SELDOM, SELDOM], [200, 20]],
    ["what is seldom more than nothing beside a narrow law, 20 and 20", [NARROW, SELDOM], [20, 20]],
  ])("call harm excluded that is there at most 1.5 points too often: %s", (_, laws, units) => {
    const runs = 2000;
    const noise = 2 * Math.sqrt((0.05 * 0.95) / runs);
    expect(falseVerdicts(laws, units, runs).cautious).toBeLessThan(0.05 + 0.015 + noise);
  });

  it("are needed: plain Welch calls it excluded in a tenth of the cases and more, 450 units beside 50", () => {
    expect(falseVerdicts([LOGNORMAL, LOGNORMAL], [450, 50], 1000).plain).toBeGreaterThan(0.09);
    expect(falseVerdicts([SELDOM, SELDOM], [200, 20], 1000).plain).toBeGreaterThan(0.2);
  });

  it("settle what can be settled: they are a few percent wider for normal values, and are never narrower", () => {
    const random = createRandom(3);
    for (const n of [50, 500, 5000]) {
      const [a, b] = [0, 1].map(() => momentsOf(Float64Array.from({ length: n }, () => random.normal())));
      expect(unitsWanted(a, b)).toBeUndefined();
      const [, cautious] = compareMeansCautiously(a, b, 0.9).interval;
      const [, plain] = compareMeans(a, b, { level: 0.9 }).interval;
      const { effect } = compareMeans(a, b);
      expect(cautious - effect).toBeGreaterThanOrEqual(plain - effect);
      expect((cautious - effect) / (plain - effect)).toBeLessThan(1.2);
    }
    expect(falseVerdicts([EXPONENTIAL, EXPONENTIAL], [200, 200], 300).settled).toBeGreaterThan(0.9);
  });

  it("meet the margin at the p-value that is given", () => {
    const a: MetricMoments = { n: 400, mean: 1, variance: 1, skewness: 2, binary: false };
    const b: MetricMoments = { n: 100, mean: 1.1, variance: 1.5, skewness: 2, binary: false };
    for (const margin of [0.05, 0.3, 0.6]) {
      const { pValue } = checkGuardrail((level) => compareMeansCautiously(a, b, level), margin, "increase");
      const [low, high] = compareMeansCautiously(a, b, Math.abs(1 - 2 * pValue)).interval;
      expect(pValue > 0.5 ? low : high).toBeCloseTo(margin, 6);
    }
  });

  it("are not given where one arm's units are all alike", () => {
    const some: MetricMoments = { n: 50, mean: 1, variance: 1, skewness: 0, binary: false };
    expect(unitsWanted(some, { ...some, variance: 0 })).toBe(Number.POSITIVE_INFINITY);
    expect(unitsWanted(some, { ...some, skewness: -3 })).toBe(180);
    expect(unitsWanted({ ...some, n: 200 }, { ...some, n: 180, skewness: 3 })).toBeUndefined();
  });
});

it("reaches as far as Johnson's formula says, with the larger variance in both arms and the larger skewness", () => {
  const control = { n: 400, mean: 1, variance: 4, skewness: 1, binary: false };
  const treated = { n: 100, mean: 3, variance: 1, skewness: -2, binary: false };
  const { interval, effect, df } = compareMeansCautiously(control, treated, 0.95);
  // 4/400 + 4/100; third moments of the difference: 2 · 8 · (1/10,000 - 1/160,000).
  const error = Math.sqrt(0.05);
  const skewness = 0.0015 / error ** 3;
  const t = studentT(df).upperQuantile(0.025);
  const reach = error * (t + skewness / 6 + (skewness * t * t) / 3);
  expect(effect).toBe(2);
  expect(interval).toEqual([expect.closeTo(2 - reach, 12), expect.closeTo(2 + reach, 12)]);
  const still = { ...control, variance: 0 };
  expect(compareMeansCautiously(still, { ...still, mean: 2 }, 0.95).interval).toEqual([1, 1]);
});

it("wants twenty units for each squared skewness, and no more once they are there", () => {
  const arm = (n: number, skewness: number) => ({ n, mean: 0, variance: 1, skewness, binary: false });
  expect(unitsWanted(arm(79, 2), arm(500, 1))).toBe(80);
  expect(unitsWanted(arm(80, 2), arm(500, 1))).toBeUndefined();
});
