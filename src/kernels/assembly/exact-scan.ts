/** Exact maximum inner product search: every row against a few queries in one pass, the k best of each kept. */

import { clearTop, offerTop, sortTop } from "./parts/top";
import { dot, laneSums, madd } from "./parts/vector";

/**
 * Scans rows [from, to) of `width` bytes (a multiple of 16) for `count` queries, and leaves each query's k best in `scores` and
 * `ids` (k places a query), best first. Four rows are taken at a time: their running sums stay in registers, and the
 * rows in the first-level cache while the queries pass over them.
 */
export function scan(
  base: usize, width: usize, from: i32, to: i32,
  queries: usize, count: i32, k: i32, scores: usize, ids: usize, _thread: i32,
): void {
  for (let query: usize = 0; query < <usize>count; query++) clearTop(scores + ((query * k) << 2), ids + ((query * k) << 2), k);
  let row = from;
  let address = base + <usize>from * width;
  for (; row + 4 <= to; row += 4) {
    for (let query: usize = 0; query < <usize>count; query++) {
      const heap = (query * k) << 2;
      const four = dots(address, width, queries + query * width);
      if (v128.any_true(f32x4.ge(four, v128.load32_splat(scores + heap)))) {
        offerTop(scores + heap, ids + heap, k, f32x4.extract_lane(four, 0), row);
        offerTop(scores + heap, ids + heap, k, f32x4.extract_lane(four, 1), row + 1);
        offerTop(scores + heap, ids + heap, k, f32x4.extract_lane(four, 2), row + 2);
        offerTop(scores + heap, ids + heap, k, f32x4.extract_lane(four, 3), row + 3);
      }
    }
    address += width << 2;
  }
  for (; row < to; row++) {
    for (let query: usize = 0; query < <usize>count; query++) {
      const heap = (query * k) << 2;
      offerTop(scores + heap, ids + heap, k, dot(address, queries + query * width, width), row);
    }
    address += width;
  }
  for (let query: usize = 0; query < <usize>count; query++) sortTop(scores + ((query * k) << 2), ids + ((query * k) << 2), k);
}

/** The inner products of four rows, one after the other in memory, with a query. */
// @ts-ignore: decorator
@inline
function dots(row: usize, width: usize, query: usize): v128 {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const second = row + width;
  const third = second + width;
  const fourth = third + width;
  let at: usize = 0;
  for (; at + 64 <= width; at += 64) {
    let x = v128.load(query + at);
    a = madd(v128.load(row + at), x, a);
    b = madd(v128.load(second + at), x, b);
    c = madd(v128.load(third + at), x, c);
    d = madd(v128.load(fourth + at), x, d);
    x = v128.load(query + at, 16);
    a = madd(v128.load(row + at, 16), x, a);
    b = madd(v128.load(second + at, 16), x, b);
    c = madd(v128.load(third + at, 16), x, c);
    d = madd(v128.load(fourth + at, 16), x, d);
    x = v128.load(query + at, 32);
    a = madd(v128.load(row + at, 32), x, a);
    b = madd(v128.load(second + at, 32), x, b);
    c = madd(v128.load(third + at, 32), x, c);
    d = madd(v128.load(fourth + at, 32), x, d);
    x = v128.load(query + at, 48);
    a = madd(v128.load(row + at, 48), x, a);
    b = madd(v128.load(second + at, 48), x, b);
    c = madd(v128.load(third + at, 48), x, c);
    d = madd(v128.load(fourth + at, 48), x, d);
  }
  for (; at < width; at += 16) {
    const x = v128.load(query + at);
    a = madd(v128.load(row + at), x, a);
    b = madd(v128.load(second + at), x, b);
    c = madd(v128.load(third + at), x, c);
    d = madd(v128.load(fourth + at), x, d);
  }
  return laneSums(a, b, c, d);
}
