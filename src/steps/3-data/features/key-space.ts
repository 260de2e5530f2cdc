/** One whole number for each combination of entities that a feature is about, small enough to count by. */

import { type EntityColumn, keysOf } from "./event-stream.ts";

/** Keys of rows, a row with several keys once for each. */
export interface KeyEntries {
  readonly key: Int32Array;
  /** Row of each entry; undefined when entry i is row i. */
  readonly row?: Int32Array;
}

export interface KeySpace {
  /** Keys are below it. */
  readonly size: number;
  /**
   * The entries of the rows that every mask marks, in the order given (default: of the rows). Rows of an unknown entity, and of
   * a combination that the space was not made for, have none.
   */
  entriesOf(
    columns: readonly EntityColumn[],
    rows: number,
    masks: readonly Uint8Array[],
    order?: Uint32Array,
  ): KeyEntries;
}

/** Combinations are counted by directly up to this many, and numbered as they occur beyond. */
const LARGEST_DENSE = 1 << 23;

/** The space of the combinations of these entities: none is one key for all rows. `rows` is how many rows the columns have. */
export function createKeySpace(columns: readonly EntityColumn[], rows: number): KeySpace {
  const combinations = columns.reduce((product, { count }) => product * count, 1);
  if (combinations <= LARGEST_DENSE) {
    const entriesOf: KeySpace["entriesOf"] = (entities, count, masks, order) =>
      listEntries(entities, count, masks, order, (key) => key);
    return { size: combinations, entriesOf };
  }
  const numbers = new Map<number, number>();
  listEntries(columns, rows, [], undefined, (key) => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
  return {
    size: numbers.size,
    entriesOf: (entities, count, masks, order) =>
      listEntries(entities, count, masks, order, (key) => numbers.get(key) ?? UNKNOWN),
  };
}

const UNKNOWN = -1;

function listEntries(
  columns: readonly EntityColumn[],
  rows: number,
  masks: readonly Uint8Array[],
  order: Uint32Array | undefined,
  numberOf: (combination: number) => number,
): KeyEntries {
  const [first, second] = columns;
  const isPlain = columns.length === 1 && first.lists === undefined && masks.length === 0 && order === undefined;
  if (isPlain && first.count <= LARGEST_DENSE && !first.rows.includes(UNKNOWN)) return { key: first.rows };
  let key = new Int32Array(rows);
  let row = new Int32Array(rows);
  let filled = 0;
  const add = (combination: number, at: number): void => {
    const number = numberOf(combination);
    if (number === UNKNOWN) return;
    if (filled === key.length) {
      key = enlarge(key);
      row = enlarge(row);
    }
    key[filled] = number;
    row[filled++] = at;
  };
  for (let index = 0; index < rows; index++) {
    const at = order === undefined ? index : order[index];
    if (!masks.every((mask) => mask[at] === 1)) continue;
    if (first === undefined) {
      add(0, at);
      continue;
    }
    const firstKeys = keysOf(first, at);
    const secondKeys = second === undefined ? ALONE : keysOf(second, at);
    const width = second?.count ?? 1;
    for (let i = 0; i < firstKeys.length; i++) {
      for (let j = 0; j < secondKeys.length; j++) add(firstKeys[i] * width + secondKeys[j], at);
    }
  }
  return { key: key.subarray(0, filled), row: row.subarray(0, filled) };
}

/** In place of a second entity where there is none. */
const ALONE = [0];

function enlarge(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length + 16);
  larger.set(array);
  return larger;
}
