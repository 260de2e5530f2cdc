/** How much more PSI moves by chance where rows of one unit are alike: its law without drift from counts by unit, after Rao and Scott (1981, 1984). */

import { chiSquare } from "../../../core/distribution-chi-square.ts";
import { fisherF } from "../../../core/distribution-f.ts";
import { placesOf } from "./unit-places.ts";

/** Each row's bin and its unit: the member or the card that it belongs to. */
export interface BinnedRows {
  readonly bins: ArrayLike<number>;
  readonly units: ArrayLike<number | string>;
}

/** By how much the mean of PSI without drift and its 95th percentile exceed those of independent rows; 1 at least. */
export interface DesignEffect {
  readonly mean: number;
  readonly percentile95: number;
  /** A chi-square statistic over `scale` follows F of these degrees of freedom; absent where rows are as independent ones, or nothing is known. */
  readonly law?: { readonly scale: number; readonly df: number; readonly units: number };
}

/** How often chance alone passes a chi-square statistic of `free` degrees of freedom: at 0.05 where `percentile95` of its usual quantile lies. */
export function passedByChance(statistic: number, free: number, { law }: DesignEffect): number {
  const independent = chiSquare(free).survival(statistic);
  if (law === undefined) return independent;
  return Math.max(independent, fisherF(law.df, law.units).survival(statistic / law.scale));
}

/**
 * For small differences PSI is the sum over bins of (a - e)² / p. Its law is that of a sum of chi-squares, weighed by the eigenvalues of the
 * covariance of the scaled differences, which counts by unit estimate; Satterthwaite's scale and degrees of freedom stand for it, and the F
 * law for its being estimated. A unit of both windows counts as two, which errs on the side of silence.
 */
export function designEffect(reference: BinnedRows, current: BinnedRows, bins: number): DesignEffect {
  const [n, m] = [reference.bins.length, current.bins.length];
  const share = new Float64Array(bins);
  for (const { bins: rows } of [reference, current])
    for (let i = 0; i < rows.length; i++) share[rows[i]] += 1 / (n + m);
  const used = Array.from(share.keys()).filter((bin) => share[bin] > 0);
  const covariance = new Float64Array(bins * bins);
  const units = [reference, current].map((window) => addCovariance(window, bins, covariance));
  let [trace, squares] = [0, 0];
  for (const a of used)
    for (const b of used) {
      const scaled = covariance[a * bins + b] / Math.sqrt(share[a] * share[b]);
      if (a === b) trace += scaled;
      squares += scaled * scaled;
    }
  const free = used.length - 1;
  const least = Math.min(...units) - 1;
  if (free < 1 || !(trace > 0)) return { mean: 1, percentile95: 1 };
  if (least < 1) return { mean: Number.POSITIVE_INFINITY, percentile95: Number.POSITIVE_INFINITY };
  const independent = 1 / n + 1 / m;
  const df = trace ** 2 / squares;
  const percentile95 = trace * fisherF(df, least).upperQuantile(0.05);
  return {
    mean: Math.max(1, trace / (free * independent)),
    percentile95: Math.max(1, percentile95 / (independent * chiSquare(free).upperQuantile(0.05))),
    law: { scale: trace / independent, df, units: least },
  };
}

/** Adds the covariance of the window's shares, a ratio of sums over its units, and gives how many units there are. */
function addCovariance({ bins: rows, units }: BinnedRows, bins: number, covariance: Float64Array): number {
  const n = rows.length;
  const own = new Float64Array(bins);
  const { place, count } = placesOf(units);
  const counts = new Float64Array(count * bins);
  for (let i = 0; i < n; i++) {
    own[rows[i]] += 1 / n;
    counts[place[i] * bins + rows[i]]++;
  }
  const scale = count / Math.max(1, count - 1) / n ** 2;
  const pull = new Float64Array(bins);
  for (let unit = 0; unit < count; unit++) {
    const first = unit * bins;
    let all = 0;
    for (let a = 0; a < bins; a++) all += counts[first + a];
    for (let a = 0; a < bins; a++) pull[a] = counts[first + a] - all * own[a];
    for (let a = 0; a < bins; a++) for (let b = 0; b < bins; b++) covariance[a * bins + b] += scale * pull[a] * pull[b];
  }
  return count;
}
