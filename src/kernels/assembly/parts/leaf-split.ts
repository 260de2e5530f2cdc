/** The best split of one leaf, read off its histogram; step for step the arithmetic of leaf-split.scalar.ts. */

import {
  ACTIVE, COUNT_BITS, FEATURES, FOUND, GOES_LEFT, HISTOGRAMS, KEYS, OFFSETS, ORDER, RULES, SHAPES, SLOT_BYTES, TABLE_BYTES, field, pointer,
} from "./tree-plan";

// The question that is being answered. One thread asks at a time.
let rules: usize = 0;
let countBits: i32 = 0;
let gradientStep: f64 = 0;
let hessianStep: f64 = 0;
let lower: f64 = 0;
let upper: f64 = 0;
let l2: f64 = 0;
let totalGradient: i64 = 0;
let totalHessian: i64 = 0;
let totalRows: i64 = 0;
let parentSaved: f64 = 0;
/** The value `evaluate` came to. */
let valued: f64 = 0;

// The best split so far.
let bestGain: f64 = 0;
let bestFeature: i32 = -1;
let bestBin: i32 = 0;
let bestMissingLeft: i32 = 0;
let bestGradient: i64 = 0;
let bestHessian: i64 = 0;
let bestRows: i64 = 0;

/**
 * Leaves at the leaf's place in FOUND: feature (-1 for none), gain, bin, missingLeft, then gradient, hessian and rows of the left child
 * and of all, in whole steps; and in GOES_LEFT for each bin of the feature whether it goes left.
 */
export function findSplit(plan: usize, leaf: i32, slot: i32, gradientUnit: f64, hessianUnit: f64, least: f64, most: f64, _thread: i32): void {
  rules = pointer(plan, RULES);
  countBits = field(plan, COUNT_BITS);
  gradientStep = gradientUnit;
  hessianStep = hessianUnit;
  lower = least;
  upper = most;
  bestGain = load<f64>(rules, 32);
  bestFeature = -1;
  const histogram = pointer(plan, HISTOGRAMS) + <usize>slot * pointer(plan, SLOT_BYTES);
  const goesLeft = pointer(plan, GOES_LEFT) + <usize>leaf * pointer(plan, TABLE_BYTES);
  sumTotals(histogram, load<i32>(pointer(plan, SHAPES)));
  for (let feature: usize = 0; feature < pointer(plan, FEATURES); feature++) {
    if (load<u8>(pointer(plan, ACTIVE) + feature) == 0) continue;
    const shape = pointer(plan, SHAPES) + feature * 12;
    const bins = histogram + (<usize>load<u32>(pointer(plan, OFFSETS) + (feature << 2)) << 4);
    if (load<i32>(shape, 4)) scanCategories(plan, bins, <i32>feature, load<i32>(shape), goesLeft);
    else scanNumbers(bins, <i32>feature, load<i32>(shape), load<i32>(shape, 8), goesLeft);
  }
  const found = pointer(plan, FOUND) + <usize>leaf * 80;
  store<f64>(found, bestFeature);
  store<f64>(found, bestGain, 8);
  store<f64>(found, bestBin, 16);
  store<f64>(found, bestMissingLeft, 24);
  store<f64>(found, <f64>bestGradient, 32);
  store<f64>(found, <f64>bestHessian, 40);
  store<f64>(found, <f64>bestRows, 48);
  store<f64>(found, <f64>totalGradient, 56);
  store<f64>(found, <f64>totalHessian, 64);
  store<f64>(found, <f64>totalRows, 72);
}

function sumTotals(bin: usize, bins: i32): void {
  totalGradient = 0;
  totalHessian = 0;
  totalRows = 0;
  for (let i = 0; i < bins; i++, bin += 16) {
    totalGradient += load<i64>(bin);
    totalHessian += hessianOf(bin);
    totalRows += rowsOf(bin);
  }
}

function scanNumbers(bins: usize, feature: i32, count: i32, monotone: i32, goesLeft: usize): void {
  startJudging(load<f64>(rules, 24));
  const missingRows = rowsOf(bins);
  const missingGradient = load<i64>(bins);
  const missingHessian = hessianOf(bins);
  const before = bestGain;
  let gradient: i64 = 0;
  let hessian: i64 = 0;
  let rows: i64 = 0;
  const last = missingRows > 0 ? count - 1 : count - 2;
  for (let bin = 1; bin <= last; bin++) {
    const at = bins + (<usize>bin << 4);
    // An empty bin makes no new split, and an equal one later does not win.
    if (load<i64>(at, 8) == 0) continue;
    gradient += load<i64>(at);
    hessian += hessianOf(at);
    rows += rowsOf(at);
    const missingLeft = <i32>(missingRows == 0 && 2 * rows >= totalRows);
    keepBetter(judge(gradient, hessian, rows, monotone), feature, bin, missingLeft, gradient, hessian, rows);
    if (missingRows == 0) continue;
    const withGradient = gradient + missingGradient;
    const withHessian = hessian + missingHessian;
    const withRows = rows + missingRows;
    keepBetter(judge(withGradient, withHessian, withRows, monotone), feature, bin, 1, withGradient, withHessian, withRows);
  }
  if (bestGain == before) return;
  store<u8>(goesLeft, <u8>bestMissingLeft);
  memory.fill(goesLeft + 1, 1, <usize>bestBin);
  memory.fill(goesLeft + 1 + <usize>bestBin, 0, <usize>(count - 1 - bestBin));
}

function scanCategories(plan: usize, bins: usize, feature: i32, count: i32, goesLeft: usize): void {
  startJudging(load<f64>(rules, 24) + load<f64>(rules, 48));
  const keys = pointer(plan, KEYS);
  const order = pointer(plan, ORDER);
  const ranked = rankCategories(bins, count, keys, order);
  const half = (ranked + 1) >> 1;
  let descending = 0;
  let best = 0;
  for (let direction = 0; direction < 2; direction++) {
    let gradient: i64 = 0;
    let hessian: i64 = 0;
    let rows: i64 = 0;
    for (let taken = 1; taken <= half; taken++) {
      const place = direction ? ranked - taken : taken - 1;
      const at = bins + (<usize>load<i32>(order + (<usize>place << 2)) << 4);
      gradient += load<i64>(at);
      hessian += hessianOf(at);
      rows += rowsOf(at);
      const before = bestGain;
      keepBetter(judge(gradient, hessian, rows, 0), feature, 0, 0, gradient, hessian, rows);
      if (bestGain == before) continue;
      descending = direction;
      best = taken;
    }
  }
  if (best == 0) return;
  memory.fill(goesLeft, 0, <usize>count);
  for (let taken = 1; taken <= best; taken++) {
    const place = descending ? ranked - taken : taken - 1;
    store<u8>(goesLeft + <usize>load<i32>(order + (<usize>place << 2)), 1);
  }
}

/** Bins with rows enough, in order of gradient / (hessian + smoothing), then bin (Shell 1959). Returns how many. */
function rankCategories(bins: usize, count: i32, keys: usize, order: usize): i32 {
  const smoothing = load<f64>(rules, 40);
  const least = load<f64>(rules, 56);
  let ranked: i32 = 0;
  for (let bin = 1; bin < count; bin++) {
    const at = bins + (<usize>bin << 4);
    const rows = <f64>rowsOf(at);
    if (rows == 0 || rows < least) continue;
    const key = (<f64>load<i64>(at) * gradientStep) / (<f64>hessianOf(at) * hessianStep + smoothing);
    store<f64>(keys + (<usize>bin << 3), key);
    store<i32>(order + (<usize>ranked << 2), bin);
    ranked++;
  }
  for (let gap = ranked >> 1; gap > 0; gap >>= 1) {
    for (let i = gap; i < ranked; i++) {
      const bin = load<i32>(order + (<usize>i << 2));
      const key = load<f64>(keys + (<usize>bin << 3));
      let j = i;
      while (j >= gap) {
        const other = load<i32>(order + (<usize>(j - gap) << 2));
        const otherKey = load<f64>(keys + (<usize>other << 3));
        if (otherKey < key || (otherKey == key && other < bin)) break;
        store<i32>(order + (<usize>j << 2), other);
        j -= gap;
      }
      store<i32>(order + (<usize>j << 2), bin);
    }
  }
  return ranked;
}

function startJudging(regularisation: f64): void {
  l2 = regularisation;
  parentSaved = evaluate(<f64>totalGradient * gradientStep, <f64>totalHessian * hessianStep);
}

/** The gain of a split with these sums on the left, -1 where it breaks a rule. */
@inline
function judge(gradient: i64, hessian: i64, rows: i64, monotone: i32): f64 {
  const rightRows = totalRows - rows;
  if (rows == 0 || rightRows == 0) return -1;
  if (<f64>rows < load<f64>(rules) || <f64>rightRows < load<f64>(rules)) return -1;
  const leftHessian = <f64>hessian * hessianStep;
  const rightHessian = <f64>(totalHessian - hessian) * hessianStep;
  if (leftHessian < load<f64>(rules, 8) || rightHessian < load<f64>(rules, 8)) return -1;
  const leftSaved = evaluate(<f64>gradient * gradientStep, leftHessian);
  const leftValue = valued;
  const rightSaved = evaluate(<f64>(totalGradient - gradient) * gradientStep, rightHessian);
  if (<f64>monotone * (valued - leftValue) < 0) return -1;
  return leftSaved + rightSaved - parentSaved;
}

@inline
function evaluate(gradient: f64, hessian: f64): f64 {
  const l1 = load<f64>(rules, 16);
  const pull = gradient > l1 ? gradient - l1 : gradient < -l1 ? gradient + l1 : 0;
  const weight = hessian + l2;
  const value = max(lower, min(upper, -pull / weight));
  valued = value;
  return -(2 * pull * value + weight * value * value);
}

@inline
function keepBetter(gain: f64, feature: i32, bin: i32, missingLeft: i32, gradient: i64, hessian: i64, rows: i64): void {
  if (!(gain > bestGain)) return;
  bestGain = gain;
  bestFeature = feature;
  bestBin = bin;
  bestMissingLeft = missingLeft;
  bestGradient = gradient;
  bestHessian = hessian;
  bestRows = rows;
}

@inline
function hessianOf(bin: usize): i64 {
  return load<i64>(bin, 8) >> <i64>countBits;
}

@inline
function rowsOf(bin: usize): i64 {
  return load<i64>(bin, 8) & (((<i64>1) << <i64>countBits) - 1);
}
