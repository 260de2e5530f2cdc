/** Sorts floating-point numbers by the digits of their bits: several times as fast as comparing where there are millions. */

/** Below this length a comparison sort is faster than clearing the counters. */
const SHORT = 4096;
/** Bits 0 to 10, 11 to 21 and 22 to 31 of the upper half: sign, exponent and 20 bits of the fraction, in three passes. */
const SHIFTS = [0, 11, 22] as const;
const BUCKETS = 2048;
/** Runs up to this long are sorted by insertion. */
const INSERTION = 24;

/**
 * A new array with the values in ascending order; -0 counts as 0. The upper 32 bits are sorted digit by digit, least significant
 * first; values that share them stand side by side and are compared. NaN must not occur.
 */
export function sortFloats(values: ArrayLike<number>): Float64Array {
  let from = new Float64Array(values.length);
  // Adding 0 turns -0 into 0, whose bits sort beside the other small numbers.
  for (let i = 0; i < from.length; i++) from[i] = values[i] + 0;
  if (from.length < SHORT) return from.sort();
  let to = new Float64Array(from.length);
  for (const shift of SHIFTS) {
    if (!pass(from, to, shift)) continue;
    const kept = from;
    from = to;
    to = kept;
  }
  const sorted = negativesFirst(from, to);
  sortRuns(sorted);
  return sorted;
}

/** Typed arrays lie in memory with the lower half first on every machine that JavaScript engines run on. */
function upperHalves(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** One stable pass over one digit; false, with nothing moved, when all values share the digit. */
function pass(from: Float64Array, to: Float64Array, shift: number): boolean {
  const bits = upperHalves(from);
  const n = from.length;
  const starts = new Uint32Array(BUCKETS);
  for (let at = 1; at < bits.length; at += 2) starts[(bits[at] >>> shift) & (BUCKETS - 1)]++;
  if (starts[(bits[1] >>> shift) & (BUCKETS - 1)] === n) return false;
  let sum = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = starts[bucket];
    starts[bucket] = sum;
    sum += count;
  }
  for (let i = 0; i < n; i++) to[starts[(bits[2 * i + 1] >>> shift) & (BUCKETS - 1)]++] = from[i];
  return true;
}

/** As unsigned bits, negative numbers come last and from small to large size: they are reversed and moved to the front. */
function negativesFirst(sorted: Float64Array, spare: Float64Array): Float64Array {
  const n = sorted.length;
  let positives = n;
  while (positives > 0 && sorted[positives - 1] < 0) positives--;
  if (positives === n) return sorted;
  for (let i = positives; i < n; i++) spare[n - 1 - i] = sorted[i];
  spare.set(sorted.subarray(0, positives), n - positives);
  return spare;
}

/** Puts the values that share their upper half in order. */
function sortRuns(values: Float64Array): void {
  const bits = upperHalves(values);
  const n = values.length;
  for (let start = 0; start < n; ) {
    const upper = bits[2 * start + 1];
    let end = start + 1;
    let inOrder = true;
    for (; end < n && bits[2 * end + 1] === upper; end++) if (values[end] < values[end - 1]) inOrder = false;
    if (!inOrder) {
      if (end - start > INSERTION) values.subarray(start, end).sort();
      else insertionSort(values, start, end);
    }
    start = end;
  }
}

function insertionSort(values: Float64Array, start: number, end: number): void {
  for (let i = start + 1; i < end; i++) {
    const value = values[i];
    let j = i - 1;
    for (; j >= start && values[j] > value; j--) values[j + 1] = values[j];
    values[j + 1] = value;
  }
}
