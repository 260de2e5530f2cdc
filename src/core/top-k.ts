/** The k best-scored items: what every list that is shown is made of. */

/** Longer lists than this of single-precision scores are selected and then sorted, shorter ones grow in order. */
const FEW = 16;
/** Items below this and a score's 32 bits go into one double. */
const MOST_ITEMS = 2 ** 21;

/**
 * Indices of the `k` largest scores, best first; ties go to the smaller index. `skip` (ascending) is left out, and so is every
 * score that is -Infinity or NaN. Shorter than `k` when there is nothing more.
 */
export function topK(scores: ArrayLike<number>, k: number, skip: ArrayLike<number> = []): Int32Array {
  const most = Math.max(0, Math.min(k, scores.length));
  if (most === 0) return new Int32Array(0);
  if (most > FEW && scores instanceof Float32Array && scores.length <= MOST_ITEMS) return selectTop(scores, most, skip);
  return growTop(scores, most, skip);
}

let keys = new Float64Array(0);

/** A score's bits in their order and, below them, the items counted backwards: one number is larger than another where its item comes first. */
function selectTop(scores: Float32Array, most: number, skip: ArrayLike<number>): Int32Array {
  const bits = new Int32Array(scores.buffer, scores.byteOffset, scores.length);
  if (keys.length < scores.length) keys = new Float64Array(scores.length);
  let count = 0;
  let next = 0;
  for (let item = 0; item < scores.length; item++) {
    while (next < skip.length && skip[next] < item) next++;
    if (next < skip.length && skip[next] === item) continue;
    const score = scores[item];
    if (!(score > Number.NEGATIVE_INFINITY)) continue;
    // Both zeros are one score.
    const own = score === 0 ? 0 : bits[item];
    keys[count++] = (own ^ ((own >> 31) & 0x7fffffff)) * MOST_ITEMS + (MOST_ITEMS - 1 - item);
  }
  const size = Math.min(most, count);
  largestToFront(keys, count, size);
  const best = keys.subarray(0, size).sort();
  const items = new Int32Array(size);
  for (let place = 0; place < size; place++) {
    const key = best[size - 1 - place];
    items[place] = MOST_ITEMS - 1 - (key - Math.floor(key / MOST_ITEMS) * MOST_ITEMS);
  }
  return items;
}

/** Hoare's selection: the `size` largest of the first `count` come before all others. */
function largestToFront(values: Float64Array, count: number, size: number): void {
  let [from, until] = [0, count - 1];
  while (from < until) {
    const pivot = medianOf(values[from], values[(from + until) >> 1], values[until]);
    let [left, right] = [from, until];
    while (left <= right) {
      while (values[left] > pivot) left++;
      while (values[right] < pivot) right--;
      if (left > right) break;
      const kept = values[left];
      values[left++] = values[right];
      values[right--] = kept;
    }
    if (size - 1 <= right) until = right;
    else if (size - 1 >= left) from = left;
    else return;
  }
}

function medianOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** The list as a heap: what is no better than its worst is passed over after one comparison. */
function growTop(scores: ArrayLike<number>, most: number, skip: ArrayLike<number>): Int32Array {
  const heap = new Int32Array(most);
  // The worst of the list on top.
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
