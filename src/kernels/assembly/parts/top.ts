/**
 * The k best of a stream, kept as a heap with the worst kept on top: scores and row numbers in two arrays. Of equal scores
 * the smaller row number is better, so that the answer does not depend on the order in which rows come.
 */

@inline
function isWorse(score: f32, row: i32, than: f32, thanRow: i32): bool {
  return score < than || (score == than && row > thanRow);
}

/** Empties a heap: k places that anything beats. */
export function clearTop(scores: usize, rows: usize, k: i32): void {
  for (let i: usize = 0; i < <usize>k; i++) {
    store<f32>(scores + (i << 2), -Infinity);
    store<i32>(rows + (i << 2), i32.MAX_VALUE);
  }
}

/** Offers one row; it replaces the worst kept when it beats it. */
export function offerTop(scores: usize, rows: usize, k: i32, score: f32, row: i32): void {
  if (isWorse(load<f32>(scores), load<i32>(rows), score, row)) sink(scores, rows, k, score, row);
}

/** Puts the kept rows in order, best first. The heap is a sorted list afterwards, and no heap. */
export function sortTop(scores: usize, rows: usize, k: i32): void {
  for (let last = k - 1; last > 0; last--) {
    const place = <usize>last << 2;
    const score = load<f32>(scores + place);
    const row = load<i32>(rows + place);
    store<f32>(scores + place, load<f32>(scores));
    store<i32>(rows + place, load<i32>(rows));
    sink(scores, rows, last, score, row);
  }
}

/** Puts an entry on top and lets it sink below everything worse than it. */
function sink(scores: usize, rows: usize, k: i32, score: f32, row: i32): void {
  let at = 0;
  while (true) {
    let child = 2 * at + 1;
    if (child >= k) break;
    let place = <usize>child << 2;
    let childScore = load<f32>(scores + place);
    let childRow = load<i32>(rows + place);
    if (child + 1 < k) {
      const otherScore = load<f32>(scores + place, 4);
      const otherRow = load<i32>(rows + place, 4);
      if (isWorse(otherScore, otherRow, childScore, childRow)) {
        child++;
        place += 4;
        childScore = otherScore;
        childRow = otherRow;
      }
    }
    if (!isWorse(childScore, childRow, score, row)) break;
    store<f32>(scores + (<usize>at << 2), childScore);
    store<i32>(rows + (<usize>at << 2), childRow);
    at = child;
  }
  store<f32>(scores + (<usize>at << 2), score);
  store<i32>(rows + (<usize>at << 2), row);
}
