/** Folds a history into fixed factors by conjugate gradients in double precision, its sums in the order of the scalar twin: the same bits. */

import { pair } from "./parts/vector";

/** As in the scalar twin: below it nothing is left to gain. */
const LEAST_ENERGY: f64 = 1e-20;

/**
 * Sets `x` to what `steps` steps from 0 make of (diag(diagonal) + sum of (c - unobserved) y y') x = sum of c y over `count` entries, whose
 * `rows` y lie side by side and whose `confidences` are c. A row is `width` floats, a multiple of four; `x`, `diagonal` and the three
 * rows of `scratch` are as many doubles.
 */
export function foldIn(
  rows: usize, width: i32, confidences: usize, count: i32, diagonal: usize, unobserved: f64, steps: i32, x: usize, scratch: usize,
): void {
  const bytes = <usize>width << 3;
  const residual = scratch;
  const direction = residual + bytes;
  const product = direction + bytes;
  const nothing = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(x + at, nothing);
    v128.store(residual + at, nothing);
  }
  addRightSide(rows, bytes >> 1, confidences, count, residual);
  for (let at: usize = 0; at < bytes; at += 16)
    v128.store(direction + at, f64x2.div(v128.load(residual + at), v128.load(diagonal + at)));
  let energy = inner(residual, direction, bytes);
  for (let step = 0; step < steps && energy > LEAST_ENERGY; step++) {
    for (let at: usize = 0; at < bytes; at += 16)
      v128.store(product + at, f64x2.mul(v128.load(diagonal + at), v128.load(direction + at)));
    addProduct(rows, bytes >> 1, confidences, count, unobserved, direction, product);
    const length = energy / inner(direction, product, bytes);
    let remaining: f64 = 0;
    for (let at: usize = 0; at < bytes; at += 8) {
      store<f64>(x + at, load<f64>(x + at) + length * load<f64>(direction + at));
      const left = load<f64>(residual + at) - length * load<f64>(product + at);
      store<f64>(residual + at, left);
      remaining += (left * left) / load<f64>(diagonal + at);
    }
    const turn = f64x2.splat(remaining / energy);
    for (let at: usize = 0; at < bytes; at += 16) {
      const down = f64x2.div(v128.load(residual + at), v128.load(diagonal + at));
      v128.store(direction + at, f64x2.add(down, f64x2.mul(turn, v128.load(direction + at))));
    }
    energy = remaining;
  }
}

/** out += sum over entries of c y. */
function addRightSide(rows: usize, row: usize, confidences: usize, count: i32, out: usize): void {
  for (let entry: usize = 0, y = rows; entry < <usize>count << 2; entry += 4, y += row)
    addScaled(y, f64x2.splat(<f64>load<f32>(confidences + entry)), out, row);
}

/** out += sum over entries of (c - unobserved) (y . v) y. Four entries at a time, so that `v` and `out` are read once for all of them. */
function addProduct(
  rows: usize, row: usize, confidences: usize, count: i32, unobserved: f64, v: usize, out: usize,
): void {
  const end = <usize>count << 2;
  let entry: usize = 0;
  let a = rows;
  for (; entry + 16 <= end; entry += 16, a += row << 2) {
    const b = a + row;
    const c = b + row;
    const d = c + row;
    let aLow = f64x2.splat(0);
    let aHigh = aLow;
    let bLow = aLow;
    let bHigh = aLow;
    let cLow = aLow;
    let cHigh = aLow;
    let dLow = aLow;
    let dHigh = aLow;
    for (let at: usize = 0; at < row; at += 16) {
      const low = v128.load(v + (at << 1));
      const high = v128.load(v + (at << 1), 16);
      aLow = f64x2.add(aLow, f64x2.mul(pair(a + at), low));
      aHigh = f64x2.add(aHigh, f64x2.mul(pair(a + at + 8), high));
      bLow = f64x2.add(bLow, f64x2.mul(pair(b + at), low));
      bHigh = f64x2.add(bHigh, f64x2.mul(pair(b + at + 8), high));
      cLow = f64x2.add(cLow, f64x2.mul(pair(c + at), low));
      cHigh = f64x2.add(cHigh, f64x2.mul(pair(c + at + 8), high));
      dLow = f64x2.add(dLow, f64x2.mul(pair(d + at), low));
      dHigh = f64x2.add(dHigh, f64x2.mul(pair(d + at + 8), high));
    }
    const p = f64x2.splat((<f64>load<f32>(confidences + entry) - unobserved) * laneSum(aLow, aHigh));
    const q = f64x2.splat((<f64>load<f32>(confidences + entry, 4) - unobserved) * laneSum(bLow, bHigh));
    const r = f64x2.splat((<f64>load<f32>(confidences + entry, 8) - unobserved) * laneSum(cLow, cHigh));
    const s = f64x2.splat((<f64>load<f32>(confidences + entry, 12) - unobserved) * laneSum(dLow, dHigh));
    for (let at: usize = 0; at < row; at += 8) {
      let sum = v128.load(out + (at << 1));
      sum = f64x2.add(sum, f64x2.mul(p, pair(a + at)));
      sum = f64x2.add(sum, f64x2.mul(q, pair(b + at)));
      sum = f64x2.add(sum, f64x2.mul(r, pair(c + at)));
      v128.store(out + (at << 1), f64x2.add(sum, f64x2.mul(s, pair(d + at))));
    }
  }
  for (; entry < end; entry += 4, a += row) {
    let low = f64x2.splat(0);
    let high = low;
    for (let at: usize = 0; at < row; at += 16) {
      low = f64x2.add(low, f64x2.mul(pair(a + at), v128.load(v + (at << 1))));
      high = f64x2.add(high, f64x2.mul(pair(a + at + 8), v128.load(v + (at << 1), 16)));
    }
    addScaled(a, f64x2.splat((<f64>load<f32>(confidences + entry) - unobserved) * laneSum(low, high)), out, row);
  }
}

/** The four sums of an inner product as one, in the scalar twin's order. */
@inline
function laneSum(low: v128, high: v128): f64 {
  const rest = f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1);
  return f64x2.extract_lane(low, 0) + (f64x2.extract_lane(low, 1) + rest);
}

@inline
function addScaled(y: usize, weight: v128, out: usize, row: usize): void {
  for (let at: usize = 0; at < row; at += 8) {
    const to = out + (at << 1);
    v128.store(to, f64x2.add(v128.load(to), f64x2.mul(weight, pair(y + at))));
  }
}

/** One after the other, as the scalar twin adds them. */
function inner(a: usize, b: usize, bytes: usize): f64 {
  let sum: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 8) sum += load<f64>(a + at) * load<f64>(b + at);
  return sum;
}
