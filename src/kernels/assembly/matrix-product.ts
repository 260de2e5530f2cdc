/** C = A B or C += A B for small dense matrices: tiles of four rows and eight columns whose sums stay in registers. */

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
