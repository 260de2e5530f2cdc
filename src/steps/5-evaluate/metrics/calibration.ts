/** Calibration: whether events predicted with probability p happen with frequency p, in bins and as ECE and MCE. */

import { sortFloats } from "../../../core/sort-floats.ts";
import type { ScoreMetric } from "./metric.ts";

/**
 * How probabilities are binned. `equal width` cuts [0, 1] into `bins` parts, right-closed `(lo, hi]` with 0 in the first unless
 * `closed` is `left`; `equal mass` cuts at quantiles, ties kept together. The choice moves the value, so it is printed with it.
 */
export interface CalibrationOptions {
  /** 10 by default. */
  readonly bins?: number;
  readonly binning?: "equal width" | "equal mass";
  readonly closed?: "right" | "left";
}

/** One occupied bin of probabilities. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean predicted probability in the bin. */
  readonly predicted: number;
  /** Share of positives in the bin. */
  readonly observed: number;
}

/** The occupied bins, from low to high. Empty for no rows, or when a probability lies outside of 0 to 1. */
export function calibrationBins(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: CalibrationOptions = {},
): readonly CalibrationBin[] {
  const { bins = 10, binning = "equal width", closed = "right" } = options;
  const n = labels.length;
  for (let i = 0; i < n; i++) if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) return [];
  const edges = binning === "equal width" ? widthEdges(bins) : massEdges(probabilities, bins);
  const count = new Float64Array(edges.length - 1);
  const predicted = new Float64Array(edges.length - 1);
  const observed = new Float64Array(edges.length - 1);
  for (let i = 0; i < n; i++) {
    const bin = binOf(probabilities[i], edges, closed);
    count[bin]++;
    predicted[bin] += probabilities[i];
    observed[bin] += labels[i];
  }
  const result: CalibrationBin[] = [];
  for (let b = 0; b < count.length; b++) {
    if (count[b] === 0) continue;
    result.push({
      from: edges[b],
      to: edges[b + 1],
      count: count[b],
      predicted: predicted[b] / count[b],
      observed: observed[b] / count[b],
    });
  }
  return result;
}

/** ECE: the bins' gaps between observed and predicted, weighted by their share of the rows (Naeini et al. 2015). NaN without bins. */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number {
  let rows = 0;
  let sum = 0;
  for (const bin of bins) {
    rows += bin.count;
    sum += bin.count * Math.abs(bin.observed - bin.predicted);
  }
  return sum / rows;
}

/** MCE: the largest gap of any occupied bin. NaN without bins. */
export function maximumCalibrationError(bins: readonly CalibrationBin[]): number {
  let largest = bins.length === 0 ? Number.NaN : 0;
  for (const bin of bins) largest = Math.max(largest, Math.abs(bin.observed - bin.predicted));
  return largest;
}

function widthEdges(bins: number): Float64Array {
  return Float64Array.from({ length: bins + 1 }, (_, i) => i / bins);
}

/** 0, the distinct inner quantiles, 1. */
function massEdges(probabilities: ArrayLike<number>, bins: number): Float64Array {
  const sorted = sortFloats(probabilities);
  const edges = [0];
  for (let b = 1; b < bins && sorted.length > 0; b++) {
    const edge = sorted[Math.ceil((b * sorted.length) / bins) - 1];
    if (edge > edges[edges.length - 1] && edge < 1) edges.push(edge);
  }
  edges.push(1);
  return Float64Array.from(edges);
}

/** Halving on the inner edges, so that a probability on an edge falls on the side that `closed` names. */
function binOf(p: number, edges: Float64Array, closed: "right" | "left"): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    const edge = edges[middle + 1];
    if (closed === "right" ? p <= edge : p < edge) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** `equal mass` asks for quantile bins, `left-closed` for the other side of the edges. */
function optionsOf(variant: string): CalibrationOptions {
  if (variant === "equal mass") return { binning: "equal mass" };
  return variant === "left-closed" ? { closed: "left" } : {};
}

const VARIANTS = ["equal width", "left-closed", "equal mass"] as const;

/** The metric `ece`. */
export const ece: ScoreMetric = {
  name: "ece",
  aliases: ["expected calibration error", "calibration error"],
  over: "scores",
  cutoff: "none",
  direction: "lower is better",
  definition: "mean gap between predicted probability and observed frequency over 10 bins of equal width, right-closed",
  variants: VARIANTS,
  measure: (labels, scores, _k, variant) =>
    expectedCalibrationError(calibrationBins(labels, scores, optionsOf(variant))),
};

/** The metric `mce`. */
export const mce: ScoreMetric = {
  name: "mce",
  aliases: ["maximum calibration error"],
  over: "scores",
  cutoff: "none",
  direction: "lower is better",
  definition:
    "largest gap between predicted probability and observed frequency in 10 bins of equal width, right-closed",
  variants: VARIANTS,
  measure: (labels, scores, _k, variant) =>
    maximumCalibrationError(calibrationBins(labels, scores, optionsOf(variant))),
};
