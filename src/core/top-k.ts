/** The k best-scored items: what every list that is shown is made of. */

/**
 * Indices of the `k` largest scores, best first; ties go to the smaller index. `skip` (ascending) is left out, and so is every
 * score that is -Infinity or NaN. Shorter than `k` when there is nothing more.
 */
export function topK(scores: ArrayLike<number>, k: number, skip: ArrayLike<number> = []): Int32Array {
  const heap = new Int32Array(Math.max(0, Math.min(k, scores.length)));
  let size = 0;
  let next = 0;
  const isWorse = (a: number, b: number): boolean => scores[a] < scores[b] || (scores[a] === scores[b] && a > b);
  const sink = (from: number): void => {
    let at = from;
    for (;;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < size && isWorse(heap[child], heap[worst])) worst = child;
      if (worst === at) return;
      [heap[at], heap[worst]] = [heap[worst], heap[at]];
      at = worst;
    }
  };
  for (let item = 0; item < scores.length && heap.length > 0; item++) {
    while (next < skip.length && skip[next] < item) next++;
    if (next < skip.length && skip[next] === item) continue;
    if (!(scores[item] > Number.NEGATIVE_INFINITY)) continue;
    if (size < heap.length) {
      heap[size++] = item;
      for (let at = size - 1; at > 0 && isWorse(heap[at], heap[(at - 1) >> 1]); at = (at - 1) >> 1) {
        [heap[at], heap[(at - 1) >> 1]] = [heap[(at - 1) >> 1], heap[at]];
      }
    } else if (isWorse(heap[0], item)) {
      heap[0] = item;
      sink(0);
    }
  }
  return heap.slice(0, size).sort((a, b) => (isWorse(a, b) ? 1 : -1));
}
