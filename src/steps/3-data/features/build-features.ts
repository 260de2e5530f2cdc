/** Computes features for many requests at once: events sorted by entity and time, running sums, and window ends that only move forward. */

import type { NumericColumn } from "../../../core/table.ts";
import { arrivedStream, goesByArrival } from "./arrived-stream.ts";
import type { EntityColumn, EventStream, FeatureRequests } from "./event-stream.ts";
import { keysOf } from "./event-stream.ts";
import type { AttributeLookup, FeaturePlan, Statistic, WindowStatistic } from "./feature-plan.ts";
import { createKeySpace } from "./key-space.ts";
import {
  type AskedEntries,
  type CollectedEvents,
  checkSum,
  collectEvents,
  fillCounts,
  fillLast,
  fillSums,
  openWindowEnd,
  type WindowEnd,
} from "./window-events.ts";

/** What is found of a request's windows is kept for so many of them at a time. */
const REQUESTS_AT_ONCE = 1 << 18;

/**
 * One column per plan, one value per request, NaN where nothing is known. No value depends on an event at or after its request's
 * moment. Time O(events + requests) per entity and window when requests come in the order of time; 4 bytes an event at a time, and 8 bytes a request
 * for each statistic until the plans that read it are finished. `block`: requests that are looked up together. Throws a `FailureError` when values are too large to be added exactly.
 */
export function buildFeatures(
  plans: readonly FeaturePlan[],
  stream: EventStream,
  requests: FeatureRequests,
  block: number = REQUESTS_AT_ONCE,
): ReadonlyMap<string, Float64Array> {
  const names = createNames(stream);
  const statistics = new Map<string, Statistic>();
  for (const plan of plans) for (const one of plan.statistics) statistics.set(names.ofStatistic(one), one);
  const pending = new Set(plans);
  const values = new Map<string, Float64Array>();
  const finished = new Map<string, Float64Array>();
  const readBy = (name: string): number =>
    [...pending].filter((plan) => plan.statistics.some((one) => names.ofStatistic(one) === name)).length;
  const finish = (plan: FeaturePlan): void => {
    const read = [...new Set(plan.statistics.map(names.ofStatistic))];
    // A column that nobody else reads takes the result: each row of it is read before it is written.
    const spare = read.find((name) => readBy(name) === 1);
    const columns = plan.statistics.map((one) => columnOf(values, names.ofStatistic(one)));
    const into = spare === undefined ? new Float64Array(requests.time.length) : columnOf(values, spare);
    finished.set(plan.name, finishAll(plan, columns, requests.time, into));
    pending.delete(plan);
    for (const name of read) if (readBy(name) === 0) values.delete(name);
  };
  for (const [delay, some] of byArrival(statistics, stream)) {
    const seen = delay === undefined ? stream : arrivedStream(stream, delay);
    computeStatistics(some, names, seen, { requests, block }, (name, column) => {
      values.set(name, column);
      for (const plan of pending) {
        if (plan.statistics.every((one) => values.has(names.ofStatistic(one)))) finish(plan);
      }
    });
  }
  for (const plan of pending) finish(plan);
  return new Map(plans.map(({ name }) => [name, columnOf(finished, name)]));
}

/** Statistics of labels that arrive one by one, by their delay; under `undefined` all others. */
function byArrival(
  statistics: ReadonlyMap<string, Statistic>,
  stream: EventStream,
): ReadonlyMap<number | undefined, ReadonlyMap<string, Statistic>> {
  const groups = new Map<number | undefined, Map<string, Statistic>>();
  for (const [name, one] of statistics) {
    const delay = one.what !== "attribute" && goesByArrival(stream, one) ? one.delay : undefined;
    const group = groups.get(delay) ?? new Map<string, Statistic>();
    groups.set(delay, group.set(name, one));
  }
  return groups;
}

type Columns = ReadonlyMap<string, Float64Array>;

/** What makes two statistics, or the events of two statistics, one. */
interface Names {
  ofStatistic(statistic: Statistic): string;
  ofEvents(statistic: WindowStatistic): string;
}

/** Events are told apart by their masks: `count()` and `mean(amount)` go over the same ones where every event has an amount. */
function createNames(stream: EventStream): Names {
  const masks: Uint8Array[] = [];
  const numberOf = (mask: Uint8Array): number => {
    if (!masks.includes(mask)) masks.push(mask);
    return masks.indexOf(mask);
  };
  const ofEvents = (one: WindowStatistic): string =>
    `${one.entity.join("+")} ${masksOf(stream, one).map(numberOf).join("+")}`;
  return {
    ofEvents,
    ofStatistic(one) {
      if (one.what === "attribute") return `attribute ${one.entity} ${one.column}`;
      const summed = one.what === "sum" ? one.measure : "";
      const arrived = goesByArrival(stream, one) ? " arrived" : "";
      return `${one.what} ${summed} ${ofEvents(one)} ${one.window} ${one.delay}${arrived}`;
    },
  };
}

function finishAll(
  plan: FeaturePlan,
  columns: readonly Float64Array[],
  time: Float64Array,
  into: Float64Array,
): Float64Array {
  const scratch = new Float64Array(columns.length);
  for (let row = 0; row < into.length; row++) {
    for (let at = 0; at < columns.length; at++) scratch[at] = columns[at][row];
    into[row] = plan.finish(scratch, time[row]);
  }
  return into;
}

function columnOf(values: Columns, name: string): Float64Array {
  const column = values.get(name);
  if (column === undefined) throw new Error(`statistic ${name} was not computed`);
  return column;
}

/** Tells `tell` of one statistic after the other; those over the same events come together, so that these are laid out once and no two at a time. */
function computeStatistics(
  statistics: ReadonlyMap<string, Statistic>,
  names: Names,
  stream: EventStream,
  { requests, block }: Pick<Pass, "requests" | "block">,
  tell: (name: string, column: Float64Array) => void,
): void {
  const order = timeOrder(requests.time);
  const spaces = memoize((_: string, entities: readonly string[]) =>
    createKeySpace(entitiesOf(stream, entities), stream.time.length),
  );
  const groups = new Map<string, Map<string, WindowStatistic>>();
  for (const [name, one] of statistics) {
    if (one.what === "attribute") tell(name, lookUp(one, stream, requests));
    else {
      const events = names.ofEvents(one);
      groups.set(events, (groups.get(events) ?? new Map<string, WindowStatistic>()).set(name, one));
    }
  }
  // One room for the events of all sets: the last one's would wait for the collector beside the next one's.
  const room = groups.size > 1 ? new Int32Array(stream.time.length) : undefined;
  for (const group of groups.values()) {
    const [first] = group.values();
    const space = spaces(first.entity.join("+"), first.entity);
    const events = collectEvents(
      space,
      entitiesOf(stream, first.entity),
      stream.time.length,
      masksOf(stream, first),
      room,
    );
    const checked = memoize((measure: string, values: NumericColumn) => checkSum(events, values, measure));
    const valuesOf = ({ what, measure = "" }: WindowStatistic): NumericColumn | undefined => {
      const values = what === "sum" ? stream.measures.get(measure)?.values : undefined;
      if (values !== undefined) checked(measure, values);
      return values;
    };
    const asked = entitiesOf(requests, first.entity);
    const askedIn = (from: number, until: number): AskedEntries => ({
      ...space.entriesOf(asked, until, [], order, from),
      first: from,
    });
    const all = [...group];
    for (let from = 0; from < all.length; from += STATISTICS_AT_ONCE) {
      const some = all.slice(from, from + STATISTICS_AT_ONCE);
      const columns = fillColumns(some, { events, valuesOf, stream, requests, askedIn, block });
      for (const [name, column] of columns) tell(name, column);
    }
  }
}

/** Columns that are filled in one pass over the requests: more would stand beside each other until the last of them is filled. */
const STATISTICS_AT_ONCE = 4;

interface Pass {
  readonly events: CollectedEvents;
  readonly valuesOf: (statistic: WindowStatistic) => NumericColumn | undefined;
  readonly stream: EventStream;
  readonly requests: FeatureRequests;
  readonly askedIn: (from: number, until: number) => AskedEntries;
  readonly block: number;
}

/** Statistics over the same events, for all requests, a block of them at a time: what is found of each window's ends is kept no longer. */
function fillColumns(
  statistics: readonly (readonly [name: string, WindowStatistic])[],
  { events, valuesOf, stream, requests, askedIn, block }: Pass,
): ReadonlyMap<string, Float64Array> {
  const count = requests.time.length;
  const filling = statistics.map(([name, one]) => {
    const column = new Float64Array(count);
    const values = valuesOf(one);
    const fill =
      one.what === "last"
        ? fillLast(events, stream.time, column)
        : values === undefined
          ? fillCounts(column)
          : fillSums(events, values, column);
    return { name, column, fill, shifts: { from: one.delay + one.window, until: one.delay } };
  });
  // Windows share their ends: 7 days back is where one begins and, with a delay of 7 days, another one ends.
  const ends = new Map<number, WindowEnd>();
  for (const { shifts } of filling)
    for (const shift of Object.values(shifts))
      if (!ends.has(shift)) ends.set(shift, openWindowEnd(events, stream.time, requests.time, shift));
  for (let at = 0; at < count; at += block) {
    const entries = askedIn(at, Math.min(count, at + block));
    const found = new Map([...ends].map(([shift, end]) => [shift, end.advance(entries)]));
    for (const { fill, shifts } of filling) {
      const [from, until] = [found.get(shifts.from), found.get(shifts.until)];
      if (from !== undefined && until !== undefined) fill(entries, { from, until });
    }
  }
  return new Map(filling.map(({ name, column }) => [name, column]));
}

function memoize<Argument, Result>(
  make: (name: string, argument: Argument) => Result,
): (name: string, argument: Argument) => Result {
  const made = new Map<string, Result>();
  return (name, argument) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const result = make(name, argument);
    made.set(name, result);
    return result;
  };
}

/** Row numbers by ascending time, or undefined when they are so already. */
function timeOrder(time: Float64Array): Uint32Array | undefined {
  let row = 1;
  while (row < time.length && time[row - 1] <= time[row]) row++;
  if (row >= time.length) return undefined;
  return Uint32Array.from({ length: time.length }, (_, index) => index).sort((a, b) => time[a] - time[b]);
}

function entitiesOf({ entities }: Pick<EventStream, "entities">, names: readonly string[]): readonly EntityColumn[] {
  return names.map((name) => {
    const column = entities.get(name);
    if (column === undefined) throw new Error(`no rows of entity ${name} were given`);
    return column;
  });
}

/** An event counts when every one of these marks it. */
function masksOf(stream: EventStream, { measure, where }: WindowStatistic): readonly Uint8Array[] {
  const masks = [
    measure === undefined && where === undefined ? stream.counted : undefined,
    measure === undefined ? undefined : stream.measures.get(measure)?.mask,
    where === undefined ? undefined : stream.measures.get(where)?.mask,
  ];
  return masks.filter((mask) => mask !== undefined);
}

function lookUp({ entity, column }: AttributeLookup, stream: EventStream, requests: FeatureRequests): Float64Array {
  const values = stream.attributes.get(entity)?.get(column);
  const [rows] = entitiesOf(requests, [entity]);
  if (values === undefined) throw new Error(`no attribute ${column} of ${entity} was given`);
  return Float64Array.from({ length: requests.time.length }, (_, row) => {
    const keys = keysOf(rows, row);
    let sum = 0;
    for (let at = 0; at < keys.length; at++) sum += values[keys[at]];
    return keys.length === 0 ? Number.NaN : sum / keys.length;
  });
}
