/** Approximate maximum inner product search over rows of 8-bit integers with one scale each; queries are 16-bit integers. */

import { clearTop, offerTop, sortTop } from "./parts/top";

/**
 * Scans all `rows` of `width` bytes (a multiple of 8) for `count` queries of 2 * width bytes, and leaves each query's k best in
 * `scores` and `ids`, best first. A score is the integer inner product times the row's scale; `rows` is a multiple of 4, and rows from
 * `real` on are padding that no list takes.
 */
export function scan(
  base: usize, width: usize, scales: usize, rows: i32, real: i32,
  queries: usize, count: i32, k: i32, scores: usize, ids: usize,
): void {
  for (let query: usize = 0; query < <usize>count; query++) clearTop(scores + ((query * k) << 2), ids + ((query * k) << 2), k);
  let address = base;
  for (let row = 0; row < rows; row += 4) {
    const scale = v128.load(scales + (<usize>row << 2));
    for (let query: usize = 0; query < <usize>count; query++) {
      const heap = (query * k) << 2;
      const four = f32x4.mul(f32x4.convert_i32x4_s(dots(address, width, queries + query * width * 2)), scale);
      if (v128.any_true(f32x4.ge(four, v128.load32_splat(scores + heap)))) offer(four, row, real, k, scores + heap, ids + heap);
    }
    address += width << 2;
  }
  for (let query: usize = 0; query < <usize>count; query++) sortTop(scores + ((query * k) << 2), ids + ((query * k) << 2), k);
}

function offer(four: v128, row: i32, real: i32, k: i32, scores: usize, ids: usize): void {
  offerTop(scores, ids, k, f32x4.extract_lane(four, 0), row);
  if (row + 1 < real) offerTop(scores, ids, k, f32x4.extract_lane(four, 1), row + 1);
  if (row + 2 < real) offerTop(scores, ids, k, f32x4.extract_lane(four, 2), row + 2);
  if (row + 3 < real) offerTop(scores, ids, k, f32x4.extract_lane(four, 3), row + 3);
}

/** The inner products of four rows, one after the other in memory, with a query. */
@inline
function dots(row: usize, width: usize, query: usize): v128 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const second = row + width;
  const third = second + width;
  const fourth = third + width;
  let at: usize = 0;
  for (; at + 32 <= width; at += 32) {
    const half = query + at * 2;
    let x = v128.load(half);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + at), x));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(second + at), x));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(third + at), x));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(fourth + at), x));
    x = v128.load(half, 16);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + at, 8), x));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(second + at, 8), x));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(third + at, 8), x));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(fourth + at, 8), x));
    x = v128.load(half, 32);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + at, 16), x));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(second + at, 16), x));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(third + at, 16), x));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(fourth + at, 16), x));
    x = v128.load(half, 48);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + at, 24), x));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(second + at, 24), x));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(third + at, 24), x));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(fourth + at, 24), x));
  }
  for (; at < width; at += 8) {
    const x = v128.load(query + at * 2);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + at), x));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load_ext<i8>(second + at), x));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load_ext<i8>(third + at), x));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load_ext<i8>(fourth + at), x));
  }
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
}
