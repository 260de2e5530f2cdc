/** The held-out protocol of splits without a common moment: training events are the history, what a unit likes among the test events is to be found. */

import { kindCode, type RankedEvents } from "../ranked-task.ts";
import { asShared, groupRows, joinLists, listAt } from "../row-lists.ts";
import { found, isRelevant, joinGrades, type RelevanceFacts, type Requests } from "./request-time.ts";
import { type Part, partCode, type Split } from "./split.ts";

/** What is held out and what of it counts. */
export interface HeldOutOptions {
  /** What is looked for in; default `test`. */
  readonly part?: "validation" | "test";
  /** Which held-out events make an item relevant; default every rating. */
  readonly relevant?: RelevanceFacts;
  /** Parts that are history when the request comes; default training alone. */
  readonly history?: readonly Part[];
  /**
   * What becomes of held-out items that the history has: they are no longer looked for (`drop`, the default), or they are, and
   * cannot be found where what is known is not offered again (`miss`, as tables count that rank all items but mask the seen).
   */
  readonly repeats?: "drop" | "miss";
}

/**
 * One request per unit with something relevant held out; the published tables on random splits are made like this. The moment
 * is the end of the data, because such a split has none: only training rows may be used to answer, and their times may be later
 * than those of what is to be found. `seenBefore` and its count tell who has training events at all.
 */
export function createHeldOutRequests(
  events: RankedEvents,
  unitCount: number,
  split: Split,
  {
    part = "test",
    relevant = { kind: "rating", atLeast: Number.NEGATIVE_INFINITY },
    history: parts = ["train"],
    repeats = "drop",
  }: HeldOutOptions = {},
): Requests {
  const past = new Set(parts.map(partCode));
  const groups = groupRows(events.unit, unitCount);
  const impression = kindCode("impression");
  const units: number[] = [];
  const histories: Int32Array[] = [];
  const wanted: Int32Array[] = [];
  const worth: Float64Array[] = [];
  let active = 0;
  let seenBefore = 0;
  let onlyHad = 0;
  for (let unit = 0; unit < unitCount; unit++) {
    const rows = listAt(groups, unit).filter((row) => events.kind[row] !== impression);
    const history = rows.filter((row) => past.has(split.part[row]));
    const held = rows.filter((row) => split.part[row] === partCode(part));
    if (held.length === 0) continue;
    active++;
    if (history.length > 0) seenBefore++;
    const known = new Set(history.map((row) => events.item[row]));
    const grades = new Map<number, number>();
    let wantsAgain = false;
    for (const row of held) {
      const item = events.item[row];
      if (!isRelevant(events, row, relevant)) continue;
      if (repeats === "drop" && known.has(item)) {
        wantsAgain = true;
        continue;
      }
      grades.set(item, Math.max(events.value[row], grades.get(item) ?? 0));
    }
    if (grades.size === 0) {
      if (wantsAgain) onlyHad++;
      continue;
    }
    const { items, grades: graded } = found(grades);
    units.push(unit);
    histories.push(history);
    wanted.push(items);
    worth.push(graded);
  }
  const end = events.count === 0 ? 0 : events.time[events.count - 1] + 1;
  return {
    count: units.length,
    unit: Int32Array.from(units),
    moment: new Float64Array(units.length).fill(end),
    history: asShared(joinLists(histories)),
    relevant: joinLists(wanted),
    ...(relevant.graded === true ? { grades: joinGrades(worth) } : {}),
    seenBefore: Uint8Array.from(histories, (history) => Number(history.length > 0)),
    units: { active, seenBefore, withoutRelevant: active - units.length, onlyHad },
  };
}
