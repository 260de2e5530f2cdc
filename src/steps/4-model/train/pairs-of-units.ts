/** Events put together unit after unit, by groups of units that fit into a processor's cache: in a log of millions those of one unit lie too far apart. */

import type { RankedEvents } from "../../3-data/ranked-task.ts";

/** Which events there are, and whose. */
export interface EventsOfUnits {
  readonly events: Pick<RankedEvents, "unit" | "item" | "time" | "judged">;
  readonly units: number;
  /** Whether an event is one of those that are put together; what was unwanted takes back what was before. */
  readonly says: (event: number) => boolean;
  readonly strengthOf: (event: number) => number;
}

/** What one unit did: each item once, ascending, with the strongest sign for it and the time of the last. All of it stands until the next is asked for. */
export interface UnitPairs {
  readonly unit: number;
  readonly items: Int32Array;
  readonly strengths: Float64Array;
  readonly times: Float64Array;
}

/** Events of a group of units, but for a unit with more: some six megabytes of what is read of them. */
const GROUP = 2 ** 18;

/** Where each unit's events would begin, were they sorted by unit. */
export function startsByUnit({ events: { unit }, units, says }: EventsOfUnits): Int32Array {
  const starts = new Int32Array(units + 1);
  for (let event = 0; event < unit.length; event++) if (says(event)) starts[unit[event] + 1]++;
  for (let one = 0; one < units; one++) starts[one + 1] += starts[one];
  return starts;
}

/** Every unit once, in order. `group` is for tests. */
export function* pairsOfUnits(of: EventsOfUnits, starts: Int32Array, group = GROUP): Generator<UnitPairs> {
  const groups = groupsOf(starts, group);
  const order = eventsByGroup(of, starts, groups);
  const most = groups.reduce((largest, [from, to]) => Math.max(largest, starts[to] - starts[from]), 0);
  const sorted = createSorted(most);
  const pairs = { items: new Int32Array(most), strengths: new Float64Array(most), times: new Float64Array(most) };
  for (const [from, to] of groups) {
    sortGroup(of, order, starts, [from, to], sorted);
    const first = starts[from];
    for (let unit = from; unit < to; unit++) {
      const count = mergeUnit(sorted, starts[unit] - first, starts[unit + 1] - starts[unit], pairs);
      yield {
        unit,
        items: pairs.items.subarray(0, count),
        strengths: pairs.strengths.subarray(0, count),
        times: pairs.times.subarray(0, count),
      };
    }
  }
}

/** The events of a group, unit after unit, each unit's in the order of the log. */
interface SortedEvents {
  /** An event's item times the number of the unit's events, and its place among them: in order they are by item, and then by time. */
  readonly keys: Float64Array;
  readonly strength: Float64Array;
  readonly time: Float64Array;
  readonly isGone: Uint8Array;
}

function createSorted(most: number): SortedEvents {
  return {
    keys: new Float64Array(most),
    strength: new Float64Array(most),
    time: new Float64Array(most),
    isGone: new Uint8Array(most),
  };
}

/** Reads the events in the order of the log: what is read of neighbours lies near, and no read waits for another. */
function sortGroup(
  { events: { unit, item, time, judged }, strengthOf }: EventsOfUnits,
  order: Int32Array,
  starts: Int32Array,
  [from, to]: readonly [from: number, to: number],
  sorted: SortedEvents,
): void {
  const { keys, strength, time: times, isGone } = sorted;
  const first = starts[from];
  const next = new Int32Array(to - from);
  for (let at = first; at < starts[to]; at++) {
    const event = order[at];
    const one = unit[event];
    const own = next[one - from]++;
    const place = starts[one] - first + own;
    keys[place] = item[event] * (starts[one + 1] - starts[one]) + own;
    strength[place] = strengthOf(event);
    times[place] = time[event];
    isGone[place] = judged?.[event] === -1 ? 1 : 0;
  }
}

/** Puts the `count` events from `start` on together by item, and gives how many items are left. */
function mergeUnit(
  { keys, strength, time, isGone }: SortedEvents,
  start: number,
  count: number,
  { items, strengths, times }: Omit<UnitPairs, "unit">,
): number {
  const own = keys.subarray(start, start + count).sort();
  let kept = 0;
  let item = -1;
  let strongest = 0;
  let last = 0;
  for (let at = 0; at <= count; at++) {
    const next = at < count ? Math.floor(own[at] / count) : -1;
    if (next !== item) {
      if (strongest > 0) {
        items[kept] = item;
        strengths[kept] = strongest;
        times[kept++] = last;
      }
      item = next;
      strongest = 0;
    }
    if (at === count) break;
    const place = start + own[at] - next * count;
    if (isGone[place] === 1) strongest = 0;
    else {
      strongest = Math.max(strongest, strength[place]);
      last = time[place];
    }
  }
  return kept;
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
