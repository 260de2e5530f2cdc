/** Rows of a log that lie in a window, found and drawn without a list of all of them: of a hundred million that would take long to write and to read. */

import type { Random } from "../../../core/random.ts";

/** Those rows from `from` to before `until` that hold. */
export interface RowsInWindow {
  readonly from: number;
  readonly until: number;
  readonly holds: (row: number) => boolean;
}

/** The rows whose time, ascending, lies from `since` to before `before`. */
export function rangeOf(time: ArrayLike<number>, since: number, before: number): Pick<RowsInWindow, "from" | "until"> {
  const from = firstFrom(time, since);
  return { from, until: Math.max(from, firstFrom(time, before)) };
}

function firstFrom(time: ArrayLike<number>, moment: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle] < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `most` of the rows where there are more, each as likely as any other (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S), in their order. */
export function drawSome(rows: RowsInWindow, most: number, random: Random): Int32Array {
  const count = countOf(rows);
  let [passed, taken] = [0, 0];
  if (count <= most) return rowsWhere(rows, count, () => true);
  return rowsWhere(rows, most, () => {
    if (!(random.uniform() * (count - passed++) < most - taken)) return false;
    taken++;
    return true;
  });
}

/** The rows that would come first, `most` of them, if all were shuffled; in their order. */
export function drawShuffled(rows: RowsInWindow, most: number, random: Random): Int32Array {
  const places = frontOfShuffle(countOf(rows), most, random).sort();
  let [passed, taken] = [0, 0];
  return rowsWhere(rows, places.length, () => {
    if (passed++ !== places[taken]) return false;
    taken++;
    return true;
  });
}

function countOf({ from, until, holds }: RowsInWindow): number {
  let count = 0;
  for (let row = from; row < until; row++) if (holds(row)) count++;
  return count;
}

/** The first `count` of the rows that `takes` lets through; it is asked of each row that holds, in their order. */
function rowsWhere({ from, until, holds }: RowsInWindow, count: number, takes: () => boolean): Int32Array {
  const found = new Int32Array(count);
  let next = 0;
  for (let row = from; row < until && next < count; row++) if (holds(row) && takes()) found[next++] = row;
  return found;
}

/**
 * Where those came from that stand in the first `most` of `count` places after `random.shuffle`, in no order. The shuffle exchanges from the last
 * place down; followed back from the first up, what an exchange put into one of the places asked for came from the place that it is named by.
 */
function frontOfShuffle(count: number, most: number, random: Random): Int32Array {
  const other = new Int32Array(count);
  for (let place = count - 1; place > 0; place--) other[place] = random.below(place + 1);
  const asked = new Set<number>();
  // How many of them have these last bits: most places are known not to be among them without a look into the set.
  const alike = new Uint16Array(2 ** 16);
  const last = alike.length - 1;
  for (let place = 0; place < Math.min(most, count); place++) {
    asked.add(place);
    alike[place & last]++;
  }
  for (let place = asked.size; place < count; place++) {
    const from = other[place];
    if (alike[from & last] === 0 || !asked.delete(from)) continue;
    alike[from & last]--;
    asked.add(place);
    alike[place & last]++;
  }
  return Int32Array.from(asked);
}
