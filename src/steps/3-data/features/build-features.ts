/** Computes features for many requests at once: events sorted by entity and time, running sums, and window ends that only move forward. */

import { FailureError } from "../../../core/outcome.ts";
import type { NumericColumn } from "../../../core/table.ts";
import { arrivedStream, goesByArrival } from "./arrived-stream.ts";
import type { EntityColumn, EventStream, FeatureRequests } from "./event-stream.ts";
import { keysOf } from "./event-stream.ts";
import {
  type AttributeLookup,
  type FeaturePlan,
  LARGEST_EXACT_SUM,
  notExact,
  quantize,
  type Statistic,
  type WindowStatistic,
} from "./feature-plan.ts";
import { createKeySpace, type KeyEntries, type KeySpace } from "./key-space.ts";

/**
 * One column per plan, one value per request, NaN where nothing is known. No value depends on an event at or after its request's
 * moment. Time O(events + requests) per entity and window when requests come in the order of time; about 8 bytes per request and statistic. Throws a `FailureError` when
 * values are too large to be added exactly.
 */
export function buildFeatures(
  plans: readonly FeaturePlan[],
  stream: EventStream,
  requests: FeatureRequests,
): ReadonlyMap<string, Float64Array> {
  const names = createNames(stream);
  const statistics = new Map<string, Statistic>();
  for (const plan of plans) for (const one of plan.statistics) statistics.set(names.ofStatistic(one), one);
  const values = new Map<string, Float64Array>();
  for (const [delay, some] of byArrival(statistics, stream)) {
    const seen = delay === undefined ? stream : arrivedStream(stream, delay);
    for (const [name, column] of computeStatistics(some, names, seen, requests)) values.set(name, column);
  }
  return new Map(
    plans.map((plan) => {
      const columns = plan.statistics.map((one) => columnOf(values, names.ofStatistic(one)));
      return [plan.name, finishAll(plan, columns, requests.time)];
    }),
  );
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

function finishAll(plan: FeaturePlan, columns: readonly Float64Array[], time: Float64Array): Float64Array {
  const result = new Float64Array(time.length);
  const scratch = new Float64Array(columns.length);
  for (let row = 0; row < result.length; row++) {
    for (let at = 0; at < columns.length; at++) scratch[at] = columns[at][row];
    result[row] = plan.finish(scratch, time[row]);
  }
  return result;
}

function columnOf(values: Columns, name: string): Float64Array {
  const column = values.get(name);
  if (column === undefined) throw new Error(`statistic ${name} was not computed`);
  return column;
}

function computeStatistics(
  statistics: ReadonlyMap<string, Statistic>,
  names: Names,
  stream: EventStream,
  requests: FeatureRequests,
): Columns {
  const order = timeOrder(requests.time);
  const spaces = memoize((_: string, entities: readonly string[]) =>
    createKeySpace(entitiesOf(stream, entities), stream.time.length),
  );
  const asked = memoize((entity: string, entities: readonly string[]) =>
    spaces(entity, entities).entriesOf(entitiesOf(requests, entities), requests.time.length, [], order),
  );
  const logged = memoize((_: string, one: WindowStatistic) =>
    collectEvents(spaces(one.entity.join("+"), one.entity), stream, one),
  );
  // Windows share their ends: 7 days back is where one begins and, with a delay of 7 days, another one ends.
  const bounds = memoize((_: string, find: () => Int32Array) => find());
  const cuts = memoize((_: string, shift: number) => findCuts(stream.time, requests.time, order, shift));
  const computeWindow = (one: WindowStatistic): Float64Array => {
    const events = logged(names.ofEvents(one), one);
    const here = asked(one.entity.join("+"), one.entity);
    const bound = (shift: number): Int32Array =>
      bounds(`${names.ofEvents(one)} ${shift}`, () => findFirst(events, here, cuts(String(shift), shift)));
    const window = { from: bound(one.delay + one.window), until: bound(one.delay) };
    return summarize(one, events, here, window, stream, requests.time.length);
  };
  const columns = new Map<string, Float64Array>();
  for (const [name, one] of statistics) {
    columns.set(name, one.what === "attribute" ? lookUp(one, stream, requests) : computeWindow(one));
  }
  return columns;
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

/** The events of a statistic, those of one key together and in the order of time. */
interface CollectedEvents {
  /** Key and row of each, in the order of time. */
  readonly entries: KeyEntries;
  /** Events of key k lie from `offsets[k]` up to `offsets[k + 1]`. */
  readonly offsets: Int32Array;
  /** Row in the stream of each. */
  readonly row: Int32Array;
}

function collectEvents(space: KeySpace, stream: EventStream, statistic: WindowStatistic): CollectedEvents {
  const entries = space.entriesOf(entitiesOf(stream, statistic.entity), stream.time.length, masksOf(stream, statistic));
  const { key, row } = entries;
  const offsets = new Int32Array(space.size + 1);
  for (let at = 0; at < key.length; at++) offsets[key[at] + 1]++;
  for (let one = 0; one < space.size; one++) offsets[one + 1] += offsets[one];
  const next = offsets.slice();
  const grouped = new Int32Array(key.length);
  for (let at = 0; at < key.length; at++) grouped[next[key[at]]++] = row === undefined ? at : row[at];
  return { entries, offsets, row: grouped };
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

/**
 * Element `offsets[k] + k + i` is the sum of the first i values of key k: one element more than events for each key. Exact,
 * because all are multiples of one resolution.
 */
function runningSums({ entries, offsets }: CollectedEvents, values: NumericColumn, name: string): Float64Array {
  const { key, row } = entries;
  const sums = new Float64Array(key.length + offsets.length - 1);
  const next = offsets.slice();
  let size = 0;
  for (let at = 0; at < key.length; at++) {
    const value = quantize(values[row === undefined ? at : row[at]]);
    const place = next[key[at]]++ + key[at];
    sums[place + 1] = sums[place] + value;
    size += Math.abs(value);
  }
  if (size < LARGEST_EXACT_SUM) return sums;
  throw new FailureError(notExact(name, size));
}

/** For each request the first row of the stream at or after `shift` seconds before it. */
function findCuts(
  streamTime: Float64Array,
  requestTime: Float64Array,
  order: Uint32Array | undefined,
  shift: number,
): Int32Array {
  const cuts = new Int32Array(requestTime.length);
  let row = 0;
  for (let index = 0; index < requestTime.length; index++) {
    const at = order === undefined ? index : order[index];
    const moment = requestTime[at] - shift;
    while (row < streamTime.length && streamTime[row] < moment) row++;
    cuts[at] = row;
  }
  return cuts;
}

/**
 * For each request the first event of its key at or after the cut. Requests come in the order of time, so that a key's place only
 * moves forward, and comparing rows instead of times halves the memory that is touched: a few nanoseconds a request.
 */
function findFirst(
  { offsets, row: eventRow }: CollectedEvents,
  { key, row }: KeyEntries,
  cuts: Int32Array,
): Int32Array {
  const places = offsets.slice(0, -1);
  const found = new Int32Array(key.length);
  for (let at = 0; at < key.length; at++) {
    const one = key[at];
    const cut = cuts[row === undefined ? at : row[at]];
    const end = offsets[one + 1];
    let place = places[one];
    while (place < end && eventRow[place] < cut) place++;
    places[one] = place;
    found[at] = place;
  }
  return found;
}

/** For each request the first event of its window and the first one after it. */
interface Bounds {
  readonly from: Int32Array;
  readonly until: Int32Array;
}

/** The statistic of every request; what a request's several keys give is added up. */
function summarize(
  { what, measure = "" }: WindowStatistic,
  events: CollectedEvents,
  asked: KeyEntries,
  { from, until }: Bounds,
  stream: EventStream,
  count: number,
): Float64Array {
  const { key } = asked;
  const row = asked.row ?? rowNumbers(count);
  const column = new Float64Array(count);
  const values = stream.measures.get(measure)?.values;
  if (what === "last") {
    column.fill(Number.NEGATIVE_INFINITY);
    for (let at = 0; at < key.length; at++) {
      if (until[at] > from[at]) column[row[at]] = Math.max(column[row[at]], stream.time[events.row[until[at] - 1]]);
    }
  } else if (what === "count" || values === undefined) {
    for (let at = 0; at < key.length; at++) column[row[at]] += until[at] - from[at];
  } else {
    const sums = runningSums(events, values, measure);
    for (let at = 0; at < key.length; at++) column[row[at]] += sums[until[at] + key[at]] - sums[from[at] + key[at]];
  }
  return column;
}

function rowNumbers(count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
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
