/** C = A B or C += A B for dense matrices: small ones straight from their places, large ones from packed panels. */

import { A_STEP, B_STEP, packColumns, packedTile, packRows } from "./parts/packed-tile";

/**
 * Large products: A and B are first copied into panels that the inner loop reads one number after the other. `panels` has room for A's
 * (inner x rows, up to fours), B's (inner x columns, up to eights) and one tile. The sums are those of `multiply`, to the bit.
 */
export function multiplyPacked(
  a: usize, rowStep: usize, innerStep: usize, b: usize, c: usize, rows: i32, inner: i32, columns: i32, add: i32,
  panels: usize,
): void {
  const across = <usize>columns << 2;
  const left = panels;
  const aPanel = <usize>inner * A_STEP;
  const right = left + <usize>((rows + 3) >> 2) * aPanel;
  const bPanel = <usize>inner * B_STEP;
  const spare = right + <usize>((columns + 7) >> 3) * bPanel;
  packRows(a, rowStep << 2, innerStep << 2, rows, inner, left);
  packColumns(b, across, inner, columns, right);
  for (let j = 0; j < columns; j += 8) {
    const panel = right + <usize>(j >> 3) * bPanel;
    for (let i = 0; i < rows; i += 4) {
      const to = c + <usize>i * across + (<usize>j << 2);
      packedTile(left + <usize>(i >> 2) * aPanel, panel, inner, to, across, add, rows - i, columns - j, spare);
    }
  }
}

/**
 * A's element (i, p) lies at `a + 4 (i rowStep + p innerStep)`, so that its transpose is read as easily as itself; B and C lie row
 * after row. Sums run over p in ascending order whatever the tile.
 */
export function multiply(
  a: usize, rowStep: usize, innerStep: usize, b: usize, c: usize, rows: i32, inner: i32, columns: i32, add: i32,
): void {
  const across = <usize>columns << 2;
  const down = rowStep << 2;
  const along = innerStep << 2;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    const from = a + <usize>i * down;
    const to = c + <usize>i * across;
    let j = 0;
    for (; j + 8 <= columns; j += 8) tile4x8(from, down, along, b + (<usize>j << 2), to + (<usize>j << 2), across, inner, add);
    for (; j < columns; j++) {
      const at = <usize>j << 2;
      single(from, along, b + at, to + at, across, inner, add);
      single(from + down, along, b + at, to + across + at, across, inner, add);
      single(from + 2 * down, along, b + at, to + 2 * across + at, across, inner, add);
      single(from + 3 * down, along, b + at, to + 3 * across + at, across, inner, add);
    }
  }
  for (; i < rows; i++) {
    const from = a + <usize>i * down;
    const to = c + <usize>i * across;
    let j = 0;
    for (; j + 4 <= columns; j += 4) tile1x4(from, along, b + (<usize>j << 2), to + (<usize>j << 2), across, inner, add);
    for (; j < columns; j++) single(from, along, b + (<usize>j << 2), to + (<usize>j << 2), across, inner, add);
  }
}

function tile4x8(from: usize, down: usize, along: usize, b: usize, to: usize, across: usize, inner: i32, add: i32): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let left = from;
  let right = b;
  for (let p = 0; p < inner; p++) {
    const b0 = v128.load(right);
    const b1 = v128.load(right, 16);
    const a0 = v128.load32_splat(left);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(left + down);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(left + 2 * down);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(left + 3 * down);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    left += along;
    right += across;
  }
  put(to, c00, add);
  put(to + 16, c01, add);
  put(to + across, c10, add);
  put(to + across + 16, c11, add);
  put(to + 2 * across, c20, add);
  put(to + 2 * across + 16, c21, add);
  put(to + 3 * across, c30, add);
  put(to + 3 * across + 16, c31, add);
}

function tile1x4(from: usize, along: usize, b: usize, to: usize, across: usize, inner: i32, add: i32): void {
  let sum = f32x4.splat(0);
  let left = from;
  let right = b;
  for (let p = 0; p < inner; p++) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(left), v128.load(right)));
    left += along;
    right += across;
  }
  put(to, sum, add);
}

function single(from: usize, along: usize, b: usize, to: usize, across: usize, inner: i32, add: i32): void {
  let sum: f32 = 0;
  let left = from;
  let right = b;
  for (let p = 0; p < inner; p++) {
    sum += load<f32>(left) * load<f32>(right);
    left += along;
    right += across;
  }
  store<f32>(to, add ? load<f32>(to) + sum : sum);
}

function put(to: usize, sum: v128, add: i32): void {
  v128.store(to, add ? f32x4.add(v128.load(to), sum) : sum);
}
