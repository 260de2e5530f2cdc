/** LambdaRank's derivatives: sorts each query by its margins and goes over its pairs two at a time. */

import { exponential } from "./parts/exponential";

/**
 * Derivatives for queries [from, to), whose rows begin at `starts`. `ideals` holds 1 / ideal DCG, 0 for a query without a relevant row.
 * `scratch` has room for seven arrays of f64 a thread, each of `room` numbers: two more than the longest query, and even.
 */
export function deriveQueries(
  starts: usize, from: i32, to: i32, margins: usize, gains: usize, ideals: usize, discounts: usize, truncation: i32,
  scratch: usize, room: i32, gradients: usize, hessians: usize, thread: i32,
): void {
  const size = <usize>room << 3;
  const sorted = scratch + <usize>thread * 7 * size;
  const ranked = sorted + size;
  const slopes = ranked + size;
  const curvatures = slopes + size;
  const powers = curvatures + size;
  const order = powers + size;
  for (let query = from; query < to; query++) {
    const first = <usize>load<u32>(starts + (<usize>query << 2));
    const count = load<i32>(starts + (<usize>query << 2), 4) - <i32>first;
    memory.fill(gradients + (first << 3), 0, <usize>count << 3);
    memory.fill(hessians + (first << 3), 0, <usize>count << 3);
    const perIdeal = load<f64>(ideals + (<usize>query << 3));
    if (perIdeal == 0) continue;
    const place = sortRows(margins + (first << 3), count, order, order + size);
    for (let rank: usize = 0; rank < <usize>count; rank++) {
      const row = first + <usize>load<u32>(place + (rank << 2));
      store<f64>(sorted + (rank << 3), load<f64>(margins + (row << 3)));
      store<f64>(ranked + (rank << 3), load<f64>(gains + (row << 3)));
    }
    // The place past the last is read with it, and must hold a number.
    store<f64>(sorted + (<usize>count << 3), load<f64>(sorted + (<usize>(count - 1) << 3)));
    const narrow = raisePowers(sorted, powers, count);
    memory.fill(slopes, 0, <usize>(count + 1) << 3);
    memory.fill(curvatures, 0, <usize>(count + 1) << 3);
    const scale = derivePairs(sorted, ranked, discounts, slopes, curvatures, narrow ? powers : 0, count, truncation, perIdeal);
    for (let rank: usize = 0; rank < <usize>count; rank++) {
      const row = first + <usize>load<u32>(place + (rank << 2));
      store<f64>(gradients + (row << 3), load<f64>(slopes + (rank << 3)) * scale);
      store<f64>(hessians + (row << 3), load<f64>(curvatures + (rank << 3)) * scale);
    }
  }
}

/** Margins this far apart have a quotient of powers that is still exact to a few units in the last place. */
const WIDEST: f64 = 600;

/** powers = e^(margin - the highest). False, and nothing raised, where the margins are too far apart for quotients of them. */
function raisePowers(margins: usize, powers: usize, count: i32): bool {
  const highest = load<f64>(margins);
  if (!(highest - load<f64>(margins + (<usize>(count - 1) << 3)) <= WIDEST)) return false;
  const top = f64x2.splat(highest);
  for (let at: usize = 0; at < <usize>count << 3; at += 16) {
    v128.store(powers + at, exponential(f64x2.sub(v128.load(margins + at), top)));
  }
  return true;
}

/**
 * Adds up the pairs of one query in order of rank; returns the factor that long queries are scaled down by. `powers` is 0 where the
 * exponential of each pair must be taken by itself.
 */
function derivePairs(
  margins: usize, gains: usize, discounts: usize, slopes: usize, curvatures: usize, powers: usize, count: i32, truncation: i32,
  perIdeal: f64,
): f64 {
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  const spread = load<f64>(margins) != load<f64>(margins + (<usize>(count - 1) << 3));
  let sum = zero;
  for (let first = 0; first < min(truncation, count - 1); first++) {
    const own = <usize>first << 3;
    const margin = v128.load64_splat(margins + own);
    const gain = v128.load64_splat(gains + own);
    const discount = v128.load64_splat(discounts + own);
    const perPower = f64x2.splat(powers == 0 ? 0 : 1 / load<f64>(powers + own));
    let slope = zero;
    let curvature = zero;
    for (let second = first + 1; second < count; second += 2) {
      const at = <usize>second << 3;
      const gap = f64x2.sub(gain, v128.load(gains + at));
      let counts = f64x2.ne(gap, zero);
      if (second + 1 == count) counts = v128.and(counts, i64x2(-1, 0));
      if (!v128.any_true(counts)) continue;
      const ahead = f64x2.sub(margin, v128.load(margins + at));
      const swapped = f64x2.mul(f64x2.mul(f64x2.abs(gap), f64x2.sub(discount, v128.load(discounts + at))), f64x2.splat(perIdeal));
      const small = powers == 0 ? exponential(f64x2.neg(ahead)) : f64x2.mul(v128.load(powers + at), perPower);
      const rightOrder = f64x2.gt(gap, zero);
      // One division for both quotients: rho = above / (1 + small), and lambda = swapped x rho / (0.01 + ahead).
      const shift = spread ? f64x2.add(f64x2.splat(0.01), ahead) : one;
      const above = v128.bitselect(small, one, rightOrder);
      const quotient = f64x2.div(above, f64x2.mul(f64x2.add(one, small), shift));
      const rho = f64x2.mul(quotient, shift);
      const lambda = v128.and(f64x2.mul(swapped, quotient), counts);
      const bend = f64x2.mul(lambda, f64x2.sub(one, rho));
      const pull = v128.bitselect(f64x2.neg(lambda), lambda, rightOrder);
      slope = f64x2.add(slope, pull);
      curvature = f64x2.add(curvature, bend);
      sum = f64x2.add(sum, lambda);
      v128.store(slopes + at, f64x2.sub(v128.load(slopes + at), pull));
      v128.store(curvatures + at, f64x2.add(v128.load(curvatures + at), bend));
    }
    store<f64>(slopes + own, load<f64>(slopes + own) + laneSum(slope));
    store<f64>(curvatures + own, load<f64>(curvatures + own) + laneSum(curvature));
  }
  const total = 2 * laneSum(sum);
  return total == 0 ? 0 : logarithm(1 + total) / total;
}

@inline
function laneSum(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** The base-2 logarithm of x >= 1: the exponent, and the series of artanh over the rest (|z| <= 0.172, eleven terms: below 1e-17). */
function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>(bits >> 52) - 1023;
  let rest = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (rest > 1.4142135623730951) {
    rest *= 0.5;
    exponent++;
  }
  const z = (rest - 1) / (rest + 1);
  const square = z * z;
  let sum: f64 = 0;
  for (let term = 21; term >= 1; term -= 2) sum = sum * square + 1 / <f64>term;
  return <f64>exponent + 2.8853900817779268 * z * sum;
}

/** Row numbers from the highest margin to the lowest, equal ones in the order they stand: a merge sort from the bottom up. Returns where they lie. */
function sortRows(margins: usize, count: i32, order: usize, spare: usize): usize {
  for (let i: usize = 0; i < <usize>count; i++) store<u32>(order + (i << 2), <u32>i);
  let from = order;
  let to = spare;
  for (let width = 1; width < count; width <<= 1) {
    for (let begin = 0; begin < count; begin += 2 * width) {
      const middle = min(begin + width, count);
      const end = min(begin + 2 * width, count);
      let left = begin;
      let right = middle;
      for (let at = begin; at < end; at++) {
        let takeLeft = right >= end;
        if (!takeLeft && left < middle) takeLeft = marginAt(margins, from, left) >= marginAt(margins, from, right);
        store<u32>(to + (<usize>at << 2), load<u32>(from + (<usize>(takeLeft ? left : right) << 2)));
        if (takeLeft) left++;
        else right++;
      }
    }
    const kept = from;
    from = to;
    to = kept;
  }
  return from;
}

@inline
function marginAt(margins: usize, order: usize, place: i32): f64 {
  return load<f64>(margins + (<usize>load<u32>(order + (<usize>place << 2)) << 3));
}
