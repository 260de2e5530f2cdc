/** The measures of drift that an alert may name, each computed on a reference and a current sample. */

import { chiSquare } from "../../../core/distribution-chi-square.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { type BinnedPair, binByReference, binsOf } from "./bins.ts";
import { chiSquareTest } from "./chi-square-test.ts";
import { type BinnedRows, type DesignEffect, designEffect, passedByChance } from "./design-effect.ts";
import { jensenShannonDistance, jensenShannonDivergence, kullbackLeibler } from "./jensen-shannon.ts";
import { ksTestByUnits } from "./ks-by-units.ts";
import { type PsiOptions, psi } from "./psi.ts";
import { wassersteinDistance } from "./wasserstein.ts";

/** What chance alone stays below 19 times in 20 is exceeded by it once in 20. */
const BY_CHANCE = 0.05;

export type DriftMeasure =
  | "psi"
  | "ks"
  | "ks p-value"
  | "chi-square"
  | "chi-square p-value"
  | "cramer's v"
  | "jensen-shannon distance"
  | "jensen-shannon divergence"
  | "kullback-leibler divergence"
  | "wasserstein distance"
  | "scaled wasserstein distance";

/** What is counted where a note gives no number of bins. */
export const USUAL_BINS = 10;

export interface DriftValue {
  readonly value: number;
  /** How it was counted, and what chance alone would give. */
  readonly note: string;
  /** The level below which it stays 19 times in 20 where nothing has moved; absent where that is not known. */
  readonly chance?: number;
}

/** The measure that a metric's name means: `JS divergence`, `KS`, `scaled wasserstein`. `wantsPValue` where the alert states a level. */
export function readDriftMeasure(metric: string, wantsPValue = false): DriftMeasure | undefined {
  const name = metric.toLowerCase();
  const isPValue = wantsPValue || /\bp.?value\b/u.test(name);
  if (/\bpsi\b|population stability/u.test(name)) return "psi";
  if (/\bks\b|kolmogorov/u.test(name)) return isPValue ? "ks p-value" : "ks";
  if (/cram[eé]r/u.test(name)) return "cramer's v";
  if (/chi.?sq|chi2|χ²/u.test(name)) return isPValue ? "chi-square p-value" : "chi-square";
  if (/jensen|\bjsd?\b/u.test(name))
    return /diverg/u.test(name) ? "jensen-shannon divergence" : "jensen-shannon distance";
  if (/kullback|\bkl\b/u.test(name)) return "kullback-leibler divergence";
  if (!/wasserstein|earth.?mover|\bemd\b/u.test(name)) return undefined;
  return /scaled|norm/u.test(name) ? "scaled wasserstein distance" : "wasserstein distance";
}

export function isPValue(measure: DriftMeasure): boolean {
  return measure.endsWith("p-value");
}

/** Missing values (NaN) count in a bin of their own where values are binned, and are left out where they are put in order. */
export function measureDrift(
  measure: DriftMeasure,
  reference: Float64Array,
  current: Float64Array,
  { bins = USUAL_BINS, units }: Pick<PsiOptions, "bins" | "units"> = {},
): Outcome<DriftValue> {
  switch (measure) {
    case "psi": {
      const index = psi(reference, current, { bins, units });
      if (!index.ok) return index;
      const { value, noise } = index.value;
      return succeed({
        value,
        note: Number.isFinite(noise.percentile95)
          ? `chance alone stays below ${formatNumber(noise.percentile95, 2)} 19 times in 20`
          : ONE_UNIT,
        ...(Number.isFinite(noise.percentile95) ? { chance: noise.percentile95 } : {}),
      });
    }
    case "ks":
    case "ks p-value": {
      const test = ksTestByUnits(presentOf(reference, units?.reference), presentOf(current, units?.current));
      if (!test.ok) return test;
      const { statistic, pValue, critical } = test.value;
      if (measure === "ks p-value") return number(pValue, `statistic ${formatNumber(statistic, 3)}`, ONE_UNIT);
      if (Number.isNaN(pValue)) return succeed({ value: statistic, note: ONE_UNIT });
      const note = pValue < 0.001 ? "p < 0.001" : `p ${pValue.toFixed(3)}`;
      // The level of the limit law is near; the p-value, which is exact for small samples, decides on which side of it the statistic lies.
      const level = critical(BY_CHANCE);
      const chance = pValue < BY_CHANCE ? Math.min(level, statistic - Number.EPSILON) : Math.max(level, statistic);
      return succeed({ value: statistic, note, chance });
    }
    case "wasserstein distance":
    case "scaled wasserstein distance":
      return distance(present(reference), present(current), measure === "scaled wasserstein distance");
    default: {
      const pair = binByReference(reference, current, bins);
      if (units === undefined) return measureBinned(measure, pair, { mean: 1, percentile95: 1 });
      const rows = (values: Float64Array, of: BinnedRows["units"]): BinnedRows => ({
        bins: binsOf(values, pair),
        units: of,
      });
      const effect = designEffect(
        rows(reference, units.reference),
        rows(current, units.current),
        pair.reference.length,
      );
      return measureBinned(measure, pair, effect);
    }
  }
}

type BinnedMeasure = Exclude<
  DriftMeasure,
  "psi" | "ks" | "ks p-value" | "wasserstein distance" | "scaled wasserstein distance"
>;

function measureBinned(
  measure: BinnedMeasure,
  { reference, current }: BinnedPair,
  effect: DesignEffect,
): Outcome<DriftValue> {
  const used = reference.filter((count, i) => count + current[i] > 0).length;
  if (used < 2)
    return fail({
      code: "one-bin",
      message: "every value of both samples falls into one bin: nothing is measured",
      fix: "watch the share of one value, or a signal that varies",
    });
  const binned = `in ${reference.length} bins`;
  switch (measure) {
    case "jensen-shannon distance":
      return number(jensenShannonDistance(reference, current), `root of nats, ${binned}`);
    case "jensen-shannon divergence":
      return number(jensenShannonDivergence(reference, current), `in nats, ${binned}`);
    case "kullback-leibler divergence":
      return number(
        kullbackLeibler(shares(current), shares(reference)),
        `of the current window from the reference, in nats, ${binned}`,
      );
    default: {
      const test = chiSquareTest([[...reference], [...current]]);
      if (!test.ok) return test;
      const { statistic, cramersV } = test.value;
      const pValue = passedByChance(statistic, used - 1, effect);
      const isKnown = Number.isFinite(effect.mean);
      const note = isKnown ? `p ${pValue.toPrecision(2)}, ${binned}` : `${ONE_UNIT}, ${binned}`;
      const chance = chiSquare(used - 1).upperQuantile(BY_CHANCE) * effect.percentile95;
      const known = (level: number): Pick<DriftValue, "chance"> => (isKnown ? { chance: level } : {});
      if (measure === "chi-square") return succeed({ value: statistic, note, ...known(chance) });
      // Of two rows: the root of the statistic over all that was counted.
      const counted = [...reference, ...current].reduce((sum, count) => sum + count, 0);
      if (measure === "cramer's v") return succeed({ value: cramersV, note, ...known(Math.sqrt(chance / counted)) });
      return number(isKnown ? pValue : Number.NaN, `Cramér's V ${formatNumber(cramersV, 3)}, ${binned}`, ONE_UNIT);
    }
  }
}

function distance(reference: Float64Array, current: Float64Array, isScaled: boolean): Outcome<DriftValue> {
  const moved = wassersteinDistance(reference, current);
  if (!isScaled) return number(moved, "in the unit of the values");
  const mean = reference.reduce((sum, value) => sum + value, 0) / reference.length;
  const deviation = Math.sqrt(reference.reduce((sum, value) => sum + (value - mean) ** 2, 0) / reference.length);
  return number(moved / deviation, "in standard deviations of the reference");
}

const NOT_THERE = "it does not exist: a sample is empty or without spread, or a bin is empty on one side";
const ONE_UNIT = "a window has one unit: what chance does is not known";

function number(value: number, note: string, message = NOT_THERE): Outcome<DriftValue> {
  if (Number.isFinite(value)) return succeed({ value, note });
  return fail({ code: "no-such-drift", message });
}

/** The values that are there, with the unit of each; rows stand alone where no units are known. */
function presentOf(values: Float64Array, units: ArrayLike<number | string> | undefined) {
  const rows = rowsThere(values);
  if (rows.length === values.length) return { values, units: units ?? rows };
  const there = Float64Array.from(rows, (row) => values[row]);
  if (units === undefined) return { values: there, units: rows };
  return {
    values: there,
    units: units instanceof Int32Array ? rows.map((row) => units[row]) : Array.from(rows, (row) => units[row]),
  };
}

function rowsThere(values: Float64Array): Int32Array {
  const rows = new Int32Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) rows[count++] = row;
  return rows.subarray(0, count);
}

function present(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

function shares(counts: Float64Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}
