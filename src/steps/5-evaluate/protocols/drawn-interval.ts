/** The interval of something of which only draws are known, such as average precision: by percentiles, and where these see too little, otherwise. */

import { studentT } from "../../../core/distribution-t.ts";
import { LEAST_UNITS, resampledInterval } from "./bootstrap.ts";
import { momentsOf } from "./moments.ts";
import type { UnitBootstrap, UnitMeasures } from "./unit-bootstrap.ts";

type Interval = readonly [number, number];

/** What a share can be, and what the difference of two can be. */
const SHARE: Interval = [0, 1];
const DIFFERENCE: Interval = [-1, 1];

/**
 * 95 % percentile interval of draws that rest on `support` units, widened where those are few; null below `LEAST_UNITS`, where it would
 * miss the truth in up to one of five cases, and where too few draws give a number. A thousand cards with three frauds are three units.
 */
export function percentileInterval(draws: readonly number[], support: number): Interval | null {
  const sorted = Float64Array.from(draws.filter((value) => Number.isFinite(value))).sort();
  return sorted.length < 20 || support < LEAST_UNITS ? null : resampledInterval(sorted, support);
}

/** The same of a share of the units, such as a recall. Where (nearly) all draws say all or nothing, what one unit more could bring is granted. */
export function shareInterval(draws: readonly number[], support: number): Interval | null {
  const percentiles = percentileInterval(draws, support);
  return percentiles === null || unitsAway(draws) >= HEARD ? percentiles : withOneMore(draws, support, SHARE);
}

/** The same of the difference of two shares or of two average precisions. Where many draws agree to the last digit, few units tell the two apart. */
export function differenceInterval(draws: readonly number[], support: number): Interval | null {
  const percentiles = percentileInterval(draws, support);
  return percentiles === null || modalShare(draws) <= ALIKE ? percentiles : withOneMore(draws, support, DIFFERENCE);
}

/** From so many units on percentiles of draws are as good, and follow the law's own form. */
const MANY_UNITS = 100;
/** So many units away from all or nothing are needed before percentiles cover, and before any spread of the draws can be believed. */
const FELT = 20;
const HEARD = 3;
/** Share of equal draws from which on a difference rests on less than some two units. */
const ALIKE = 0.1;
/** Draws at 0 or 1 stand this far inside on the scale of log-odds. */
const NEAREST = 1e-6;

/**
 * The 95 % interval of one measure of a sample. Average precision and the area under the curve are bounded and skewed: of fewer than 100 units,
 * and near 0 or 1, percentiles cover them in 79 to 94 cases of 100. There it is Student's interval on the scale of log-odds, which simulations
 * of 24 to 80 units found to cover 91 to 99.
 */
export function measureInterval(key: keyof UnitMeasures, { value, draws, support }: UnitBootstrap): Interval | null {
  const own = draws.map((one) => one[key]).filter(Number.isFinite);
  const interval = shareInterval(own, support);
  const away = unitsAway(own);
  const isCurve = key === "averagePrecision" || key === "aucRoc";
  const centre = value[key];
  if (interval === null || !isCurve || !(centre > 0 && centre < 1) || away < HEARD) return interval;
  if (support >= MANY_UNITS && away >= FELT) return interval;
  const { variance } = momentsOf(own.map((one) => logit(Math.min(1 - NEAREST, Math.max(NEAREST, one)))));
  const reach = studentT(support - 1).upperQuantile(0.025) * Math.sqrt((variance * support) / (support - 1));
  return [expit(logit(centre) - reach), expit(logit(centre) + reach)];
}

/** How many equal units away from the nearer end of a share would make draws spread as these do: their mean distance over its spread, squared. */
function unitsAway(draws: readonly number[]): number {
  const { mean, variance } = momentsOf(draws);
  const distance = Math.min(mean, 1 - mean);
  return distance > 0 && variance > 0 ? distance ** 2 / variance : 0;
}

function modalShare(draws: readonly number[]): number {
  const found = new Map<number, number>();
  for (const one of draws) found.set(one, (found.get(one) ?? 0) + 1);
  return Math.max(...found.values()) / draws.length;
}

/** Places of the weight of the unit that is added, for each draw. */
const PLACES = 5;

/**
 * Each draw with one unit more, which stands at an end of what is possible: its weight among so many units is a beta variate, as in the bounds of
 * Gaffke (2005). Draws come independent of each other, so that quantiles of the weight may go along them in order.
 */
function withOneMore(draws: readonly number[], support: number, [least, most]: Interval): Interval {
  const known = draws.filter(Number.isFinite);
  const bound = (end: number): Float64Array =>
    Float64Array.from({ length: PLACES * known.length }, (_, at) => {
      const weight = 1 - (1 - (at + 0.5) / (PLACES * known.length)) ** (1 / support);
      // Neighbouring weights go to draws far apart.
      return (1 - weight) * known[at % known.length] + weight * end;
    }).sort();
  return [resampledInterval(bound(least), support)[0], resampledInterval(bound(most), support)[1]];
}

function logit(share: number): number {
  return Math.log(share / (1 - share));
}

function expit(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
