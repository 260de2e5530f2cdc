/** Events put together unit after unit, by groups of units that fit into a processor's cache: a log of millions lies too far apart to be read unit after unit. */

import type { RankedEvents } from "../../3-data/ranked-task.ts";
import { createRow, type UnitRow } from "./unit-row.ts";

/** Which events there are, and whose. */
export interface EventsOfUnits {
  readonly events: Pick<RankedEvents, "unit" | "item" | "time" | "judged">;
  readonly units: number;
  readonly items: number;
  /** Whether an event is one of those that are put together; what was unwanted takes back what was before. */
  readonly says: (event: number) => boolean;
  readonly strengthOf: (event: number) => number;
}

/** Events of a group of units, but for a unit with more: some five megabytes of what is read of them. */
const GROUP = 2 ** 18;

/** Where each unit's events would begin, were they sorted by unit. */
export function startsByUnit({ events: { unit }, units, says }: EventsOfUnits): Int32Array {
  const starts = new Int32Array(units + 1);
  for (let event = 0; event < unit.length; event++) if (says(event)) starts[unit[event] + 1]++;
  for (let one = 0; one < units; one++) starts[one + 1] += starts[one];
  return starts;
}

/** Every unit once, in order; its row stands until the next is asked for. `group` is for tests. */
export function* rowsOfUnits(
  of: EventsOfUnits,
  starts: Int32Array,
  group = GROUP,
): Generator<{ readonly unit: number; readonly row: UnitRow }> {
  const { events, items, strengthOf } = of;
  const groups = groupsOf(starts, group);
  const order = eventsByGroup(of, starts, groups);
  const most = groups.reduce((largest, [from, to]) => Math.max(largest, starts[to] - starts[from]), 0);
  const sorted = {
    item: new Int32Array(most),
    strength: new Float64Array(most),
    time: new Float64Array(most),
    isGone: new Uint8Array(most),
  };
  const row = createRow(items);
  for (const [from, to] of groups) {
    const first = starts[from];
    // In the order of the log: what is read of neighbours lies near, and nothing waits for what is read.
    const next = starts.slice(from, to);
    for (let at = first; at < starts[to]; at++) {
      const event = order[at];
      const place = next[events.unit[event] - from]++ - first;
      sorted.item[place] = events.item[event];
      sorted.strength[place] = strengthOf(event);
      sorted.time[place] = events.time[event];
      sorted.isGone[place] = events.judged?.[event] === -1 ? 1 : 0;
    }
    for (let unit = from; unit < to; unit++) {
      for (let at = starts[unit] - first; at < starts[unit + 1] - first; at++) {
        if (sorted.isGone[at] === 1) row.remove(sorted.item[at]);
        else row.add(sorted.item[at], sorted.strength[at], sorted.time[at]);
      }
      yield { unit, row };
      row.clear();
    }
  }
}

/** Units in order, each group with `most` events or one more unit's. */
function groupsOf(starts: Int32Array, most: number): readonly (readonly [from: number, to: number])[] {
  const units = starts.length - 1;
  const groups: [number, number][] = [];
  let from = 0;
  for (let unit = 1; unit <= units; unit++) {
    if (unit < units && starts[unit] - starts[from] < most) continue;
    groups.push([from, unit]);
    from = unit;
  }
  return groups;
}

/** The events that say something, group after group, each group's in their order. */
function eventsByGroup(
  { events: { unit }, units, says }: EventsOfUnits,
  starts: Int32Array,
  groups: readonly (readonly [from: number, to: number])[],
): Int32Array {
  const groupOf = new Int32Array(units);
  const next = new Int32Array(groups.length);
  for (const [at, [from, to]] of groups.entries()) {
    groupOf.fill(at, from, to);
    next[at] = starts[from];
  }
  const order = new Int32Array(starts[units]);
  for (let event = 0; event < unit.length; event++) if (says(event)) order[next[groupOf[unit[event]]]++] = event;
  return order;
}
