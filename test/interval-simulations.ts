/** How often intervals hold what they claim, by simulation: for tests, which say what is claimed. */

import type { Random } from "../src/core/random.ts";
import { bootstrapMean, pairedBootstrap } from "../src/steps/5-evaluate/protocols/bootstrap.ts";
import { pairedTTest } from "../src/steps/5-evaluate/protocols/paired-t-test.ts";

export type Law = (random: Random) => number;
type Range = readonly [number, number];

/** Name, law and true mean. */
export const LONG_TAILS: readonly (readonly [string, Law, number])[] = [
  ["an exponential law", (random) => random.exponential(), 1],
  ["a lognormal law of sigma 1/2", (random) => Math.exp(0.5 * random.normal()), Math.exp(1 / 8)],
];

/** Name and law; each has the mean 0. */
export const CENTRED: readonly (readonly [string, Law, Range | undefined])[] = [
  ["a normal law", (random) => random.normal(), undefined],
  ["a uniform law", (random) => random.uniform() - 0.5, undefined],
  ["hits lost and won", (random) => random.below(2) - random.below(2), [-1, 1]],
];

/** Name, law, true mean, and what a value can be: most units have one value. */
export const RARE_VALUES: readonly (readonly [string, Law, number, Range])[] = [
  ["hits of one unit in twenty", (random) => Number(random.uniform() < 0.05), 0.05, [0, 1]],
  [
    "reciprocal ranks of one unit in seven",
    (random) => (random.uniform() < 0.15 ? 1 / (1 + random.below(10)) : 0),
    0.15 * 0.2928968253968254,
    [0, 1],
  ],
  [
    "gains and losses of one unit in ten",
    (random) => (random.uniform() < 0.1 ? 2 * random.below(2) - 1 : 0),
    0,
    [-1, 1],
  ],
];

/** 1.5 points, and two standard errors of the simulation. */
export function allowed(runs: number): number {
  return 0.015 + 2 * Math.sqrt(0.0475 / runs);
}

/** Share of `runs` in which the interval of a mean of `n` values holds the truth. */
export function meanCoverage(law: Law, truth: number, n: number, runs: number, random: Random, range?: Range): number {
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const values = Float64Array.from({ length: n }, () => law(random));
    const { interval } = bootstrapMean(values, { random, resamples: 400, ...(range === undefined ? {} : { range }) });
    if (interval[0] <= truth && truth <= interval[1]) covered++;
  }
  return covered / runs;
}

/** Of paired differences without a difference: shares of `runs` whose interval holds 0, and whose p is below 0.05. */
export function pairedShares(
  law: Law,
  n: number,
  runs: number,
  random: Random,
  range?: Range,
): { covered: number; rejected: number } {
  let [covered, rejected] = [0, 0];
  const none = new Float64Array(n);
  for (let run = 0; run < runs; run++) {
    const gains = Float64Array.from({ length: n }, () => law(random));
    const { interval, pValue } = pairedBootstrap(gains, none, { random, resamples: 400, range });
    if (interval[0] <= 0 && 0 <= interval[1]) covered++;
    if (pValue < 0.05) rejected++;
  }
  return { covered: covered / runs, rejected: rejected / runs };
}

/** Paired differences of a long tail, of which some are apart from 0: each with its p and whether its interval leaves out 0. */
export function skewedDifferences(runs: number, random: Random): readonly { pValue: number; isApart: boolean }[] {
  return Array.from({ length: runs }, () => {
    const n = 10 + random.below(60);
    const gains = Float64Array.from({ length: n }, () => random.exponential() - 0.55);
    const { interval, pValue } = pairedBootstrap(gains, new Float64Array(n), { random, resamples: 2000 });
    return { pValue, isApart: interval[0] > 0 || interval[1] < 0 };
  });
}

/** Share of `runs` in which the t test of 40 units with three correlated requests each rejects a true null. */
export function tTestRejections(runs: number, random: Random): number {
  const units = Int32Array.from({ length: 120 }, (_, i) => Math.floor(i / 3));
  let rejected = 0;
  for (let run = 0; run < runs; run++) {
    const shared = Float64Array.from({ length: 40 }, () => random.normal());
    const a = Float64Array.from(units, (unit) => shared[unit] + random.normal());
    const b = Float64Array.from(units, () => random.normal());
    if (pairedTTest(a, b, { units }).pValue < 0.05) rejected++;
  }
  return rejected / runs;
}
