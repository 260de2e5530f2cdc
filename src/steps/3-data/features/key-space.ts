/** One whole number for each combination of entities that a feature is about, small enough to count by. */

import type { EntityColumn } from "./event-stream.ts";

/** Keys of rows, a row with several keys once for each. */
export interface KeyEntries {
  readonly key: Int32Array;
  /** Row of each entry; undefined when entry i is row `from` + i. */
  readonly row?: Int32Array;
}

/** Numbers for the combinations of some entities. */
export interface KeySpace {
  /** Keys are below it. */
  readonly size: number;
  /**
   * The entries of the rows that every mask marks, in the order given (default: of the rows, from row `from` up to `rows`). Rows of an
   * unknown entity, and of a combination that the space was not made for, have none.
   */
  entriesOf(
    columns: readonly EntityColumn[],
    rows: number,
    masks: readonly Uint8Array[],
    order?: Uint32Array,
    from?: number,
  ): KeyEntries;
}

/** Combinations are counted by directly up to this many, and numbered as they occur beyond. */
const LARGEST_DENSE = 1 << 23;

/** The space of the combinations of these entities: none is one key for all rows. `rows` is how many rows the columns have. */
export function createKeySpace(columns: readonly EntityColumn[], rows: number): KeySpace {
  const combinations = columns.reduce((product, { count }) => product * count, 1);
  if (combinations <= LARGEST_DENSE) {
    const entriesOf: KeySpace["entriesOf"] = (entities, count, masks, order, from) =>
      listEntries(entities, count, masks, order, (key) => key, from);
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
    entriesOf: (entities, count, masks, order, from) =>
      listEntries(entities, count, masks, order, (key) => numbers.get(key) ?? UNKNOWN, from),
  };
}

const UNKNOWN = -1;

function listEntries(
  columns: readonly EntityColumn[],
  rows: number,
  masks: readonly Uint8Array[],
  order: Uint32Array | undefined,
  numberOf: (combination: number) => number,
  from = 0,
): KeyEntries {
  const [first, second] = columns;
  const isPlain = columns.length === 1 && first.lists === undefined && masks.length === 0 && order === undefined;
  const plain = isPlain && first.count <= LARGEST_DENSE ? first.rows.subarray(from, rows) : undefined;
  if (plain?.includes(UNKNOWN) === false) return { key: plain };
  const firstKeys = readerOf(first);
  const secondKeys = readerOf(second);
  const width = second?.count ?? 1;
  let key = new Int32Array(rows - from);
  let row = new Int32Array(rows - from);
  let filled = 0;
  for (let index = from; index < rows; index++) {
    const at = order === undefined ? index : order[index];
    if (!isMarked(masks, at)) continue;
    const firstEnd = firstKeys.end(at);
    const secondStart = secondKeys.start(at);
    const secondEnd = secondKeys.end(at);
    for (let i = firstKeys.start(at); i < firstEnd; i++) {
      for (let j = secondStart; j < secondEnd; j++) {
        const number = numberOf(firstKeys.key(i) * width + secondKeys.key(j));
        if (number === UNKNOWN) continue;
        if (filled === key.length) {
          key = enlarge(key);
          row = enlarge(row);
        }
        key[filled] = number;
        row[filled++] = at;
      }
    }
  }
  return { key: key.subarray(0, filled), row: row.subarray(0, filled) };
}

function isMarked(masks: readonly Uint8Array[], row: number): boolean {
  for (let at = 0; at < masks.length; at++) if (masks[at][row] === 0) return false;
  return true;
}

/** The keys of a row, without making a list of them: places from `start` up to `end`, and the key at each. */
interface KeyReader {
  start(row: number): number;
  end(row: number): number;
  key(place: number): number;
}

/** Without a column every row has the one key 0; without lists a row's place is its key; an unknown entity has no place. */
function readerOf(column: EntityColumn | undefined): KeyReader {
  if (column === undefined) return { start: () => 0, end: () => 1, key: () => 0 };
  const { rows, lists } = column;
  if (lists === undefined)
    return {
      start: (row) => rows[row],
      end: (row) => (rows[row] < 0 ? UNKNOWN : rows[row] + 1),
      key: (place) => place,
    };
  const { offsets, items } = lists;
  return {
    start: (row) => (rows[row] < 0 ? 0 : offsets[rows[row]]),
    end: (row) => (rows[row] < 0 ? 0 : offsets[rows[row] + 1]),
    key: (place) => items[place],
  };
}

function enlarge(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length + 16);
  larger.set(array);
  return larger;
}
