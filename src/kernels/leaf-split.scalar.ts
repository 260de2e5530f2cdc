/** The scalar twin of split finding: the best split of one leaf, read off its histogram. */

import type { HistogramShape, LeafSplit, LeafSums, ValueBounds } from "./leaf-problem.ts";
import type { GradientSteps } from "./quantized-gradients.ts";

/** One leaf's question. The histogram holds three numbers per bin: rounded gradient, rounded hessian, rows. */
export interface LeafQuestion {
  readonly shape: HistogramShape;
  readonly offsets: Uint32Array;
  readonly histogram: Float64Array;
  readonly steps: GradientSteps;
  readonly bounds: ValueBounds;
  readonly active: Uint8Array;
}

/** The split, and for each bin of its feature whether it goes left. */
export interface LeafCandidate {
  readonly split: LeafSplit;
  readonly goesLeft: Uint8Array;
}

/** Rounded sums: whole numbers, exact. */
interface Sums {
  gradient: number;
  hessian: number;
  rows: number;
}

interface Best {
  gain: number;
  feature: number;
  bin: number;
  missingLeft: boolean;
  leftBins: number[] | null;
  left: Sums;
}

/** The split with the largest gain; of equal ones the first in order of feature, then bin. Null when none satisfies the rules. */
export function findLeafSplit(question: LeafQuestion): LeafCandidate | null {
  const { shape, offsets, histogram, active, steps } = question;
  if (shape.features.length === 0) return null;
  const total = sumBins(histogram, offsets[0], shape.features[0].bins);
  const best: Best = {
    gain: shape.rules.minGain,
    feature: -1,
    bin: 0,
    missingLeft: false,
    leftBins: null,
    left: total,
  };
  for (let feature = 0; feature < shape.features.length; feature++) {
    if (active[feature] === 0) continue;
    if (shape.features[feature].categorical) scanCategories(question, feature, total, best);
    else scanNumbers(question, feature, total, best);
  }
  if (best.feature < 0) return null;
  const { bins } = shape.features[best.feature];
  const split: LeafSplit = {
    feature: best.feature,
    gain: best.gain,
    bin: best.bin,
    missingLeft: best.missingLeft,
    leftBins: best.leftBins,
    left: inUnits(best.left, steps),
    right: inUnits(minus(total, best.left), steps),
  };
  return { split, goesLeft: Uint8Array.from({ length: bins }, (_, bin) => (binGoesLeft(split, bin) ? 1 : 0)) };
}

function scanNumbers(question: LeafQuestion, feature: number, total: Sums, best: Best): void {
  const { shape, offsets, histogram } = question;
  const { bins, monotone } = shape.features[feature];
  const judge = createJudge(question, total, shape.rules.l2, monotone);
  const missing = readBin(histogram, offsets[feature]);
  const left: Sums = { gradient: 0, hessian: 0, rows: 0 };
  // Past the last value lies one more split where values are missing: all values against none.
  const last = missing.rows > 0 ? bins - 1 : bins - 2;
  for (let bin = 1; bin <= last; bin++) {
    const values = readBin(histogram, offsets[feature] + bin);
    // An empty bin parts the rows as the bin before it does.
    if (values.rows === 0) continue;
    add(left, values);
    // Where no value is missing, a later missing value goes with the larger child.
    const missingLeft = missing.rows === 0 && 2 * left.rows >= total.rows;
    consider(best, judge(left), { feature, bin, missingLeft, leftBins: null }, left);
    if (missing.rows === 0) continue;
    const withMissing = plus(left, missing);
    consider(best, judge(withMissing), { feature, bin, missingLeft: true, leftBins: null }, withMissing);
  }
}

/**
 * Categories in order of gradient / hessian: for a convex loss the best partition into two is a prefix of that order (Fisher 1958).
 * Prefixes are taken from both ends, because unseen and rare categories always stay on the other side.
 */
function scanCategories(question: LeafQuestion, feature: number, total: Sums, best: Best): void {
  const { shape, offsets, histogram, steps } = question;
  const { rules } = shape;
  const judge = createJudge(question, total, rules.l2 + rules.categoryL2, 0);
  const order: { bin: number; key: number; sums: Sums }[] = [];
  for (let bin = 1; bin < shape.features[feature].bins; bin++) {
    const sums = readBin(histogram, offsets[feature] + bin);
    if (sums.rows === 0 || sums.rows < rules.minRowsPerCategory) continue;
    const key = (sums.gradient * steps.gradient) / (sums.hessian * steps.hessian + rules.categorySmoothing);
    order.push({ bin, key, sums });
  }
  order.sort((a, b) => a.key - b.key || a.bin - b.bin);
  for (const ascending of [true, false]) {
    const ranked = ascending ? order : order.toReversed();
    const left: Sums = { gradient: 0, hessian: 0, rows: 0 };
    for (let taken = 1; taken <= (order.length + 1) >> 1; taken++) {
      add(left, ranked[taken - 1].sums);
      const gain = judge(left);
      if (gain > best.gain) {
        const taking = ranked.slice(0, taken).map((entry) => entry.bin);
        consider(best, gain, { feature, bin: 0, missingLeft: false, leftBins: taking.sort((a, b) => a - b) }, left);
      }
    }
  }
}

type Place = Pick<Best, "feature" | "bin" | "missingLeft" | "leftBins">;

function consider(best: Best, gain: number, place: Place, left: Sums): void {
  if (!(gain > best.gain)) return;
  Object.assign(best, place);
  best.gain = gain;
  best.left = { ...left };
}

/** A function from the left child's sums to the gain, -1 where the split breaks a rule. */
function createJudge(question: LeafQuestion, total: Sums, l2: number, monotone: number): (left: Sums) => number {
  const { steps, bounds, shape } = question;
  const { rules } = shape;
  const parent = evaluate(total.gradient * steps.gradient, total.hessian * steps.hessian, rules.l1, l2, bounds);
  return (left) => {
    const rightRows = total.rows - left.rows;
    if (left.rows < rules.minRowsInLeaf || rightRows < rules.minRowsInLeaf || left.rows === 0 || rightRows === 0)
      return -1;
    const leftHessian = left.hessian * steps.hessian;
    const rightHessian = (total.hessian - left.hessian) * steps.hessian;
    if (leftHessian < rules.minHessianInLeaf || rightHessian < rules.minHessianInLeaf) return -1;
    const low = evaluate(left.gradient * steps.gradient, leftHessian, rules.l1, l2, bounds);
    const high = evaluate((total.gradient - left.gradient) * steps.gradient, rightHessian, rules.l1, l2, bounds);
    if (monotone * (high.value - low.value) < 0) return -1;
    return low.saved + high.saved - parent.saved;
  };
}

/**
 * The value a leaf takes and twice the loss it saves under the second-order approximation (Chen and Guestrin 2016, equations
 * 5 to 7): value = -T(G) / (H + l2) held inside the bounds, saved = -(2 T(G) value + (H + l2) value^2), with T the soft
 * threshold of l1.
 */
function evaluate(
  gradient: number,
  hessian: number,
  l1: number,
  l2: number,
  bounds: ValueBounds,
): { value: number; saved: number } {
  const pull = softThreshold(gradient, l1);
  const weight = hessian + l2;
  const value = Math.max(bounds.lower, Math.min(bounds.upper, -pull / weight));
  return { value, saved: -(2 * pull * value + weight * value * value) };
}

/** T(G): G moved towards zero by l1. */
function softThreshold(gradient: number, l1: number): number {
  if (gradient > l1) return gradient - l1;
  return gradient < -l1 ? gradient + l1 : 0;
}

function binGoesLeft(split: LeafSplit, bin: number): boolean {
  if (split.leftBins !== null) return split.leftBins.includes(bin);
  return bin === 0 ? split.missingLeft : bin <= split.bin;
}

function sumBins(histogram: Float64Array, at: number, bins: number): Sums {
  const sums: Sums = { gradient: 0, hessian: 0, rows: 0 };
  for (let bin = 0; bin < bins; bin++) add(sums, readBin(histogram, at + bin));
  return sums;
}

function readBin(histogram: Float64Array, at: number): Sums {
  return { gradient: histogram[3 * at], hessian: histogram[3 * at + 1], rows: histogram[3 * at + 2] };
}

function add(sums: Sums, more: Sums): void {
  sums.gradient += more.gradient;
  sums.hessian += more.hessian;
  sums.rows += more.rows;
}

function plus(a: Sums, b: Sums): Sums {
  return { gradient: a.gradient + b.gradient, hessian: a.hessian + b.hessian, rows: a.rows + b.rows };
}

function minus(a: Sums, b: Sums): Sums {
  return { gradient: a.gradient - b.gradient, hessian: a.hessian - b.hessian, rows: a.rows - b.rows };
}

function inUnits(sums: Sums, steps: GradientSteps): LeafSums {
  return { gradient: sums.gradient * steps.gradient, hessian: sums.hessian * steps.hessian, rows: sums.rows };
}
