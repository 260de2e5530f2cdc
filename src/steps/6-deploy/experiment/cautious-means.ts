/** The difference of two means as a guardrail may use it: bounds that hold one by one, where a few large values carry the mean. */

import { studentT } from "../../../core/distribution-t.ts";
import type { MetricMoments } from "./arm-data.ts";
import type { Comparison } from "./comparison.ts";
import { compareMeans } from "./two-means.ts";

/**
 * Welch's interval, widened. Its two ends are each wrong in up to a fifth of the cases where arms are unequal and the law has a long tail
 * (450 units beside 50 of a lognormal law of sigma 1: 11 % in place of 5), though together they may hold: the arm that saw no large value has
 * a low mean and a small error at once. So both arms are taken to vary as the one that varied more, and the reach is that of a skewed mean
 * (Johnson 1978: t + skewness (1 + 2 t²) / 6, the skewness that of the more skewed arm). For normal values of equal arms it is a few percent wider.
 */
export function compareMeansCautiously(control: MetricMoments, treated: MetricMoments, level: number): Comparison {
  const plain = compareMeans(control, treated, { level });
  const variance = Math.max(control.variance, treated.variance);
  const error = Math.sqrt(variance / control.n + variance / treated.n);
  const tail = (1 - level) / 2;
  const t = Number.isFinite(plain.df) ? studentT(plain.df).upperQuantile(tail) : 0;
  const third = variance ** 1.5 * Math.abs(1 / control.n ** 2 - 1 / treated.n ** 2);
  const skewness = error > 0 ? (worstSkewness(control, treated) * third) / error ** 3 : 0;
  const reach = error * (t + (skewness * (1 + 2 * t * t)) / 6);
  return { ...plain, interval: [plain.effect - reach, plain.effect + reach] };
}

/** Of the smaller arm, times the squared skewness: from there on the bounds miss at most 1.5 points more often than they say (simulated). */
const UNITS_PER_SKEWNESS = 20;

/**
 * Units that the smaller arm needs before anything can be said of a mean as skewed as this; undefined where it has them. Infinity where one
 * arm's units are all alike and the other's are not: what an arm has not seen, its variance does not know.
 */
export function unitsWanted(control: MetricMoments, treated: MetricMoments): number | undefined {
  if (control.variance > 0 !== treated.variance > 0) return Number.POSITIVE_INFINITY;
  const wanted = Math.ceil(UNITS_PER_SKEWNESS * worstSkewness(control, treated) ** 2);
  return Math.min(control.n, treated.n) < wanted ? wanted : undefined;
}

function worstSkewness(control: MetricMoments, treated: MetricMoments): number {
  return Math.max(Math.abs(control.skewness), Math.abs(treated.skewness));
}
