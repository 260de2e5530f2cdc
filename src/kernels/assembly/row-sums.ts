/** Weighted sums of rows of a matrix in single precision, added up in double precision in the order of the rows. */

/** Columns that are added up at a time: eight pairs of doubles stay in registers. */
const BLOCK: usize = 64;

/**
 * Sets the `width` bytes of floats at `out` (a multiple of 64) to the sum over i below `count` of weight i (a double) times row i of
 * `rows`, whose numbers are 32-bit integers.
 */
export function sumRows(matrix: usize, width: usize, rows: usize, weights: usize, count: i32, out: usize): void {
  for (let column: usize = 0; column < width; column += BLOCK) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    let f = a;
    let g = a;
    let h = a;
    const start = matrix + column;
    for (let i: usize = 0; i < <usize>count; i++) {
      const row = start + <usize>load<i32>(rows + (i << 2)) * width;
      const weight = v128.load64_splat(weights + (i << 3));
      a = f64x2.add(a, f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row)), weight));
      b = f64x2.add(b, f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row, 8)), weight));
      c = f64x2.add(c, f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row, 16)), weight));
      d = f64x2.add(d, f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row, 24)), weight));
      e = f64x2.add(e, f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row, 32)), weight));
      f = f64x2.add(f, f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row, 40)), weight));
      g = f64x2.add(g, f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row, 48)), weight));
      h = f64x2.add(h, f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(row, 56)), weight));
    }
    store(out + column, a, b);
    store(out + column + 16, c, d);
    store(out + column + 32, e, f);
    store(out + column + 48, g, h);
  }
}

@inline
function store(at: usize, low: v128, high: v128): void {
  v128.store(at, v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5));
}
