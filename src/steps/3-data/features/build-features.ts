/** Computes features for many requests at once: events sorted by entity and time, running sums, and two pointers per window. */

import { FailureError } from "../../../core/outcome.ts";
import { groupRows } from "../row-lists.ts";
import type { EntityColumn, EventStream, FeatureRequests, Measure } from "./event-stream.ts";
import { keysOf } from "./event-stream.ts";
import {
  type AttributeLookup,
  type FeaturePlan,
  LARGEST_EXACT_SUM,
  quantize,
  type Statistic,
  type WindowStatistic,
} from "./feature-plan.ts";
import { createKeySpace, type KeyEntries, type KeySpace } from "./key-space.ts";

/**
 * One column per plan, one value per request, NaN where nothing is known. No value depends on an event at or after its request's
 * moment. Time O(events log events + requests) per entity; about 8 bytes per request and statistic. Throws a `FailureError` when
 * values are too large to be added exactly.
 */
export function buildFeatures(
  plans: readonly FeaturePlan[],
  stream: EventStream,
  requests: FeatureRequests,
): ReadonlyMap<string, Float64Array> {
  const statistics = new Map<string, Statistic>();
  for (const plan of plans) for (const one of plan.statistics) statistics.set(identify(one), one);
  const values = computeStatistics(statistics, stream, requests);
  return new Map(plans.map((plan) => [plan.name, finishAll(plan, values, requests.time)]));
}

type Columns = ReadonlyMap<string, Float64Array>;

/** What makes two statistics one. */
function identify(statistic: Statistic): string {
  if (statistic.what === "attribute") return `attribute ${statistic.entity} ${statistic.column}`;
  return `${statistic.what} ${identifyWindow(statistic)}`;
}

function identifyWindow({ window, delay, ...rest }: WindowStatistic): string {
  return `${identifyEvents(rest)} ${window} ${delay}`;
}

function identifyEvents({
  entity,
  measure = "",
  where = "",
}: Pick<WindowStatistic, "entity" | "measure" | "where">): string {
  return `${entity.join("+")} ${measure} ${where}`;
}

function finishAll(plan: FeaturePlan, values: Columns, time: Float64Array): Float64Array {
  const columns = plan.statistics.map((one) => columnOf(values, identify(one)));
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
  stream: EventStream,
  requests: FeatureRequests,
): Columns {
  const order = timeOrder(requests.time);
  const spaces = memoize((entity: string, names: readonly string[]) => ({
    space: createKeySpace(entitiesOf(stream, names), stream.time.length),
    entity,
  }));
  const asked = memoize((entity: string, names: readonly string[]) =>
    groupRequests(spaces(entity, names).space, entitiesOf(requests, names), requests.time, order),
  );
  const logged = memoize((_: string, one: WindowStatistic) =>
    groupEvents(spaces(one.entity.join("+"), one.entity).space, stream, one),
  );
  const bounded = memoize((_: string, one: WindowStatistic) =>
    findBounds(logged(identifyEvents(one), one), asked(one.entity.join("+"), one.entity), one),
  );
  const columns = new Map<string, Float64Array>();
  for (const [name, one] of statistics) {
    columns.set(
      name,
      one.what === "attribute"
        ? lookUp(one, stream, requests)
        : summarize(
            one,
            logged(identifyEvents(one), one),
            asked(one.entity.join("+"), one.entity),
            bounded(identifyWindow(one), one),
            stream.measures.get(one.measure ?? ""),
            requests.time.length,
          ),
    );
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
interface GroupedEvents {
  readonly offsets: Int32Array;
  readonly time: Float64Array;
  /** Row in the stream of each. */
  readonly row: Int32Array;
  /** Sums of the measure's values before each; filled when a sum is asked for. */
  readonly sums: { column?: Float64Array };
}

function groupEvents(space: KeySpace, stream: EventStream, statistic: WindowStatistic): GroupedEvents {
  const entries = space.entriesOf(entitiesOf(stream, statistic.entity), stream.time.length, masksOf(stream, statistic));
  const { offsets, items } = groupRows(entries.key, space.size);
  const row = rowsOfEntries(entries, items);
  const time = new Float64Array(row.length);
  for (let at = 0; at < row.length; at++) time[at] = stream.time[row[at]];
  return { offsets, time, row, sums: {} };
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

function rowsOfEntries({ row }: KeyEntries, items: Int32Array): Int32Array {
  if (row === undefined) return items;
  const rows = new Int32Array(items.length);
  for (let at = 0; at < items.length; at++) rows[at] = row[items[at]];
  return rows;
}

/** The requests of one key together and in the order of time; a request with several keys occurs once for each. */
interface GroupedRequests {
  readonly offsets: Int32Array;
  readonly row: Int32Array;
  readonly time: Float64Array;
}

function groupRequests(
  space: KeySpace,
  columns: readonly EntityColumn[],
  time: Float64Array,
  order: Uint32Array | undefined,
): GroupedRequests {
  const entries = space.entriesOf(columns, time.length, [], order);
  const { offsets, items } = groupRows(entries.key, space.size);
  const row = rowsOfEntries(entries, items);
  const grouped = new Float64Array(row.length);
  for (let at = 0; at < row.length; at++) grouped[at] = time[row[at]];
  return { offsets, row, time: grouped };
}

/** For each grouped request the first event of its window and the first one after it. */
interface Bounds {
  readonly from: Int32Array;
  readonly until: Int32Array;
}

/** Both ends only move forward within a key, because its requests and its events are in the order of time. */
function findBounds(events: GroupedEvents, requests: GroupedRequests, { window, delay }: WindowStatistic): Bounds {
  const from = new Int32Array(requests.row.length);
  const until = new Int32Array(requests.row.length);
  const { time } = events;
  for (let key = 0; key + 1 < events.offsets.length; key++) {
    const end = events.offsets[key + 1];
    let first = events.offsets[key];
    let after = first;
    for (let at = requests.offsets[key]; at < requests.offsets[key + 1]; at++) {
      const visible = requests.time[at] - delay;
      const start = visible - window;
      while (after < end && time[after] < visible) after++;
      while (first < after && time[first] < start) first++;
      from[at] = first;
      until[at] = after;
    }
  }
  return { from, until };
}

function summarize(
  statistic: WindowStatistic,
  events: GroupedEvents,
  requests: GroupedRequests,
  { from, until }: Bounds,
  measure: Measure | undefined,
  count: number,
): Float64Array {
  const { row } = requests;
  if (statistic.what === "last") {
    const result = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
    for (let at = 0; at < row.length; at++) {
      if (until[at] > from[at]) result[row[at]] = Math.max(result[row[at]], events.time[until[at] - 1]);
    }
    return result;
  }
  const result = new Float64Array(count);
  if (statistic.what === "count" || measure?.values === undefined) {
    for (let at = 0; at < row.length; at++) result[row[at]] += until[at] - from[at];
    return result;
  }
  events.sums.column ??= runningSums(events.row, measure.values, statistic.measure ?? "");
  const sums = events.sums.column;
  for (let at = 0; at < row.length; at++) result[row[at]] += sums[until[at]] - sums[from[at]];
  return result;
}

/** Element i is the sum of the first i values; exact, because all are multiples of one resolution. */
function runningSums(rows: Int32Array, values: ArrayLike<number>, name: string): Float64Array {
  const sums = new Float64Array(rows.length + 1);
  let size = 0;
  for (let at = 0; at < rows.length; at++) {
    const value = quantize(values[rows[at]]);
    size += Math.abs(value);
    sums[at + 1] = sums[at] + value;
  }
  if (size < LARGEST_EXACT_SUM) return sums;
  throw new FailureError({
    code: "sum-not-exact",
    message: `the values of \`${name}\` add up to ${size.toExponential(1)}, too much to be added exactly, or one of them is no number`,
    where: "section 3, features",
    fix: "scale the column down, for example from cents to euros, or leave out the rows without a number",
  });
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
