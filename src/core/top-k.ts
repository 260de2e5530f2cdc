/** The k best-scored items: what every list that is shown is made of. */

/**
 * Indices of the `k` largest scores, best first; ties go to the smaller index. `skip` (ascending) is left out, and so is every
 * score that is -Infinity or NaN. Shorter than `k` when there is nothing more.
 */
export function topK(scores: ArrayLike<number>, k: number, skip: ArrayLike<number> = []): Int32Array {
  const most = Math.max(0, Math.min(k, scores.length));
  const heap = new Int32Array(most);
  if (most === 0) return heap;
  // The worst of the list on top: what is no better is passed over after one comparison.
  let size = 0;
  let next = 0;
  for (let item = 0; item < scores.length; item++) {
    while (next < skip.length && skip[next] < item) next++;
    if (next < skip.length && skip[next] === item) continue;
    const score = scores[item];
    if (size === most) {
      // A tie goes to the smaller index, which is there already.
      if (score > scores[heap[0]]) sink(heap, size, scores, item);
    } else if (score > Number.NEGATIVE_INFINITY) {
      heap[size++] = item;
      rise(heap, scores, size - 1, item);
    }
  }
  for (let end = size - 1; end > 0; end--) {
    const last = heap[end];
    heap[end] = heap[0];
    sink(heap, end, scores, last);
  }
  return size === most ? heap : heap.slice(0, size);
}

/** Puts an item at place `at` or above it. */
function rise(heap: Int32Array, scores: ArrayLike<number>, at: number, item: number): void {
  const score = scores[item];
  let place = at;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    const above = heap[parent];
    if (!(score < scores[above] || (score === scores[above] && item > above))) break;
    heap[place] = above;
    place = parent;
  }
  heap[place] = item;
}

/** Puts an item on top of a heap of `size` in place of what is there, and lets it sink to where it belongs. */
function sink(heap: Int32Array, size: number, scores: ArrayLike<number>, item: number): void {
  const score = scores[item];
  let place = 0;
  for (let child = 1; child < size; child = 2 * place + 1) {
    let worse = heap[child];
    let worst = scores[worse];
    if (child + 1 < size) {
      const other = heap[child + 1];
      if (scores[other] < worst || (scores[other] === worst && other > worse)) {
        child++;
        worse = other;
        worst = scores[other];
      }
    }
    if (!(worst < score || (worst === score && worse > item))) break;
    heap[place] = worse;
    place = child;
  }
  heap[place] = item;
}
