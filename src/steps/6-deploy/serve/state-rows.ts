/** Features of many requests of one moment: what they share is looked up once, and each feature is computed for one request after the other. */

import type { FeaturePlan } from "../../3-data/features/feature-plan.ts";
import { growTo } from "./grow-array.ts";
import type { Keys } from "./state-event.ts";
import type { StatisticPlace, Vocabulary } from "./state-layout.ts";
import type { StateLog } from "./state-log.ts";
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
  readonly scratch: Float64Array;
}

const KNOWN = 0;
const UNKNOWN = 1;
const NOT_EXACT = 2;
const CODES = { known: KNOWN, unknown: UNKNOWN, "not-exact": NOT_EXACT };

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
    return { plan, statistics, scratch: new Float64Array(statistics.length) };
  });
  let codes = new Uint8Array(0);
  return (requests, values) => {
    codes = growTo(codes, requests.count).fill(KNOWN, 0, requests.count);
    for (let at = 0; at < tables.length; at++) findTotals(tables[at], requests, codes);
    for (let at = 0; at < columns.length; at++) fillColumn(columns[at], requests, values, at, columns.length);
    let [unknown, notExact] = [0, 0];
    for (let row = 0; row < requests.count; row++) {
      if (codes[row] === UNKNOWN) unknown++;
      if (codes[row] !== NOT_EXACT) continue;
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
    const code = CODES[log.ask({ time, keys: shared })];
    table.totals = log.sums;
    table.stride = 0;
    for (let row = 0; row < count; row++) codes[row] = Math.max(codes[row], code);
    return;
  }
  table.room = growTo(table.room, count * width);
  table.totals = table.room;
  table.stride = width;
  const [ones, others] = [own[one], own[other]];
  const [first, second] = [shared[one], shared[other]];
  for (let row = 0; row < count; row++) {
    const mine = ones === undefined ? first : ones[row];
    const also = others === undefined ? second : others[row];
    codes[row] = Math.max(codes[row], CODES[log.askFor(mine, also, time, table.totals, row * width)]);
  }
}

/** A value that no key of their own decides is the same for all. */
function fillColumn(column: Column, requests: ManyRequests, values: Float64Array, at: number, width: number): void {
  const { plan, statistics, scratch } = column;
  const { time, count, shared, own } = requests;
  const isOne = statistics.every((one) => ("entity" in one ? own[one.entity] === undefined : one.table.stride === 0));
  for (let row = 0; row < count; row++) {
    if (isOne && row > 0) {
      values[row * width + at] = values[at];
      continue;
    }
    for (let place = 0; place < statistics.length; place++) {
      const one = statistics[place];
      scratch[place] = "entity" in one ? one.lookUp(own[one.entity]?.[row] ?? shared[one.entity]) : valueIn(one, row);
    }
    values[row * width + at] = plan.finish(scratch, time);
  }
}

function valueIn({ table, total, before, since }: TableStatistic, row: number): number {
  const { totals, stride, log } = table;
  const value = totals[row * stride + total];
  if (before >= 0) return value - totals[row * stride + before];
  return since < 0 || value >= log.moments[since] ? value : Number.NEGATIVE_INFINITY;
}
