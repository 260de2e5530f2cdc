/** Splits each unit's own history by time: everybody is trained on and tested, but one unit's future may lie in another's past. */

import { groupRows, listAt } from "../row-lists.ts";
import type { Shares } from "./random.ts";
import { partCode, type Split } from "./split.ts";

/**
 * The last `test` share of each unit's events (default 25 %) is tested on, the `validation` share before it (default none)
 * chosen on. `time` is ascending, `word` is what a unit is called. A unit's events at one moment stay together, on the later side of a cut.
 */
export function splitByTimePerUnit(
  time: Float64Array,
  unit: Int32Array,
  unitCount: number,
  word: string,
  { validation = 0, test = 0.25 }: Shares = {},
): Split {
  const part = splitLatest(time, unit, unitCount, (count) => ({
    test: Math.round(count * test),
    validation: Math.round(count * validation),
  }));
  return { description: `by time within each ${word}`, part };
}

/** Leave one out: each unit's last event is tested on and the one before it chosen on; units with fewer than three are trained on. */
export function splitLeaveOneOut(time: Float64Array, unit: Int32Array, unitCount: number, word: string): Split {
  const part = splitLatest(time, unit, unitCount, (count) =>
    count < 3 ? { test: 0, validation: 0 } : { test: 1, validation: 1 },
  );
  return { part, description: `leave one out: the last event of each ${word} is tested on` };
}

function splitLatest(
  time: Float64Array,
  unit: Int32Array,
  unitCount: number,
  countsOf: (events: number) => { readonly test: number; readonly validation: number },
): Uint8Array {
  const part = new Uint8Array(time.length).fill(partCode("train"));
  const groups = groupRows(unit, unitCount);
  for (let one = 0; one < unitCount; one++) {
    const rows = listAt(groups, one);
    const counts = countsOf(rows.length);
    const testFrom = startOfMoment(time, rows, rows.length - counts.test);
    const validationFrom = startOfMoment(time, rows, Math.max(0, testFrom - counts.validation));
    for (let at = validationFrom; at < testFrom; at++) part[rows[at]] = partCode("validation");
    for (let at = testFrom; at < rows.length; at++) part[rows[at]] = partCode("test");
  }
  return part;
}

/** The first of the rows at the moment of row `at`. */
function startOfMoment(time: Float64Array, rows: Int32Array, at: number): number {
  let first = at;
  while (first > 0 && first < rows.length && time[rows[first - 1]] === time[rows[first]]) first--;
  return first;
}
