/** The two-sample Kolmogorov-Smirnov test where rows of one unit are alike: photos of an item, events of a member. */

import { kolmogorovSurvival } from "../../../core/distribution-kolmogorov.ts";
import { type Outcome, succeed } from "../../../core/outcome.ts";
import { sortFloats } from "../../../core/sort-floats.ts";
import { ksCritical, ksTest } from "./kolmogorov-smirnov.ts";
import { placesOf, rowsByUnit } from "./unit-places.ts";

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
  const samples = [reference, current].map(({ values, units }) => ({ values, ...placesOf(units) }));
  const areAlone = samples.every(({ values, count }) => count === values.length);
  const effect = areAlone ? 1 : ksDesignEffect(samples);
  return succeed({
    statistic,
    pValue: effect === 1 ? plain.value.pValue : kolmogorovSurvival(statistic * Math.sqrt((n * m) / (n + m) / effect)),
    critical: (alpha) => ksCritical(alpha, n, m) * Math.sqrt(effect),
  });
}

interface PlacedSample {
  readonly values: Float64Array;
  readonly place: Int32Array;
  readonly count: number;
}

/** 1 at least; NaN where a sample has one unit. */
function ksDesignEffect(samples: readonly PlacedSample[]): number {
  const pooled = new Float64Array(samples.reduce((sum, { values }) => sum + values.length, 0));
  let filled = 0;
  for (const { values } of samples) {
    pooled.set(values, filled);
    filled += values.length;
  }
  const sorted = sortFloats(pooled);
  const cuts = [...new Set(CUTS.map((share) => sorted[Math.ceil(share * sorted.length) - 1]))];
  const spreads = samples.map((sample) => spreadsOf(sample, cuts));
  const sum = (of: "whole" | "alone"): number => spreads.reduce((all, spread) => all + spread[of], 0);
  return sum("alone") === 0 ? 1 : Math.max(1, sum("whole") / sum("alone")) || Number.NaN;
}

/** The variance of the shares of rows up to each cut, summed over the cuts, where units are drawn whole and where rows are drawn alone. */
function spreadsOf(sample: PlacedSample, cuts: readonly number[]): { readonly whole: number; readonly alone: number } {
  const { values } = sample;
  const cell = cellsOf(values, cuts);
  const shares = new Float64Array(cuts.length);
  for (let row = 0; row < cell.length; row++) if (cell[row] < cuts.length) shares[cell[row]]++;
  for (let at = 1; at < cuts.length; at++) shares[at] += shares[at - 1];
  for (let at = 0; at < cuts.length; at++) shares[at] /= values.length;
  return {
    whole: spreadOfUnits(sample, cell, shares),
    alone: shares.reduce((sum, share) => sum + (share * (1 - share)) / (values.length - 1), 0),
  };
}

/** Which cut, of ascending ones, is the first that a value does not exceed; the number of cuts where it exceeds all. */
function cellsOf(values: Float64Array, cuts: readonly number[]): Uint8Array {
  const cell = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    let at = 0;
    while (at < cuts.length && value > cuts[at]) at++;
    cell[row] = at;
  }
  return cell;
}

function spreadOfUnits(sample: PlacedSample, cell: Uint8Array, shares: Float64Array): number {
  const { count, values } = sample;
  if (count < 2) return Number.NaN;
  const { starts, rows } = rowsByUnit(sample);
  const cuts = shares.length;
  const squares = new Float64Array(cuts);
  const pull = new Float64Array(cuts);
  for (let unit = 0; unit < count; unit++) {
    pull.fill(0);
    for (let at = starts[unit]; at < starts[unit + 1]; at++) {
      const first = cell[rows[at]];
      for (let cut = 0; cut < cuts; cut++) pull[cut] += (cut >= first ? 1 : 0) - shares[cut];
    }
    for (let cut = 0; cut < cuts; cut++) squares[cut] += pull[cut] * pull[cut];
  }
  const sum = squares.reduce((all, one) => all + one, 0);
  return ((count / (count - 1)) * sum) / values.length ** 2;
}
