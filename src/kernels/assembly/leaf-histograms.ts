/** Histogram building for boosted trees: rows into bins, gradients into integers, leaves into histograms, and leaf values into scores. */

import {
  BINS, BLOCKS, CHUNKS, COLUMNS, COUNT_BITS, FEATURES, FEATURES_IN_LAST, FOLLOWERS, GOES_LEFT, GRADIENTS, HESSIANS, HISTOGRAMS, INDEX,
  LABELS, MASK, OFFSETS, PAIRS, PARTIALS, PARTS, RANGES, ROWS, SCORES, SLOT_BYTES, SPARE, STRIDE, TABLE_BYTES, VALUES, WEIGHTS, WIDE,
  field, pointer,
} from "./parts/tree-plan";
import { exponential } from "./parts/exponential";

export { findSplit } from "./parts/leaf-split";

/** Rows are dealt out to the parts in stripes of so many, so that each part sees every stretch of time. */
const STRIPE: i32 = 4096;
/** Rows that are fetched at a time and then stay in the first-level cache while the blocks of features pass over them. */
const CHUNK: i32 = 256;
/** Adding it leaves no room for a fraction: the sum is rounded to a whole number, halves to even. */
const HALVES_TO_EVEN: f64 = 6755399441055744;

/**
 * Bins of rows [from, to): 0 for NaN, else 1 + the number of ascending cuts below the value. There are 2^k - 1 cuts, the last ones infinite,
 * with `half` 2^(k-1): every search takes the same k steps, and none of them branches.
 */
export function binNumbers(plan: usize, values: usize, cuts: usize, half: i32, feature: i32, at: i32, from: i32, to: i32, _thread: i32): void {
  const wide = field(plan, WIDE);
  const column = columnOf(plan, feature) + (<usize>at << wide);
  for (let i = <usize>from; i < <usize>to; i++) {
    const value = load<f64>(values + (i << 3));
    let low = cuts;
    for (let step = <usize>half << 3; step >= 8; step >>= 1) low += select(step, 0, load<f64>(low + step - 8) < value);
    const bin = select(0, <i32>((low - cuts) >> 3) + 1, value != value);
    if (wide) store<u16>(column + (i << 1), <u16>bin);
    else store<u8>(column + i, <u8>bin);
  }
}

/** Puts bins that are known into rows [from, to). */
export function setBins(plan: usize, known: usize, feature: i32, at: i32, from: i32, to: i32, _thread: i32): void {
  const wide = field(plan, WIDE);
  const column = columnOf(plan, feature) + (<usize>at << wide);
  for (let i = <usize>from; i < <usize>to; i++) {
    const bin = load<u16>(known + (i << 1));
    if (wide) store<u16>(column + (i << 1), bin);
    else store<u8>(column + i, <u8>bin);
  }
}

/** Copies the columns' rows [from, to) to where they lie row after row: a deep leaf's rows are far apart, and each costs one cache line. */
export function layRows(plan: usize, from: i32, to: i32, _thread: i32): void {
  const wide = field(plan, WIDE);
  const stride = pointer(plan, STRIDE);
  const features = field(plan, FEATURES);
  for (let first = from; first < to; first += CHUNK) {
    const end = <usize>min(first + CHUNK, to);
    for (let feature = 0; feature < features; feature++) {
      const column = columnOf(plan, feature);
      const cells = pointer(plan, BINS) + (<usize>feature << wide);
      for (let row = <usize>first; row < end; row++) {
        if (wide) store<u16>(cells + row * stride, load<u16>(column + (row << 1)));
        else store<u8>(cells + row * stride, load<u8>(column + row));
      }
    }
  }
}

/** Gradient p - y and hessian p (1 - p) of the log loss, times the weight, for rows [from, to); two rows a step. */
export function deriveLogLoss(plan: usize, weighted: i32, from: i32, to: i32, _thread: i32): void {
  const scores = pointer(plan, SCORES);
  const labels = pointer(plan, LABELS);
  const weights = pointer(plan, WEIGHTS);
  const gradients = pointer(plan, GRADIENTS);
  const hessians = pointer(plan, HESSIANS);
  const one = f64x2.splat(1);
  for (let at = <usize>from << 3; at < <usize>to << 3; at += 16) {
    const margin = v128.load(scores + at);
    const small = exponential(f64x2.neg(f64x2.abs(margin)));
    const above = f64x2.ge(margin, f64x2.splat(0));
    const probability = f64x2.div(v128.bitselect(one, small, above), f64x2.add(one, small));
    let gradient = f64x2.sub(probability, v128.load(labels + at));
    let hessian = f64x2.mul(probability, f64x2.sub(one, probability));
    if (weighted) {
      const weight = v128.load(weights + at);
      gradient = f64x2.mul(weight, gradient);
      hessian = f64x2.mul(weight, hessian);
    }
    v128.store(gradients + at, gradient);
    v128.store(hessians + at, hessian);
  }
}

/** The largest magnitudes of gradient and hessian among the sampled rows [from, to), two numbers at `out`. */
export function findLargest(plan: usize, masked: i32, from: i32, to: i32, out: usize, _thread: i32): void {
  const gradients = pointer(plan, GRADIENTS);
  const hessians = pointer(plan, HESSIANS);
  const mask = pointer(plan, MASK);
  let gradient: f64 = 0;
  let hessian: f64 = 0;
  for (let row = <usize>from; row < <usize>to; row++) {
    if (masked && load<u8>(mask + row) == 0) continue;
    gradient = max(gradient, abs(load<f64>(gradients + (row << 3))));
    hessian = max(hessian, load<f64>(hessians + (row << 3)));
  }
  store<f64>(out, gradient);
  store<f64>(out, hessian, 8);
}

/** Rounds the gradients of rows [from, to) to multiples of the steps; leaves the sums over the sampled rows at `out`. */
export function quantizeRows(
  plan: usize, masked: i32, from: i32, to: i32, gradientStep: f64, hessianStep: f64, out: usize, _thread: i32,
): void {
  const gradients = pointer(plan, GRADIENTS);
  const hessians = pointer(plan, HESSIANS);
  const mask = pointer(plan, MASK);
  const pairs = pointer(plan, PAIRS);
  let gradient: i64 = 0;
  let hessian: i64 = 0;
  let count: i64 = 0;
  // The steps are powers of two: multiplying by the inverse is the same as dividing.
  const perGradient = 1 / gradientStep;
  const perHessian = 1 / hessianStep;
  for (let row = <usize>from; row < <usize>to; row++) {
    if (masked && load<u8>(mask + row) == 0) continue;
    const g = <i32>(load<f64>(gradients + (row << 3)) * perGradient + HALVES_TO_EVEN - HALVES_TO_EVEN);
    const h = <i32>(load<f64>(hessians + (row << 3)) * perHessian + HALVES_TO_EVEN - HALVES_TO_EVEN);
    store<i32>(pairs + (row << 3), g);
    store<i32>(pairs + (row << 3), h, 4);
    gradient += g;
    hessian += h;
    count++;
  }
  store<f64>(out, <f64>gradient);
  store<f64>(out, <f64>hessian, 8);
  store<f64>(out, <f64>count, 16);
}

/** Puts the rows of a part's stripes into leaf 0, the sampled ones first, and adds up the part's histogram. `start`: where its indexes lie. */
export function startPart(plan: usize, part: i32, start: i32, masked: i32, _thread: i32): void {
  const rows = field(plan, ROWS);
  const all = rows + field(plan, FOLLOWERS);
  const mask = pointer(plan, MASK);
  const index = pointer(plan, INDEX);
  let at = start;
  for (let counted = 1; counted >= 0; counted--) {
    const begin = at;
    for (let stripe = part * STRIPE; stripe < all; stripe += field(plan, PARTS) * STRIPE) {
      const end = min(stripe + STRIPE, all);
      for (let row = stripe; row < end; row++) {
        const sampled = row < rows && (!masked || load<u8>(mask + <usize>row) != 0);
        store<i32>(index + (<usize>at << 2), row);
        at += <i32>(sampled == (counted == 1));
      }
    }
    setRange(plan, 0, 2 * part + 1 - counted, begin, at - begin);
  }
  accumulate(plan, part, 0);
}

/**
 * Carries out leaf `leaf`'s split on one part: rows that go left stay, the others become `rightLeaf`, both in their old order. Then adds up
 * the part's histogram of leaf `small`; -1 for none.
 */
export function splitPart(plan: usize, part: i32, leaf: i32, rightLeaf: i32, feature: i32, small: i32, _thread: i32): void {
  const goesLeft = pointer(plan, GOES_LEFT) + <usize>leaf * pointer(plan, TABLE_BYTES);
  const wide = field(plan, WIDE);
  const column = columnOf(plan, feature);
  for (let segment = 2 * part; segment < 2 * part + 2; segment++) {
    const range = rangeOf(plan, leaf, segment);
    const begin = load<i32>(range);
    const count = load<i32>(range, 4);
    const index = pointer(plan, INDEX) + (<usize>begin << 2);
    const spare = pointer(plan, SPARE) + (<usize>begin << 2);
    let left: usize = 0;
    let right: usize = 0;
    for (let i: usize = 0; i < <usize>count; i++) {
      const row = load<u32>(index + (i << 2));
      const cell = column + (<usize>row << wide);
      const bin = wide ? <usize>load<u16>(cell) : <usize>load<u8>(cell);
      const keep = <usize>load<u8>(goesLeft + bin);
      store<u32>(index + (left << 2), row);
      store<u32>(spare + (right << 2), row);
      left += keep;
      right += 1 - keep;
    }
    memory.copy(index + (left << 2), spare, right << 2);
    setRange(plan, leaf, segment, begin, <i32>left);
    setRange(plan, rightLeaf, segment, begin + <i32>left, <i32>right);
  }
  if (small >= 0) accumulate(plan, part, small);
}

/** Adds the parts' histograms up into slot `small`, and takes the sum away from slot `large`, which held the parent; -1 for none. */
export function combine(plan: usize, small: i32, large: i32, _thread: i32): void {
  const bytes = pointer(plan, SLOT_BYTES);
  const parts = pointer(plan, PARTS);
  const partials = pointer(plan, PARTIALS);
  const to = pointer(plan, HISTOGRAMS) + <usize>small * bytes;
  const rest = pointer(plan, HISTOGRAMS) + <usize>large * bytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = v128.load(partials + at);
    for (let part: usize = 1; part < parts; part++) sum = i64x2.add(sum, v128.load(partials + part * bytes + at));
    v128.store(to + at, sum);
    if (large >= 0) v128.store(rest + at, i64x2.sub(v128.load(rest + at), sum));
  }
}

/** Adds each leaf's value to the scores of its rows in one part. */
export function addToScores(plan: usize, part: i32, leaves: i32, _thread: i32): void {
  const scores = pointer(plan, SCORES);
  for (let leaf = 0; leaf < leaves; leaf++) {
    const value = load<f64>(pointer(plan, VALUES) + (<usize>leaf << 3));
    for (let segment = 2 * part; segment < 2 * part + 2; segment++) {
      const range = rangeOf(plan, leaf, segment);
      const index = pointer(plan, INDEX) + (<usize>load<i32>(range) << 2);
      const count = load<i32>(range, 4);
      for (let i = 0; i < count; i++) {
        const score = scores + (<usize>load<u32>(index + (<usize>i << 2)) << 3);
        store<f64>(score, load<f64>(score) + value);
      }
    }
  }
}

/** The part's histogram of a leaf: per bin two 64-bit integers, the gradient, and hessian x 2^countBits + rows. */
function accumulate(plan: usize, part: i32, leaf: i32): void {
  const bytes = pointer(plan, SLOT_BYTES);
  const histogram = pointer(plan, PARTIALS) + <usize>part * bytes;
  memory.fill(histogram, 0, bytes);
  const range = rangeOf(plan, leaf, 2 * part);
  const count = load<i32>(range, 4);
  const index = pointer(plan, INDEX) + (<usize>load<i32>(range) << 2);
  const blocks = field(plan, BLOCKS);
  const wide = field(plan, WIDE);
  const sums = pointer(plan, CHUNKS) + <usize>part * (<usize>CHUNK * (16 + pointer(plan, STRIDE)));
  const cells = sums + (CHUNK << 4);
  for (let from = 0; from < count; from += CHUNK) {
    const some = <usize>min(CHUNK, count - from);
    gather(plan, index + (<usize>from << 2), some, sums, cells);
    for (let block = 0; block < blocks; block++) {
      const features = block == blocks - 1 ? field(plan, FEATURES_IN_LAST) : 8 >> wide;
      const bins = cells + <usize>block * (CHUNK << 3);
      if (wide) addWide(plan, block << 2, features, bins, sums, some, histogram);
      else if (features > 4) addEight(bins, sums, some, histogram + (<usize>block << 15));
      else addFour(bins, sums, some, histogram + (<usize>block << 15));
    }
  }
}

/**
 * Fetches some rows, many cache misses in flight at a time, and leaves them in first-level cache: in `sums` what each adds to a bin,
 * (gradient, hessian x 2^countBits + 1), and in `cells` its bins, eight bytes after another for each block of features.
 */
export function gather(plan: usize, rows: usize, count: usize, sums: usize, cells: usize): void {
  const bins = pointer(plan, BINS);
  const stride = pointer(plan, STRIDE);
  const pairs = pointer(plan, PAIRS);
  const countBits = field(plan, COUNT_BITS);
  for (let i: usize = 0; i < count; i++) {
    const row = <usize>load<u32>(rows + (i << 2));
    const from = bins + row * stride;
    let to = cells + (i << 3);
    for (let at: usize = 0; at < stride; at += 8, to += CHUNK << 3) store<u64>(to, load<u64>(from + at));
    const pair = i64x2.extend_low_i32x4_s(v128.load64_zero(pairs + (row << 3)));
    const shifted = v128.shuffle<i64>(pair, i64x2.shl(pair, countBits), 0, 3);
    v128.store(sums + (i << 4), i64x2.add(shifted, i64x2(0, 1)));
  }
}

@inline
function addAt(bin: usize, sums: v128, offset: usize): void {
  v128.store(bin + offset, i64x2.add(v128.load(bin + offset), sums));
}

/** Eight features of one byte each; a feature's 256 bins take 4,096 bytes. */
export function addEight(cells: usize, sums: usize, count: usize, histogram: usize): void {
  for (let i: usize = 0; i < count; i++) {
    const bins = load<u64>(cells + (i << 3));
    const sum = v128.load(sums + (i << 4));
    addAt(histogram + <usize>((bins << 4) & 0xff0), sum, 0);
    addAt(histogram + <usize>((bins >> 4) & 0xff0), sum, 4096);
    addAt(histogram + <usize>((bins >> 12) & 0xff0), sum, 8192);
    addAt(histogram + <usize>((bins >> 20) & 0xff0), sum, 12288);
    addAt(histogram + <usize>((bins >> 28) & 0xff0), sum, 16384);
    addAt(histogram + <usize>((bins >> 36) & 0xff0), sum, 20480);
    addAt(histogram + <usize>((bins >> 44) & 0xff0), sum, 24576);
    addAt(histogram + <usize>((bins >> 52) & 0xff0), sum, 28672);
  }
}

/** The last block, when it holds four features or fewer. */
export function addFour(cells: usize, sums: usize, count: usize, histogram: usize): void {
  for (let i: usize = 0; i < count; i++) {
    const bins = load<u32>(cells + (i << 3));
    const sum = v128.load(sums + (i << 4));
    addAt(histogram + <usize>((bins << 4) & 0xff0), sum, 0);
    addAt(histogram + <usize>((bins >> 4) & 0xff0), sum, 4096);
    addAt(histogram + <usize>((bins >> 12) & 0xff0), sum, 8192);
    addAt(histogram + <usize>((bins >> 20) & 0xff0), sum, 12288);
  }
}

/** Four features or fewer of two bytes each; their bins lie where the offsets say. */
export function addWide(plan: usize, first: i32, features: i32, cells: usize, sums: usize, count: usize, histogram: usize): void {
  const offsets = pointer(plan, OFFSETS) + (<usize>first << 2);
  const a = histogram + (<usize>load<u32>(offsets) << 4);
  const b = histogram + (<usize>load<u32>(offsets, 4) << 4);
  const c = histogram + (<usize>load<u32>(offsets, 8) << 4);
  const d = histogram + (<usize>load<u32>(offsets, 12) << 4);
  for (let i: usize = 0; i < count; i++) {
    const bins = load<u64>(cells + (i << 3));
    const sum = v128.load(sums + (i << 4));
    addAt(a + <usize>((bins << 4) & 0xffff0), sum, 0);
    if (features > 1) addAt(b + <usize>((bins >> 12) & 0xffff0), sum, 0);
    if (features > 2) addAt(c + <usize>((bins >> 28) & 0xffff0), sum, 0);
    if (features > 3) addAt(d + <usize>((bins >> 44) & 0xffff0), sum, 0);
  }
}

function columnOf(plan: usize, feature: i32): usize {
  const all = pointer(plan, ROWS) + pointer(plan, FOLLOWERS);
  return pointer(plan, COLUMNS) + ((<usize>feature * all) << field(plan, WIDE));
}

function rangeOf(plan: usize, leaf: i32, segment: i32): usize {
  return pointer(plan, RANGES) + (<usize>(leaf * 2 * field(plan, PARTS) + segment) << 3);
}

function setRange(plan: usize, leaf: i32, segment: i32, begin: i32, count: i32): void {
  const range = rangeOf(plan, leaf, segment);
  store<i32>(range, begin);
  store<i32>(range, count, 4);
}
