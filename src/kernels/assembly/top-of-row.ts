/** The k best of one row of scores: the k-th best is found by halving the range of scores and counting, then what is no worse is put in order. */

/** Below the key of every score. */
const NO_KEY: i32 = i32.MIN_VALUE;
/** Shorter pieces are put in order by insertion, longer ones are merged of two. */
const PIECE: i32 = 8;

/**
 * Writes the numbers of the best of `count` scores at `scores` (a multiple of four) to `out`, best first, equal ones in the order of
 * their numbers, and returns how many there are: at most k, and none that is -Infinity or NaN. `keys` has room for `count` integers, `found` for
 * twice k longs.
 */
export function topOfRow(scores: usize, count: i32, k: i32, keys: usize, found: usize, out: usize): i32 {
  const bytes = <usize>count << 2;
  const size = min(k, orderKeys(scores, bytes, keys));
  if (size == 0) return 0;
  const least = keyOf(keys, bytes, size);
  // Those that are as good as the last are more than there is room for: the first of them.
  let room = size - countFrom(keys, bytes, least + 1);
  let next = found;
  const floor = i32x4.splat(least);
  for (let at: usize = 0; at < bytes; at += 16) {
    let mask = i32x4.bitmask(i32x4.ge_s(v128.load(keys + at), floor));
    while (mask != 0) {
      const place = at + (<usize>ctz(mask) << 2);
      mask &= mask - 1;
      const key = load<i32>(keys + place);
      if (key == least && --room < 0) continue;
      // A better score, or the same and a smaller number, is a larger number.
      store<i64>(next, (<i64>key << 32) | <i64>(0xffffffff - <u64>(place >> 2)));
      next += 8;
    }
  }
  const sorted = sort(found, found + (<usize>size << 3), size);
  for (let at: usize = 0; at < <usize>size; at++)
    store<i32>(out + (at << 2), <i32>(0xffffffff - <u32>load<i64>(sorted + (at << 3))));
  return size;
}

/** Makes whole numbers in the same order of the scores; returns how many there are of which one can be shown. */
function orderKeys(scores: usize, bytes: usize, keys: usize): i32 {
  const nothing = f32x4.splat(-Infinity);
  const magnitude = i32x4.splat(0x7fffffff);
  let shown = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    // Both zeros are one score.
    const score = f32x4.add(v128.load(scores + at), f32x4.splat(0));
    const isShown = f32x4.gt(score, nothing);
    const key = v128.xor(score, v128.and(i32x4.shr_s(score, 31), magnitude));
    v128.store(keys + at, v128.bitselect(key, i32x4.splat(NO_KEY), isShown));
    shown = i32x4.sub(shown, isShown);
  }
  return laneSum(shown);
}

/** The key of place `size`, counted from the best: the largest that so many keys reach. */
function keyOf(keys: usize, bytes: usize, size: i32): i32 {
  let low: i64 = NO_KEY;
  let high: i64 = <i64>i32.MAX_VALUE + 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const reached = countFrom(keys, bytes, <i32>middle);
    if (reached == size) return smallestFrom(keys, bytes, <i32>middle);
    if (reached > size) low = middle;
    else high = middle;
  }
  return <i32>low;
}

/** How many keys reach this one. */
function countFrom(keys: usize, bytes: usize, key: i32): i32 {
  const floor = i32x4.splat(key);
  let sum = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) sum = i32x4.sub(sum, i32x4.ge_s(v128.load(keys + at), floor));
  return laneSum(sum);
}

/** The smallest key that reaches this one; there is one. */
function smallestFrom(keys: usize, bytes: usize, key: i32): i32 {
  const floor = i32x4.splat(key);
  let least = i32x4.splat(i32.MAX_VALUE);
  for (let at: usize = 0; at < bytes; at += 16) {
    const some = v128.load(keys + at);
    least = i32x4.min_s(least, v128.bitselect(some, least, i32x4.ge_s(some, floor)));
  }
  const two = min(i32x4.extract_lane(least, 0), i32x4.extract_lane(least, 1));
  return min(two, min(i32x4.extract_lane(least, 2), i32x4.extract_lane(least, 3)));
}

@inline
function laneSum(a: v128): i32 {
  return i32x4.extract_lane(a, 0) + i32x4.extract_lane(a, 1) + i32x4.extract_lane(a, 2) + i32x4.extract_lane(a, 3);
}

/** Largest first; gives where they lie then: here or in `other`. */
function sort(here: usize, other: usize, count: i32): usize {
  for (let from = 0; from < count; from += PIECE) insert(here + (<usize>from << 3), min(PIECE, count - from));
  let source = here;
  let target = other;
  const end = <usize>count << 3;
  for (let piece: usize = <usize>PIECE << 3; piece < end; piece <<= 1) {
    for (let from: usize = 0; from < end; from += piece << 1) {
      const middle = min(from + piece, end);
      merge(source + from, source + middle, source + min(middle + piece, end), target + from);
    }
    const old = source;
    source = target;
    target = old;
  }
  return source;
}

function insert(at: usize, count: i32): void {
  const end = at + (<usize>count << 3);
  for (let one = at + 8; one < end; one += 8) {
    const value = load<i64>(one);
    let place = one;
    while (place > at && load<i64>(place - 8) < value) {
      store<i64>(place, load<i64>(place - 8));
      place -= 8;
    }
    store<i64>(place, value);
  }
}

/** Two neighbours that are in order, the first from `a` up to `b` and the second up to `end`, as one. */
function merge(a: usize, b: usize, end: usize, out: usize): void {
  const middle = b;
  while (a < middle && b < end) {
    const left = load<i64>(a);
    const right = load<i64>(b);
    const isLeft = left > right;
    store<i64>(out, select(left, right, isLeft));
    a += select<usize>(8, 0, isLeft);
    b += select<usize>(0, 8, isLeft);
    out += 8;
  }
  for (; a < middle; a += 8, out += 8) store<i64>(out, load<i64>(a));
  for (; b < end; b += 8, out += 8) store<i64>(out, load<i64>(b));
}
