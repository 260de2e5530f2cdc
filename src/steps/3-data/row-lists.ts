/** Lists of whole numbers laid end to end: the rows of each member, the titles of each request, without an object per list. */

/** List i is `items[offsets[i]]` up to `items[offsets[i + 1]]`. */
export interface Lists {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** Lists that may share their items, as what somebody had done by one moment begins what was done by a later one: list i is `items[from[i]]` up to `items[until[i]]`. */
export interface SharedLists {
  readonly from: Int32Array;
  readonly until: Int32Array;
  readonly items: Int32Array;
}

/** List i as a view of the shared items; nothing is copied. */
export function sharedListAt({ from, until, items }: SharedLists, index: number): Int32Array {
  return items.subarray(from[index], until[index]);
}

/** How long list i is. */
export function sharedLength({ from, until }: SharedLists, index: number): number {
  return until[index] - from[index];
}

/** Lists laid end to end, as lists that could share their items; nothing is copied. */
export function asShared({ offsets, items }: Lists): SharedLists {
  return { from: offsets.subarray(0, -1), until: offsets.subarray(1), items };
}

/** List i as a view of the items; nothing is copied. */
export function listAt({ offsets, items }: Lists, index: number): Int32Array {
  return items.subarray(offsets[index], offsets[index + 1]);
}

/** Where the rows of each key begin when rows stand in the order of their keys: rows of key i are `starts[i]` up to `starts[i + 1]`. */
export function rowStarts(keys: Int32Array, keyCount: number): Int32Array {
  const starts = new Int32Array(keyCount + 1);
  for (const key of keys) starts[key + 1]++;
  for (let key = 0; key < keyCount; key++) starts[key + 1] += starts[key];
  return starts;
}

/** For each key from 0 up to `keyCount`, the rows that have it, ascending (a counting sort). */
export function groupRows(keys: Int32Array, keyCount: number): Lists {
  const offsets = rowStarts(keys, keyCount);
  const next = offsets.slice();
  const items = new Int32Array(keys.length);
  for (let row = 0; row < keys.length; row++) items[next[keys[row]]++] = row;
  return { offsets, items };
}

/** Lays arrays end to end. */
export function joinLists(arrays: readonly ArrayLike<number>[]): Lists {
  const offsets = new Int32Array(arrays.length + 1);
  arrays.forEach((array, index) => {
    offsets[index + 1] = offsets[index] + array.length;
  });
  const items = new Int32Array(offsets[arrays.length]);
  arrays.forEach((array, index) => {
    items.set(array, offsets[index]);
  });
  return { offsets, items };
}
