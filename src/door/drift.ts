/** Measures of drift as strangers may call them: behind checks of samples, counts and shares. */

import * as adwin from "../steps/7-monitor/drift/adwin.ts";
import { binByReference as uncheckedBinByReference } from "../steps/7-monitor/drift/bins.ts";
import { chiSquareTest as uncheckedChiSquareTest } from "../steps/7-monitor/drift/chi-square-test.ts";
import * as divergence from "../steps/7-monitor/drift/jensen-shannon.ts";
import * as kolmogorov from "../steps/7-monitor/drift/kolmogorov-smirnov.ts";
import { createPageHinkley as uncheckedCreatePageHinkley } from "../steps/7-monitor/drift/page-hinkley.ts";
import * as stability from "../steps/7-monitor/drift/psi.ts";
import * as noise from "../steps/7-monitor/drift/psi-noise.ts";
import { createStreamingMoments as uncheckedCreateStreamingMoments } from "../steps/7-monitor/drift/streaming-moments.ts";
import { createStreamingQuantile as uncheckedCreateStreamingQuantile } from "../steps/7-monitor/drift/streaming-quantile.ts";
import { wassersteinDistance as uncheckedWassersteinDistance } from "../steps/7-monitor/drift/wasserstein.ts";
import {
  anything,
  asLongAs,
  betweenShares,
  both,
  type Check,
  count,
  either,
  finite,
  list,
  mass,
  notNegative,
  oneOf,
  optional,
  positive,
  record,
  share,
  shares,
} from "./check.ts";
import { guarded, guardedOutcome } from "./guard.ts";

/** A value that is not there is one of the kinds of drift: NaN is counted, infinities are not data. */
const orMissing: Check = (value, name) => (Number.isNaN(value) ? undefined : finite(value, name));
const sample = list(orMissing, 1);
const bins = count(2, 100_000);
/** One bin holds everything on both sides, whatever moved: nothing is measured by it. */
const several = list(anything, 2);
const sharesOfBins = both(several, shares);
const massOfBins = both(several, mass);
const policy = optional(either(record({ epsilon: betweenShares }), record({ pseudocount: positive })));
const base = optional(oneOf("nats", "bits"));

export const psi = guardedOutcome(
  "psi",
  {
    reference: sample,
    current: sample,
    options: optional(
      record({
        ...{ bins: optional(bins), emptyBins: policy },
        units: optional(record({ reference: anything, current: anything })),
      }),
    ),
  },
  stability.psi,
  (reference, current, options) =>
    asLongAs({ reference, "options.units.reference": options?.units?.reference }) ??
    asLongAs({ current, "options.units.current": options?.units?.current }),
);
export const psiOfCounts = guardedOutcome(
  "psiOfCounts",
  { reference: massOfBins, current: massOfBins, policy },
  stability.psiOfCounts,
  (reference, current) => asLongAs({ reference, current }),
);
export const psiOfShares = guarded(
  "psiOfShares",
  { expected: sharesOfBins, actual: sharesOfBins, epsilon: optional(betweenShares) },
  stability.psiOfShares,
  (expected, actual) => asLongAs({ expected, actual }),
);
const ofNoise = { bins, n: count(1), m: count(1) };
export const psiNoise = guarded("psiNoise", ofNoise, noise.psiNoise, (binCount, n, m) =>
  Math.min(n, m) < noise.ENOUGH * binCount
    ? `the limit law holds from ${noise.ENOUGH} values a bin on, and ${Math.min(n, m)} in ${binCount} bins are fewer; psiNoiseOfQuantiles draws the law there`
    : undefined,
);
export const psiNoiseOfQuantiles = guarded("psiNoiseOfQuantiles", ofNoise, noise.psiNoiseOfQuantiles);
export const binByReference = guarded(
  "binByReference",
  { reference: sample, current: sample, bins: count(1, 100_000) },
  uncheckedBinByReference,
);
export const ksTest = guardedOutcome(
  "ksTest",
  { a: list(finite, 1), b: list(finite, 1), method: optional(oneOf("exact", "limit", "finite")) },
  kolmogorov.ksTest,
);
export const ksCritical = guarded(
  "ksCritical",
  { alpha: betweenShares, n: count(1), m: count(1) },
  kolmogorov.ksCritical,
);
export const kullbackLeibler = guarded(
  "kullbackLeibler",
  { p: sharesOfBins, q: sharesOfBins, base },
  divergence.kullbackLeibler,
  (p, q) => asLongAs({ p, q }),
);
export const jensenShannonDivergence = guarded(
  "jensenShannonDivergence",
  { p: massOfBins, q: massOfBins, base },
  divergence.jensenShannonDivergence,
  (p, q) => asLongAs({ p, q }),
);
export const jensenShannonDistance = guarded(
  "jensenShannonDistance",
  { p: massOfBins, q: massOfBins, base },
  divergence.jensenShannonDistance,
  (p, q) => asLongAs({ p, q }),
);
export const chiSquareTest = guardedOutcome(
  "chiSquareTest",
  { table: list(list(notNegative, 2), 2) },
  uncheckedChiSquareTest,
  (table) => asLongAs(Object.fromEntries(table.map((row, i) => [`table[${i}]`, row]))),
);
export const wassersteinDistance = guarded(
  "wassersteinDistance",
  { a: list(finite, 1), b: list(finite, 1) },
  uncheckedWassersteinDistance,
);
export const createPageHinkley = guarded(
  "createPageHinkley",
  {
    options: optional(
      record({
        ...{ delta: optional(notNegative), threshold: optional(positive), alpha: optional(share) },
        ...{ minimum: optional(count(0)), direction: optional(oneOf("up", "down", "both")) },
      }),
    ),
  },
  (...args: Parameters<typeof uncheckedCreatePageHinkley>) => {
    const test = uncheckedCreatePageHinkley(...args);
    test.update = finiteUpdate("PageHinkley.update", test.update);
    return test;
  },
);
const correction = optional(oneOf("per logarithm", "per value"));
export const createAdwin = guarded(
  "createAdwin",
  {
    options: optional(
      record({
        ...{ delta: optional(betweenShares), correction, clock: optional(count(1)) },
        ...{ minimumPart: optional(count(1)), grace: optional(count(0)) },
      }),
    ),
  },
  (...args: Parameters<typeof adwin.createAdwin>) => {
    const window = adwin.createAdwin(...args);
    window.update = finiteUpdate("Adwin.update", window.update);
    return window;
  },
);
export const adwinCut = guarded(
  "adwinCut",
  { n0: positive, n1: positive, variance: notNegative, delta: betweenShares, correction },
  adwin.adwinCut,
);
export const createStreamingMoments = guarded("createStreamingMoments", {}, () => {
  const moments = uncheckedCreateStreamingMoments();
  moments.update = finiteUpdate("StreamingMoments.update", moments.update);
  return moments;
});
export const createStreamingQuantile = guarded(
  "createStreamingQuantile",
  { p: share, mostCounted: optional(count(5)) },
  (...args: Parameters<typeof uncheckedCreateStreamingQuantile>) => {
    const quantile = uncheckedCreateStreamingQuantile(...args);
    quantile.update = finiteUpdate("StreamingQuantile.update", quantile.update);
    return quantile;
  },
);

/** NaN is skipped by every stream; an infinite value would stay in its sums for good. */
function finiteUpdate<R>(of: string, update: (value: number) => R): (value: number) => R {
  return guarded(of, { value: orMissing }, update);
}
