/** The inner loop of packed matrix products: a tile of four rows and eight columns whose 32 sums stay in registers. */

/** Bytes of a packed step: four numbers of A, eight of B. */
export const A_STEP: usize = 16;
export const B_STEP: usize = 32;
/** Bytes of the tile that edges are written through. */
export const TILE_BYTES: usize = 128;

/**
 * C's tile = or += A B. A's panel holds four rows, number after number of each step; B's panel eight columns in the same way. Sums run over
 * the steps in ascending order. A tile over C's edge goes through `spare`, and only its `height` x `width` corner is written.
 */
export function packedTile(
  a: usize, b: usize, inner: i32, to: usize, across: usize, add: i32, height: i32, width: i32, spare: usize,
): void {
  if (height >= 4 && width >= 8) return tile(a, b, inner, to, across, add);
  tile(a, b, inner, spare, 32, 0);
  for (let i = 0; i < min(height, 4); i++) {
    for (let j = 0; j < min(width, 8); j++) {
      const at = to + <usize>i * across + (<usize>j << 2);
      const sum = load<f32>(spare + <usize>i * 32 + (<usize>j << 2));
      store<f32>(at, add ? load<f32>(at) + sum : sum);
    }
  }
}

function tile(a: usize, b: usize, inner: i32, to: usize, across: usize, add: i32): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  for (let p = 0; p < inner; p++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    a += A_STEP;
    b += B_STEP;
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

function put(to: usize, sum: v128, add: i32): void {
  v128.store(to, add ? f32x4.add(v128.load(to), sum) : sum);
}

/** A's panels: for each four rows, the four numbers of each step side by side; rows past the end are zeros. Steps in bytes. */
export function packRows(a: usize, down: usize, along: usize, rows: i32, inner: i32, to: usize): void {
  for (let i = 0; i < rows; i += 4) {
    const height = min(4, rows - i);
    const from = a + <usize>i * down;
    for (let p = 0; p < inner; p++) {
      const at = from + <usize>p * along;
      if (height == 4) {
        store<f32>(to, load<f32>(at));
        store<f32>(to, load<f32>(at + down), 4);
        store<f32>(to, load<f32>(at + 2 * down), 8);
        store<f32>(to, load<f32>(at + 3 * down), 12);
      } else {
        v128.store(to, f32x4.splat(0));
        for (let r = 0; r < height; r++) store<f32>(to + (<usize>r << 2), load<f32>(at + <usize>r * down));
      }
      to += A_STEP;
    }
  }
}

/** B's panels: for each eight columns, the eight numbers of each step side by side; columns past the end are zeros. `across` in bytes. */
export function packColumns(b: usize, across: usize, inner: i32, columns: i32, to: usize): void {
  const panel = <usize>inner * B_STEP;
  let j = 0;
  // Two panels at once read whole cache lines.
  for (; j + 16 <= columns; j += 16) {
    let from = b + (<usize>j << 2);
    let left = to;
    for (let p = 0; p < inner; p++) {
      v128.store(left, v128.load(from));
      v128.store(left, v128.load(from, 16), 16);
      v128.store(left + panel, v128.load(from, 32));
      v128.store(left + panel, v128.load(from, 48), 16);
      left += B_STEP;
      from += across;
    }
    to += 2 * panel;
  }
  for (; j < columns; j += 8) {
    const width = min(8, columns - j);
    let from = b + (<usize>j << 2);
    for (let p = 0; p < inner; p++) {
      const at = to + <usize>p * B_STEP;
      if (width == 8) {
        v128.store(at, v128.load(from));
        v128.store(at, v128.load(from, 16), 16);
        from += across;
        continue;
      }
      v128.store(at, f32x4.splat(0));
      v128.store(at, f32x4.splat(0), 16);
      for (let r = 0; r < width; r++) store<f32>(at + (<usize>r << 2), load<f32>(from + (<usize>r << 2)));
      from += across;
    }
    to += panel;
  }
}
