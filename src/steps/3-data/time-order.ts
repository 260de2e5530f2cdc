/** Rows in the order of time: where a moment lies among them. */

/** Index of the first row at or after `moment`: everything before that index happened strictly before it. `time` ascends, in seconds. */
export function firstEventAt(time: Float64Array, moment: number): number {
  let low = 0;
  let high = time.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[middle] < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
