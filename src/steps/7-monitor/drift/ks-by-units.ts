/** The two-sample Kolmogorov-Smirnov test where rows of one unit are alike: photos of an item, events of a member. */

import { kolmogorovSurvival } from "../../../core/distribution-kolmogorov.ts";
import { type Outcome, succeed } from "../../../core/outcome.ts";
import { sortFloats } from "../../../core/sort-floats.ts";
import { ksCritical, ksTest } from "./kolmogorov-smirnov.ts";

/** A sample whose rows belong to units; both without NaN. */
interface SampleOfUnits {
  readonly values: Float64Array;
  readonly units: ArrayLike<number | string>;
}

interface KsByUnits {
  readonly statistic: number;
  /** NaN where a sample has one unit: what chance does is not known then. */
  readonly pValue: number;
  /** The statistic that chance alone stays below in all but `alpha` of cases, near enough. */
  critical(alpha: number): number;
}

/** Where the two distribution functions are compared for their spread: shares of the pooled values. */
const CUTS = Array.from({ length: 19 }, (_, at) => (at + 1) / 20);

/**
 * The limit law at the effective number of rows: their number over the design effect, which is how much more the gap between the two
 * distribution functions spreads where whole units are drawn (Rao and Scott 1981, over cuts of the pooled values in the place of cells).
 * Rows that are all of different units are tested as they are.
 */
export function ksTestByUnits(reference: SampleOfUnits, current: SampleOfUnits): Outcome<KsByUnits> {
  const plain = ksTest(reference.values, current.values);
  if (!plain.ok) return plain;
  const { statistic, n, m } = plain.value;
  const areAlone = [reference, current].every(({ units, values }) => new Set(Array.from(units)).size === values.length);
  const effect = areAlone ? 1 : ksDesignEffect(reference, current);
  return succeed({
    statistic,
    pValue: effect === 1 ? plain.value.pValue : kolmogorovSurvival(statistic * Math.sqrt((n * m) / (n + m) / effect)),
    critical: (alpha) => ksCritical(alpha, n, m) * Math.sqrt(effect),
  });
}

/** 1 at least; NaN where a sample has one unit. */
function ksDesignEffect(reference: SampleOfUnits, current: SampleOfUnits): number {
  const pooled = new Float64Array(reference.values.length + current.values.length);
  pooled.set(reference.values);
  pooled.set(current.values, reference.values.length);
  const sorted = sortFloats(pooled);
  const cuts = [...new Set(CUTS.map((share) => sorted[Math.ceil(share * sorted.length) - 1]))];
  const whole = [reference, current].map((sample) => spreadOfShares(sample, cuts));
  const alone = [reference, current].map(({ values }) =>
    cuts.reduce((sum, cut) => sum + (shareUpTo(values, cut) * (1 - shareUpTo(values, cut))) / (values.length - 1), 0),
  );
  const sum = ([a, b]: readonly number[]): number => a + b;
  return sum(alone) === 0 ? 1 : Math.max(1, sum(whole) / sum(alone)) || Number.NaN;
}

/** The variance of the shares of rows up to each cut, summed over the cuts, where units are drawn whole. */
function spreadOfShares({ values, units }: SampleOfUnits, cuts: readonly number[]): number {
  const n = values.length;
  const places = new Map<number | string, number>();
  const place = Int32Array.from(values, (_, i) => {
    const known = places.get(units[i]) ?? places.size;
    places.set(units[i], known);
    return known;
  });
  const count = places.size;
  if (count < 2) return Number.NaN;
  let sum = 0;
  for (const cut of cuts) {
    const share = shareUpTo(values, cut);
    const pull = new Float64Array(count);
    for (let i = 0; i < n; i++) pull[place[i]] += (values[i] <= cut ? 1 : 0) - share;
    sum += pull.reduce((squares, one) => squares + one * one, 0);
  }
  return ((count / (count - 1)) * sum) / n ** 2;
}

function shareUpTo(values: Float64Array, cut: number): number {
  let below = 0;
  for (const value of values) if (value <= cut) below++;
  return below / values.length;
}
