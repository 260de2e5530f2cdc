/**
 * The inverse of a symmetric positive definite matrix by sweeping blocks of 64 pivots. The matrix lies in square tiles of 64 x 64
 * floats, each contiguous; only tiles on and above the diagonal are there.
 */

import { madd } from "./parts/vector";

const SIDE: usize = 64;
const ROW: usize = SIDE << 2;
const TILE: usize = SIDE * ROW;

/** Inverts the tile at `pivot` into `inverse` by sweeping its diagonal. Returns 0 when a pivot is not above zero. */
export function invertTile(pivot: usize, inverse: usize): i32 {
  memory.copy(inverse, pivot, TILE);
  for (let k: usize = 0; k < SIDE; k++) {
    const own = inverse + k * ROW;
    const d = load<f32>(own + (k << 2));
    if (!(d > 0)) return 0;
    const scale = f32x4.splat(1 / d);
    store<f32>(own + (k << 2), 0);
    for (let at: usize = 0; at < ROW; at += 16) v128.store(own + at, f32x4.mul(v128.load(own + at), scale));
    for (let i: usize = 0; i < SIDE; i++) {
      if (i == k) continue;
      const row = inverse + i * ROW;
      const factor = load<f32>(row + (k << 2));
      store<f32>(row + (k << 2), 0);
      const minus = f32x4.splat(-factor);
      for (let at: usize = 0; at < ROW; at += 16) v128.store(row + at, madd(v128.load(own + at), minus, v128.load(row + at)));
      store<f32>(row + (k << 2), -factor / d);
    }
    store<f32>(own + (k << 2), 1 / d);
  }
  return 1;
}

/**
 * The pivot row's tile for column tile j: keeps a copy in `panel`, multiplies it by the pivot's inverse into `product`, and puts
 * that back into the matrix. `turned` says that the tile lies transposed, above the diagonal of an earlier row.
 */
export function sweepRow(tile: usize, turned: i32, inverse: usize, panel: usize, product: usize, _thread: i32): void {
  if (turned) turn(tile, panel);
  else memory.copy(panel, tile, TILE);
  memory.fill(product, 0, TILE);
  addProduct(inverse, panel, product, 1);
  if (turned) turn(product, tile);
  else memory.copy(tile, product, TILE);
}

/** tile -= product' panel: what the pivot row takes from every other tile. */
export function sweepTile(tile: usize, product: usize, panel: usize, _thread: i32): void {
  addProduct(product, panel, tile, -1);
}

function turn(from: usize, to: usize): void {
  for (let i: usize = 0; i < SIDE; i += 4) {
    for (let j: usize = 0; j < SIDE; j += 4) {
      const at = from + i * ROW + (j << 2);
      const a = v128.load(at);
      const b = v128.load(at + ROW);
      const c = v128.load(at + ROW * 2);
      const d = v128.load(at + ROW * 3);
      const ab0 = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const ab1 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const cd0 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const cd1 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      const out = to + j * ROW + (i << 2);
      v128.store(out, v128.shuffle<i32>(ab0, cd0, 0, 1, 4, 5));
      v128.store(out + ROW, v128.shuffle<i32>(ab0, cd0, 2, 3, 6, 7));
      v128.store(out + ROW * 2, v128.shuffle<i32>(ab1, cd1, 0, 1, 4, 5));
      v128.store(out + ROW * 3, v128.shuffle<i32>(ab1, cd1, 2, 3, 6, 7));
    }
  }
}

/** out += sign * a' b, four rows by eight columns at a time in registers. */
function addProduct(a: usize, b: usize, out: usize, sign: f32): void {
  const by = f32x4.splat(sign);
  for (let i: usize = 0; i < ROW; i += 16) {
    for (let j: usize = 0; j < ROW; j += 32) {
      let p0 = f32x4.splat(0);
      let p1 = p0;
      let q0 = p0;
      let q1 = p0;
      let r0 = p0;
      let r1 = p0;
      let s0 = p0;
      let s1 = p0;
      let left = a + i;
      let right = b + j;
      for (let t: usize = 0; t < SIDE; t++) {
        const low = v128.load(right);
        const high = v128.load(right, 16);
        let x = v128.load32_splat(left);
        p0 = madd(low, x, p0);
        p1 = madd(high, x, p1);
        x = v128.load32_splat(left, 4);
        q0 = madd(low, x, q0);
        q1 = madd(high, x, q1);
        x = v128.load32_splat(left, 8);
        r0 = madd(low, x, r0);
        r1 = madd(high, x, r1);
        x = v128.load32_splat(left, 12);
        s0 = madd(low, x, s0);
        s1 = madd(high, x, s1);
        left += ROW;
        right += ROW;
      }
      const at = out + (i >> 2) * ROW + j;
      v128.store(at, madd(p0, by, v128.load(at)));
      v128.store(at, madd(p1, by, v128.load(at, 16)), 16);
      v128.store(at + ROW, madd(q0, by, v128.load(at + ROW)));
      v128.store(at + ROW, madd(q1, by, v128.load(at + ROW, 16)), 16);
      v128.store(at + ROW * 2, madd(r0, by, v128.load(at + ROW * 2)));
      v128.store(at + ROW * 2, madd(r1, by, v128.load(at + ROW * 2, 16)), 16);
      v128.store(at + ROW * 3, madd(s0, by, v128.load(at + ROW * 3)));
      v128.store(at + ROW * 3, madd(s1, by, v128.load(at + ROW * 3, 16)), 16);
    }
  }
}
