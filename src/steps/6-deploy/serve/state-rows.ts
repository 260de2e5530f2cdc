/** Features of many requests of one moment: what they share is looked up once, and each feature is computed for one request after the other. */

import type { FeaturePlan } from "../../3-data/features/feature-plan.ts";
import { growTo } from "./grow-array.ts";
import type { Keys } from "./state-event.ts";
import type { StatisticPlace, Vocabulary } from "./state-layout.ts";
import { ANSWER_CODES, type StateLog } from "./state-log.ts";
import { attributeOf } from "./state-readers.ts";

/** Requests that differ in some of their keys alone: the candidates of a list. */
export interface ManyRequests {
  readonly time: number;
  readonly count: number;
  /** By entity the keys that all of them have. */
  readonly shared: Readonly<Record<string, Keys>>;
  /** By entity the keys of each. */
  readonly own: Readonly<Record<string, ArrayLike<Keys>>>;
}

/** What was not simply answered, by the number of requests. */
export interface RowFaults {
  readonly unknown: number;
  readonly notExact: number;
}

/** What a log has found for the requests in hand. */
interface LogTable {
  readonly log: StateLog;
  /** Totals of a request. */
  readonly width: number;
  /** Room for those of each. */
  room: Float64Array;
  /** Where they stand: in the room, or in the log's own sums where all requests share its keys. */
  totals: Float64Array;
  /** From one request's totals to the next one's: 0 where they are the same. */
  stride: number;
}

/** A statistic of a log: a total, less another one. */
interface TableStatistic {
  readonly table: LogTable;
  readonly total: number;
  /** -1 where nothing is taken away. */
  readonly before: number;
  /** The moment that the last event has to reach; -1 where any does. */
  readonly since: number;
}

interface AttributeStatistic {
  readonly entity: string;
  readonly lookUp: (key: Keys | undefined) => number;
}

interface Column {
  readonly plan: FeaturePlan;
  readonly statistics: readonly (TableStatistic | AttributeStatistic)[];
}

/** Fills one row after the other of `values` with what `readerOf` of each plan gives; NaN where a sum is not exact. */
export function openRowReader(
  plans: readonly FeaturePlan[],
  places: readonly (readonly StatisticPlace[])[],
  logs: readonly StateLog[],
  vocabulary: Vocabulary,
): (requests: ManyRequests, values: Float64Array) => RowFaults {
  const tables = logs.map(
    (log): LogTable => ({ log, width: log.sums.length, room: new Float64Array(0), totals: log.sums, stride: 0 }),
  );
  const columns = plans.map((plan, at): Column => {
    const statistics = places[at].map((place) => statisticOf(place, tables, vocabulary));
    return { plan, statistics };
  });
  const most = Math.max(0, ...places.map(({ length }) => length));
  let codes = new Uint8Array(0);
  /** The statistics of the feature in hand. */
  let scratch = new Float64Array(0);
  return (requests, values) => {
    codes = growTo(codes, requests.count).fill(ANSWER_CODES.known, 0, requests.count);
    scratch = growTo(scratch, most * requests.count);
    for (let at = 0; at < tables.length; at++) findTotals(tables[at], requests, codes);
    for (let at = 0; at < columns.length; at++) fillColumn(columns[at], requests, scratch, values, at, columns.length);
    let [unknown, notExact] = [0, 0];
    for (let row = 0; row < requests.count; row++) {
      if (codes[row] === ANSWER_CODES.unknown) unknown++;
      if (codes[row] !== ANSWER_CODES["not-exact"]) continue;
      notExact++;
      values.fill(Number.NaN, row * columns.length, (row + 1) * columns.length);
    }
    return { unknown, notExact };
  };
}

function statisticOf(
  place: StatisticPlace,
  tables: readonly LogTable[],
  vocabulary: Vocabulary,
): TableStatistic | AttributeStatistic {
  if ("what" in place) return { entity: place.entity, lookUp: attributeOf(place, vocabulary) };
  const { slot, until, from, isLast } = place;
  const table = tables[place.log];
  const slots = table.log.width;
  return {
    table,
    total: until * slots + slot,
    before: from === undefined || isLast ? -1 : from * slots + slot,
    since: from === undefined || !isLast ? -1 : from,
  };
}

function findTotals(table: LogTable, { time, count, shared, own }: ManyRequests, codes: Uint8Array): void {
  const { log, width } = table;
  const [one, other] = log.entity;
  if (!log.entity.some((name) => own[name] !== undefined)) {
    const code = ANSWER_CODES[log.ask({ time, keys: shared })];
    table.totals = log.sums;
    table.stride = 0;
    for (let row = 0; row < count; row++) codes[row] = Math.max(codes[row], code);
    return;
  }
  table.room = growTo(table.room, count * width);
  table.totals = table.room;
  table.stride = width;
  log.askEach({ time, count, own: [own[one], own[other]], shared: [shared[one], shared[other]] }, table.totals, codes);
}

/** A value that no key of their own decides is the same for all. */
function fillColumn(
  { plan, statistics }: Column,
  requests: ManyRequests,
  scratch: Float64Array,
  values: Float64Array,
  start: number,
  step: number,
): void {
  const { time, own } = requests;
  const isOne = statistics.every((one) => ("entity" in one ? own[one.entity] === undefined : one.table.stride === 0));
  const count = isOne ? Math.min(1, requests.count) : requests.count;
  for (let place = 0; place < statistics.length; place++) {
    const one = statistics[place];
    if ("entity" in one) lookUpAll(one, requests, count, scratch, place * count);
    else readAll(one, count, scratch, place * count);
  }
  if (plan.finishAll !== undefined) plan.finishAll({ values: scratch, count }, time, { values, start, step });
  else {
    const row = new Float64Array(statistics.length);
    for (let one = 0; one < count; one++) {
      for (let place = 0; place < row.length; place++) row[place] = scratch[place * count + one];
      values[one * step + start] = plan.finish(row, time);
    }
  }
  for (let row = count; row < requests.count; row++) values[row * step + start] = values[start];
}

function lookUpAll(
  { entity, lookUp }: AttributeStatistic,
  { shared, own }: ManyRequests,
  count: number,
  to: Float64Array,
  at: number,
): void {
  const keys = own[entity];
  for (let row = 0; row < count; row++) to[at + row] = lookUp(keys === undefined ? shared[entity] : keys[row]);
}

function readAll({ table, total, before, since }: TableStatistic, count: number, to: Float64Array, at: number): void {
  const { totals, stride, log } = table;
  for (let row = 0; row < count; row++) to[at + row] = totals[row * stride + total];
  if (before >= 0) for (let row = 0; row < count; row++) to[at + row] -= totals[row * stride + before];
  if (since < 0) return;
  const from = log.moments[since];
  for (let row = 0; row < count; row++) if (!(to[at + row] >= from)) to[at + row] = Number.NEGATIVE_INFINITY;
}
