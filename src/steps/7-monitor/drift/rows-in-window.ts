/** Rows of a log that lie in a window, as whole numbers in one array: a list of a hundred million would be too long for the language's own. */

import type { Random } from "../../../core/random.ts";

/** All rows up to `count` that hold, ascending. */
export function rowsThatHold(count: number, holds: (row: number) => boolean): Int32Array {
  let rows = 0;
  for (let row = 0; row < count; row++) if (holds(row)) rows++;
  const found = new Int32Array(rows);
  let next = 0;
  for (let row = 0; row < count && next < rows; row++) if (holds(row)) found[next++] = row;
  return found;
}

/** `most` of them where there are more, each as likely as any other (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S), in their order. */
export function drawSome(rows: Int32Array, most: number, random: Random): Int32Array {
  if (rows.length <= most) return rows;
  const drawn = new Int32Array(most);
  let next = 0;
  for (let at = 0; next < most; at++) {
    if (random.uniform() * (rows.length - at) < most - next) drawn[next++] = rows[at];
  }
  return drawn;
}
