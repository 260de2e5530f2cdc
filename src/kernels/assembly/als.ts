/**
 * Implicit alternating least squares, one side at a time: Gram matrix, rotation into its eigenvectors, and the solution of one
 * small system per row. A row of factors is `width` bytes, a multiple of 64.
 */

import { dot, dots, laneSum, madd } from "./parts/vector";

/** Rows whose factors are drawn into the cache ahead of the arithmetic: many misses under way at once hide memory's latency. */
const AHEAD = 32;
/** Rows with more entries than this overflow the second-level cache between passes, and are drawn in again by each. */
const FAR = 1024;
/** A residual of less energy is rounding: the row is solved. */
const TINY: f32 = 1e-20;

/** The Gram matrix of rows [from, to), added up in tiles of 4 x 16 that stay in registers. */
export function gram(rows: usize, width: usize, from: i32, to: i32, out: usize, _thread: i32): void {
  const first = rows + <usize>from * width;
  const end = rows + <usize>to * width;
  memory.fill(out, 0, (width >> 2) * width);
  // Blocks of rows that fit the first-level cache, so that all tiles pass over them there.
  for (let start = first; start < end; start += width << 6) {
    const stop = min(start + (width << 6), end);
    for (let i: usize = 0; i < width; i += 8) {
      for (let j: usize = i & ~63; j < width; j += 64) gramTile(start, stop, width, i, j, out + (i >> 2) * width + j);
    }
  }
}

/** Adds rows' products of the two columns at byte `i` with the sixteen at byte `j` to the tile at `out`. */
@inline
function gramTile(start: usize, stop: usize, width: usize, i: usize, j: usize, out: usize): void {
  const below = out + width;
  let a = v128.load(out);
  let b = v128.load(out, 16);
  let c = v128.load(out, 32);
  let d = v128.load(out, 48);
  let e = v128.load(below);
  let f = v128.load(below, 16);
  let g = v128.load(below, 32);
  let h = v128.load(below, 48);
  for (let row = start; row < stop; row += width) {
    const x = v128.load32_splat(row + i);
    const y = v128.load32_splat(row + i, 4);
    let z = v128.load(row + j);
    a = madd(z, x, a);
    e = madd(z, y, e);
    z = v128.load(row + j, 16);
    b = madd(z, x, b);
    f = madd(z, y, f);
    z = v128.load(row + j, 32);
    c = madd(z, x, c);
    g = madd(z, y, g);
    z = v128.load(row + j, 48);
    d = madd(z, x, d);
    h = madd(z, y, h);
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
  v128.store(below, e);
  v128.store(below, f, 16);
  v128.store(below, g, 32);
  v128.store(below, h, 48);
}

/** Multiplies rows [from, to) by a square matrix, in place; `scratch` holds four rows a thread. */
export function rotate(
  rows: usize, width: usize, from: i32, to: i32, matrix: usize, scratch: usize, stride: usize, thread: i32,
): void {
  const copy = scratch + <usize>thread * stride;
  for (let row = from; row < to; row += 4) {
    const count = min(4, to - row);
    const at = rows + <usize>row * width;
    memory.copy(copy, at, <usize>count * width);
    if (count == 4) {
      for (let j: usize = 0; j < width; j += 32) rotateTile(copy, width, matrix + j, at + j);
    } else {
      for (let one: usize = 0; one < <usize>count; one++) {
        for (let j: usize = 0; j < width; j += 16) rotateFour(copy + one * width, width, matrix + j, at + one * width + j);
      }
    }
  }
}

/** Eight columns of the product of four rows with the matrix. */
@inline
function rotateTile(rows: usize, width: usize, matrix: usize, out: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  const second = rows + width;
  const third = second + width;
  const fourth = third + width;
  for (let k: usize = 0; k < width; k += 4) {
    const low = v128.load(matrix);
    const high = v128.load(matrix, 16);
    let x = v128.load32_splat(rows + k);
    a0 = madd(low, x, a0);
    a1 = madd(high, x, a1);
    x = v128.load32_splat(second + k);
    b0 = madd(low, x, b0);
    b1 = madd(high, x, b1);
    x = v128.load32_splat(third + k);
    c0 = madd(low, x, c0);
    c1 = madd(high, x, c1);
    x = v128.load32_splat(fourth + k);
    d0 = madd(low, x, d0);
    d1 = madd(high, x, d1);
    matrix += width;
  }
  v128.store(out, a0);
  v128.store(out, a1, 16);
  v128.store(out + width, b0);
  v128.store(out + width, b1, 16);
  v128.store(out + width * 2, c0);
  v128.store(out + width * 2, c1, 16);
  v128.store(out + width * 3, d0);
  v128.store(out + width * 3, d1, 16);
}

/** Four columns of the product of one row with the matrix, added up in the same order as in a tile. */
@inline
function rotateFour(row: usize, width: usize, matrix: usize, out: usize): void {
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < width; k += 4) {
    sum = madd(v128.load(matrix), v128.load32_splat(row + k), sum);
    matrix += width;
  }
  v128.store(out, sum);
}

/**
 * Solves rows [from, to) of X against Y by preconditioned conjugate gradients, starting from what X holds:
 *   (diag(gram) + regularization[row] I + sum (c - unobserved) y y') x = sum c y
 * over the row's entries with confidence c. `gram` is the diagonal of unobserved Y'Y; that diagonal with the
 * regularization is the preconditioner. `scratch` holds four rows a thread.
 */
export function solve(
  indptr: usize, indices: usize, confidences: usize, from: i32, to: i32, X: usize, Y: usize, width: usize,
  gram: usize, regularization: usize, unobserved: f32, steps: i32, scratch: usize, stride: usize, thread: i32,
): void {
  const residual = scratch + <usize>thread * stride;
  const direction = residual + width;
  const product = direction + width;
  const diagonal = product + width;
  const sink = diagonal + width;
  for (let row = from; row < to; row++) {
    const x = X + <usize>row * width;
    const start = <usize>load<i32>(indptr + (<usize>row << 2));
    const count = load<i32>(indptr + (<usize>row << 2), 4) - <i32>start;
    if (count == 0) {
      memory.fill(x, 0, width);
      continue;
    }
    const index = indices + (start << 2);
    const confidence = confidences + (start << 2);
    const ridge = f32x4.splat(load<f32>(regularization + (<usize>row << 2)));
    for (let at: usize = 0; at < width; at += 16) {
      const d = f32x4.add(v128.load(gram + at), ridge);
      v128.store(diagonal + at, d);
      v128.store(residual + at, f32x4.neg(f32x4.mul(d, v128.load(x + at))));
    }
    gather(Y, index, confidence, count, x, residual, width, unobserved, true, sink);
    let energy = precondition(residual, diagonal, direction, width);
    for (let step = 1; step < steps && energy > TINY; step++) {
      gatherProduct(Y, index, confidence, count, direction, diagonal, product, width, unobserved, sink);
      energy = advance(x, residual, direction, product, diagonal, energy, width);
    }
    if (energy > TINY) finish(Y, index, confidence, count, x, direction, diagonal, energy, width, unobserved, sink);
  }
}

/** product = the system's matrix times direction. */
@inline
function gatherProduct(
  Y: usize, index: usize, confidence: usize, count: i32, direction: usize, diagonal: usize, product: usize, width: usize,
  unobserved: f32, sink: usize,
): void {
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(product + at, f32x4.mul(v128.load(diagonal + at), v128.load(direction + at)));
  }
  gather(Y, index, confidence, count, direction, product, width, unobserved, false, sink);
}

/** One step of conjugate gradients once the product with the direction is known; returns the preconditioned residual's energy. */
@inline
function advance(x: usize, residual: usize, direction: usize, product: usize, diagonal: usize, energy: f32, width: usize): f32 {
  const along = f32x4.splat(energy / dot(direction, product, width));
  let next = f32x4.splat(0);
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(x + at, madd(v128.load(direction + at), along, v128.load(x + at)));
    const r = f32x4.sub(v128.load(residual + at), f32x4.mul(v128.load(product + at), along));
    const z = f32x4.div(r, v128.load(diagonal + at));
    v128.store(residual + at, r);
    v128.store(product + at, z);
    next = madd(r, z, next);
  }
  const remaining = laneSum(next);
  const turn = f32x4.splat(remaining / energy);
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(direction + at, madd(v128.load(direction + at), turn, v128.load(product + at)));
  }
  return remaining;
}

/** The last step needs no new residual, only how far to go along the direction: half the work of a full product. */
@inline
function finish(
  Y: usize, index: usize, confidence: usize, count: i32, x: usize, direction: usize, diagonal: usize, energy: f32, width: usize,
  unobserved: f32, sink: usize,
): void {
  let curvature = energyOf(Y, index, confidence, count, direction, width, unobserved, sink);
  for (let at: usize = 0; at < width; at += 16) {
    const v = v128.load(direction + at);
    curvature = madd(f32x4.mul(v, v), v128.load(diagonal + at), curvature);
  }
  const along = f32x4.splat(energy / laneSum(curvature));
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(x + at, madd(v128.load(direction + at), along, v128.load(x + at)));
  }
}

/** direction = residual / diagonal; the inner product of the two is returned. */
@inline
function precondition(residual: usize, diagonal: usize, direction: usize, width: usize): f32 {
  for (let at: usize = 0; at < width; at += 16) {
    v128.store(direction + at, f32x4.div(v128.load(residual + at), v128.load(diagonal + at)));
  }
  return dot(residual, direction, width);
}

/** Touches rows of Y that entries name. WebAssembly has no prefetch; a load that nothing waits for is one. */
function touch(Y: usize, index: usize, count: i32, width: usize, sink: usize): void {
  let mixed = 0;
  for (let j: usize = 0; j < <usize>count; j++) {
    const y = Y + <usize>load<i32>(index + (j << 2)) * width;
    for (let at: usize = 0; at < width; at += 64) mixed ^= load<i32>(y + at);
  }
  store<i32>(sink, mixed);
}

/**
 * out += sum over entries of weight * y, where weight is (c - unobserved) (y . v), and in the `first` pass, which makes the
 * residual, c - (c - unobserved) (y . v). Four entries at a time; the first pass draws them into the cache.
 */
@inline
function gather(
  Y: usize, index: usize, confidence: usize, count: i32, v: usize, out: usize, width: usize, unobserved: f32, first: bool, sink: usize,
): void {
  let j = 0;
  const floor = f32x4.splat(unobserved);
  for (; j + 4 <= count; j += 4) {
    const at = <usize>j << 2;
    if ((first || count > FAR) && (j & (AHEAD - 1)) == 0) touch(Y, index + at, min(count - j, AHEAD), width, sink);
    const a = Y + <usize>load<i32>(index + at) * width;
    const b = Y + <usize>load<i32>(index + at, 4) * width;
    const c = Y + <usize>load<i32>(index + at, 8) * width;
    const d = Y + <usize>load<i32>(index + at, 12) * width;
    const given = v128.load(confidence + at);
    const excess = f32x4.mul(f32x4.sub(given, floor), dots(a, b, c, d, v, width));
    addScaled(a, b, c, d, first ? f32x4.sub(given, excess) : excess, out, width);
  }
  for (; j < count; j++) {
    const at = <usize>j << 2;
    const y = Y + <usize>load<i32>(index + at) * width;
    const given = load<f32>(confidence + at);
    const excess = (given - unobserved) * dot(y, v, width);
    const weight = f32x4.splat(first ? given - excess : excess);
    for (let k: usize = 0; k < width; k += 16) v128.store(out + k, madd(v128.load(y + k), weight, v128.load(out + k)));
  }
}

/** The sum over entries of (c - unobserved) (y . v)^2, spread over four lanes. */
@inline
function energyOf(
  Y: usize, index: usize, confidence: usize, count: i32, v: usize, width: usize, unobserved: f32, sink: usize,
): v128 {
  let j = 0;
  let sum = f32x4.splat(0);
  const floor = f32x4.splat(unobserved);
  for (; j + 4 <= count; j += 4) {
    const at = <usize>j << 2;
    if (count > FAR && (j & (AHEAD - 1)) == 0) touch(Y, index + at, min(count - j, AHEAD), width, sink);
    const a = Y + <usize>load<i32>(index + at) * width;
    const b = Y + <usize>load<i32>(index + at, 4) * width;
    const c = Y + <usize>load<i32>(index + at, 8) * width;
    const d = Y + <usize>load<i32>(index + at, 12) * width;
    const along = dots(a, b, c, d, v, width);
    sum = madd(f32x4.mul(along, along), f32x4.sub(v128.load(confidence + at), floor), sum);
  }
  for (; j < count; j++) {
    const at = <usize>j << 2;
    const along = dot(Y + <usize>load<i32>(index + at) * width, v, width);
    const energy = (load<f32>(confidence + at) - unobserved) * along * along;
    sum = f32x4.add(sum, f32x4.replace_lane(f32x4.splat(0), 0, energy));
  }
  return sum;
}

/** out += four rows, each times its weight. */
@inline
function addScaled(a: usize, b: usize, c: usize, d: usize, weights: v128, out: usize, width: usize): void {
  const p = v128.shuffle<i32>(weights, weights, 0, 0, 0, 0);
  const q = v128.shuffle<i32>(weights, weights, 1, 1, 1, 1);
  const r = v128.shuffle<i32>(weights, weights, 2, 2, 2, 2);
  const s = v128.shuffle<i32>(weights, weights, 3, 3, 3, 3);
  for (let at: usize = 0; at < width; at += 32) {
    const low = f32x4.add(madd(v128.load(a + at), p, v128.load(out + at)), f32x4.mul(v128.load(b + at), q));
    const high = f32x4.add(madd(v128.load(a + at, 16), p, v128.load(out + at, 16)), f32x4.mul(v128.load(b + at, 16), q));
    v128.store(out + at, madd(v128.load(d + at), s, madd(v128.load(c + at), r, low)));
    v128.store(out + at, madd(v128.load(d + at, 16), s, madd(v128.load(c + at, 16), r, high)), 16);
  }
}
