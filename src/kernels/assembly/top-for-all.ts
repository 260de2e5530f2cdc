/** The best unseen columns for every row of factors, exactly: columns come by falling length, and a row stops where no later one can win. */

import { clearTop, offerTop, sortTop } from "./parts/top";
import { dot, dots } from "./parts/vector";

/**
 * For rows [from, to) of X, the k best of `count` rows of Y by inner product, without those that the row's entries name. Y is sorted by
 * falling `lengths` (each slightly rounded up), `ids` tells which column a sorted row was, and `places` where a column went.
 * `marks` holds `count` integers a thread; a thread writes 1 + the row's number at the columns that the row has seen.
 */
export function topForAll(
  X: usize, Y: usize, width: usize, count: i32, lengths: usize, ids: usize, places: usize, indptr: usize, indices: usize,
  from: i32, to: i32, k: i32, scores: usize, rows: usize, marks: usize, thread: i32,
): void {
  const seen = marks + ((<usize>thread * <usize>count) << 2);
  for (let row = from; row < to; row++) {
    const x = X + <usize>row * width;
    const heap = (<usize>row * <usize>k) << 2;
    const best = scores + heap;
    const found = rows + heap;
    clearTop(best, found, k);
    const mark = row + 1;
    const end = load<i32>(indptr + (<usize>row << 2), 4);
    for (let at = load<i32>(indptr + (<usize>row << 2)); at < end; at++) {
      const column = load<i32>(indices + (<usize>at << 2));
      store<i32>(seen + (<usize>load<i32>(places + (<usize>column << 2)) << 2), mark);
    }
    const length = f32x4.splat(sqrt<f32>(dot(x, x, width)));
    let place = 0;
    for (; place + 4 <= count; place += 4) {
      const worst = v128.load32_splat(best);
      const bound = f32x4.mul(v128.load(lengths + (<usize>place << 2)), length);
      if (!v128.any_true(f32x4.ge(bound, worst))) break;
      const y = Y + <usize>place * width;
      const four = dots(y, y + width, y + width * 2, y + width * 3, x, width);
      if (!v128.any_true(f32x4.ge(four, worst))) continue;
      offerUnseen(f32x4.extract_lane(four, 0), place, seen, mark, ids, best, found, k);
      offerUnseen(f32x4.extract_lane(four, 1), place + 1, seen, mark, ids, best, found, k);
      offerUnseen(f32x4.extract_lane(four, 2), place + 2, seen, mark, ids, best, found, k);
      offerUnseen(f32x4.extract_lane(four, 3), place + 3, seen, mark, ids, best, found, k);
    }
    if (place + 4 > count) {
      for (; place < count; place++) offerUnseen(dot(Y + <usize>place * width, x, width), place, seen, mark, ids, best, found, k);
    }
    sortTop(best, found, k);
  }
}

@inline
function offerUnseen(score: f32, place: i32, seen: usize, mark: i32, ids: usize, best: usize, found: usize, k: i32): void {
  if (score < load<f32>(best)) return;
  if (load<i32>(seen + (<usize>place << 2)) == mark) return;
  offerTop(best, found, k, score, load<i32>(ids + (<usize>place << 2)));
}
