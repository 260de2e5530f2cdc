/** Exact maximum inner product search: every row against a few queries in one pass, the k best of each kept. */

import { clearTop, offerTop, sortTop } from "./parts/top";
import { dot, dots } from "./parts/vector";

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
      const four = dots(address, address + width, address + width * 2, address + width * 3, queries + query * width, width);
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
