/** Weighted sums of rows of a matrix in single precision, added up in double precision in the order of the rows. */

import { pair } from "./parts/vector";

/**
 * Sets the `width` bytes of floats at `out` (a multiple of 16) to the sum over i below `count` of weight i (a double) times row i of
 * `rows`, whose numbers are 32-bit integers. `sums` has room for the row in double precision. Rows are read from end to end, four at a time: as they
 * come from memory, and not as a column of each would.
 */
export function sumRows(matrix: usize, width: usize, rows: usize, weights: usize, count: i32, sums: usize, out: usize): void {
  const nothing = f64x2.splat(0);
  for (let at: usize = 0; at < width << 1; at += 16) v128.store(sums + at, nothing);
  let i: usize = 0;
  for (; i + 4 <= <usize>count; i += 4) {
    const number = rows + (i << 2);
    const weight = weights + (i << 3);
    const a = matrix + <usize>load<i32>(number) * width;
    const b = matrix + <usize>load<i32>(number, 4) * width;
    const c = matrix + <usize>load<i32>(number, 8) * width;
    const d = matrix + <usize>load<i32>(number, 12) * width;
    const p = v128.load64_splat(weight);
    const q = v128.load64_splat(weight, 8);
    const r = v128.load64_splat(weight, 16);
    const s = v128.load64_splat(weight, 24);
    for (let at: usize = 0; at < width; at += 16) {
      const to = sums + (at << 1);
      let low = v128.load(to);
      let high = v128.load(to, 16);
      low = f64x2.add(low, f64x2.mul(pair(a + at), p));
      high = f64x2.add(high, f64x2.mul(pair(a + at + 8), p));
      low = f64x2.add(low, f64x2.mul(pair(b + at), q));
      high = f64x2.add(high, f64x2.mul(pair(b + at + 8), q));
      low = f64x2.add(low, f64x2.mul(pair(c + at), r));
      high = f64x2.add(high, f64x2.mul(pair(c + at + 8), r));
      low = f64x2.add(low, f64x2.mul(pair(d + at), s));
      high = f64x2.add(high, f64x2.mul(pair(d + at + 8), s));
      v128.store(to, low);
      v128.store(to, high, 16);
    }
  }
  for (; i < <usize>count; i++) {
    const row = matrix + <usize>load<i32>(rows + (i << 2)) * width;
    const weight = v128.load64_splat(weights + (i << 3));
    for (let at: usize = 0; at < width; at += 8) {
      const to = sums + (at << 1);
      v128.store(to, f64x2.add(v128.load(to), f64x2.mul(pair(row + at), weight)));
    }
  }
  for (let at: usize = 0; at < width; at += 16) {
    const low = f32x4.demote_f64x2_zero(v128.load(sums + (at << 1)));
    const high = f32x4.demote_f64x2_zero(v128.load(sums + (at << 1), 16));
    v128.store(out + at, v128.shuffle<i32>(low, high, 0, 1, 4, 5));
  }
}
