/** Statistics over windows as SQL tables: one for each set of entities, with a running total at each moment that a window begins or ends. */

import type { WindowStatistic } from "../features/feature-plan.ts";
import {
  COUNTED,
  type FeatureTables,
  KNOWN_AT,
  keyColumn,
  listTable,
  MOMENT,
  maskColumn,
  unitsColumn,
} from "./feature-tables.ts";
import { double, type SqlDialect } from "./sql-dialect.ts";

/** Collects the statistics that features ask for, and writes the tables that hold them. */
export interface Windows {
  /** The statistic of a request: a BIGINT for a count or a sum in units, a DOUBLE or NULL for the last moment. */
  column(statistic: WindowStatistic): string;
  tables(): readonly (readonly [name: string, sql: string])[];
  /** LEFT JOINs to the request `r`. */
  joins(): readonly string[];
}

/** What is summed up over the same entities: a column each, read at some moments. */
interface Group {
  readonly entity: readonly string[];
  /** Seconds; where given, events count from the later of their moment and when they were known less this. */
  readonly arrivesAfter: number | undefined;
  /** What each running total adds up for one event, by the name of its column. */
  readonly totals: Map<string, { readonly name: string; readonly value: string; readonly how: "sum" | "max" }>;
  /** Seconds before the request at which totals are read. */
  readonly shifts: number[];
  /** Columns of the group's table: a total read at a moment. */
  readonly read: Map<string, string>;
}

/** The windows over `events` that rows of `requests` ask for. */
export function createWindows(
  tables: FeatureTables,
  dialect: SqlDialect,
  from: { readonly events: string; readonly requests: string },
): Windows {
  const groups = new Map<string, Group>();
  const groupOf = (statistic: WindowStatistic): readonly [alias: string, Group] => {
    const { entity, delay, measure, where } = statistic;
    const arrives = tables.arrival !== undefined && (measure === tables.arrival || where === tables.arrival);
    const name = JSON.stringify([entity, arrives ? delay : null]);
    const known = groups.get(name);
    const group: Group = known ?? {
      entity,
      arrivesAfter: arrives ? delay : undefined,
      totals: new Map(),
      shifts: [],
      read: new Map(),
    };
    groups.set(name, group);
    return [`w${[...groups.keys()].indexOf(name)}`, group];
  };
  return {
    column(statistic) {
      const [alias, group] = groupOf(statistic);
      const total = totalOf(group, statistic, tables, dialect);
      const read = (shift: number): string => `${alias}.${readAt(group, total, shift)}`;
      const { what, window, delay } = statistic;
      const since = double(delay + window);
      if (what !== "last")
        return Number.isFinite(window)
          ? `coalesce(${read(delay)} - ${read(delay + window)}, 0)`
          : `coalesce(${read(delay)}, 0)`;
      return Number.isFinite(window)
        ? `CASE WHEN ${read(delay)} >= r.${MOMENT} - ${since} THEN ${read(delay)} END`
        : read(delay);
    },
    tables: () =>
      [...groups.values()].flatMap((group, at) =>
        // One key for all rows would be one task on a cluster: totals by day, and within each day.
        group.entity.length === 0
          ? tablesInDays(group, at, tables, dialect, from)
          : tablesByKey(group, at, tables, dialect, from),
      ),
    joins: () =>
      [...groups.values()].map(({ entity }, at) => {
        const keys = baseColumns(entity, dialect).map((name) => `w${at}.${name} = r.${name}`);
        return `LEFT JOIN window_${at} w${at} ON ${[...keys, `w${at}.asked = r.${MOMENT}`].join(" AND ")}`;
      }),
  };
}

/** The name of the running total that a statistic reads. */
function totalOf(
  group: Group,
  { what, measure, where }: WindowStatistic,
  { measures, hasCounted }: FeatureTables,
  dialect: SqlDialect,
): string {
  const marks = [measure, where]
    .filter((name) => name !== undefined)
    .filter((name) => measures.get(name)?.hasMask === true)
    .map((name) => `e.${dialect.name_(maskColumn(name))} = 1`);
  if (measure === undefined && where === undefined && hasCounted) marks.push(`e.${COUNTED} = 1`);
  const units = what === "sum" && measure !== undefined ? `e.${dialect.name_(unitsColumn(measure))}` : undefined;
  const one = what === "last" ? "tick" : units === undefined ? "CAST(1 AS BIGINT)" : `CAST(${units} AS BIGINT)`;
  const otherwise = what === "last" ? "" : " ELSE CAST(0 AS BIGINT)";
  const value = marks.length === 0 ? one : `CASE WHEN ${marks.join(" AND ")} THEN ${one}${otherwise} END`;
  const known = group.totals.get(`${what} ${value}`);
  const name = known?.name ?? `t${group.totals.size}`;
  group.totals.set(`${what} ${value}`, { name, value, how: what === "last" ? "max" : "sum" });
  return name;
}

function readAt(group: Group, total: string, shift: number): string {
  if (!group.shifts.includes(shift)) group.shifts.push(shift);
  const at = group.shifts.indexOf(shift);
  const name = `${total}_${at}`;
  const how = [...group.totals.values()].find((one) => one.name === total)?.how ?? "sum";
  const value = `${how}(CASE WHEN shift = ${at} THEN ${total} END)`;
  group.read.set(name, how === "sum" ? `CAST(${value} AS BIGINT)` : value);
  return name;
}

function baseColumns(entity: readonly string[], dialect: SqlDialect): readonly string[] {
  return entity.map((name) => dialect.name_(keyColumn(name)));
}

/** Rows of events or requests with the keys k0, k1 of the entities; a row whose key is a list once for each key in it. */
function keyed(
  table: string,
  alias: string,
  entity: readonly string[],
  { entities }: FeatureTables,
  dialect: SqlDialect,
) {
  const keys = entity.map((name, at) =>
    entities.get(name)?.isList === true ? `l${at}.key` : `${alias}.${dialect.name_(keyColumn(name))}`,
  );
  const joins = entity.flatMap((name, at) =>
    entities.get(name)?.isList === true
      ? [`JOIN ${dialect.name_(listTable(name))} l${at} ON l${at}.list = ${alias}.${dialect.name_(keyColumn(name))}`]
      : [],
  );
  return {
    keys: keys.map((key, at) => `${key} AS k${at}`),
    from: [`${table} ${alias}`, ...joins].join(" "),
    isThere: keys.map((key) => `${key} IS NOT NULL`),
  };
}

/** Events, and for each request the moments at which totals are read: a moment comes before the events of the same time, which it does not see. */
function ticks(
  group: Group,
  at: number,
  tables: FeatureTables,
  dialect: SqlDialect,
  { events, requests }: { readonly events: string; readonly requests: string },
): readonly (readonly [string, string])[] {
  const { entity, arrivesAfter, shifts } = group;
  const totals = [...group.totals.values()];
  const base = baseColumns(entity, dialect);
  const seen = keyed(events, "e", entity, tables, dialect);
  const asked = keyed(`asked_${at}`, "r", entity, tables, dialect);
  const moment =
    arrivesAfter === undefined ? `e.${MOMENT}` : `greatest(e.${MOMENT}, e.${KNOWN_AT} - ${double(arrivesAfter)})`;
  const isSeen = [...seen.isThere, ...(arrivesAfter === undefined ? [] : [`e.${KNOWN_AT} IS NOT NULL`])];
  const where = (conditions: readonly string[]): string =>
    conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const list = (parts: readonly string[]): string => parts.map((part) => `${part}, `).join("");
  // The few rows of a CROSS JOIN stand on its left, here and elsewhere: an engine that goes through the left row by row would hand on each request alone.
  const moments = shifts.map((shift, index) => `SELECT ${index} AS shift, ${double(shift)} AS seconds`);
  return [
    [
      `asked_${at}`,
      `SELECT DISTINCT ${list(base)}${MOMENT} FROM ${requests}${where(base.map((name) => `${name} IS NOT NULL`))}`,
    ],
    [
      `ticks_${at}`,
      `SELECT ${list(entity.map((_, key) => `k${key}`))}tick, is_event, shift, asked${base.map((_, key) => `, b${key}`).join("")}, ${totals.map(({ name, value }) => `${value} AS ${name}`).join(", ")}
    FROM (SELECT e.*, ${list(seen.keys)}${moment} AS tick, 1 AS is_event, -1 AS shift, CAST(NULL AS DOUBLE) AS asked${base.map((name, key) => `, e.${name} AS b${key}`).join("")} FROM ${seen.from}${where(isSeen)}) e
  UNION ALL
  SELECT ${list(asked.keys)}r.${MOMENT} - s.seconds, 0, s.shift, r.${MOMENT}${base.map((name) => `, r.${name}`).join("")}, ${totals.map(({ how }) => (how === "max" ? "CAST(NULL AS DOUBLE)" : "CAST(0 AS BIGINT)")).join(", ")}
    FROM (${moments.join(" UNION ALL ")}) s CROSS JOIN ${asked.from}`,
    ],
  ];
}

const RUNNING = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";

function tablesByKey(
  group: Group,
  at: number,
  tables: FeatureTables,
  dialect: SqlDialect,
  from: { readonly events: string; readonly requests: string },
): readonly (readonly [string, string])[] {
  const keys = group.entity.map((_, key) => `k${key}`).join(", ");
  const order = `(PARTITION BY ${keys} ORDER BY tick, is_event ${RUNNING})`;
  return [
    ...ticks(group, at, tables, dialect, from),
    [`running_${at}`, `SELECT ${carried(group)}, ${totalsOver(group, order)} FROM ticks_${at}`],
    [`window_${at}`, readTable(group, dialect, `running_${at}`)],
  ];
}

/** Totals of all events whatever they touch: those of the days before, and within the day, so that no one task holds all of them. */
function tablesInDays(
  group: Group,
  at: number,
  tables: FeatureTables,
  dialect: SqlDialect,
  from: { readonly events: string; readonly requests: string },
): readonly (readonly [string, string])[] {
  const totals = [...group.totals.values()];
  const before = totals.map(
    ({ name, how }) =>
      `${how}(${name}) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ${name}`,
  );
  const both = totals.map(({ name, how }) =>
    how === "sum"
      ? `coalesce(b.${name}, CAST(0 AS BIGINT)) + d.${name} AS ${name}`
      : `coalesce(d.${name}, b.${name}) AS ${name}`,
  );
  return [
    ...ticks(group, at, tables, dialect, from),
    [
      `daily_${at}`,
      `SELECT day, ${carried(group)}, ${totalsOver(group, `(PARTITION BY day ORDER BY tick, is_event ${RUNNING})`)} FROM (SELECT t.*, floor(tick / 86400e0) AS day FROM ticks_${at} t) t`,
    ],
    [
      `before_${at}`,
      `SELECT day, ${before.join(", ")} FROM (SELECT floor(tick / 86400e0) AS day, ${totals.map(({ name, how }) => `${how}(${name}) AS ${name}`).join(", ")} FROM ticks_${at} GROUP BY floor(tick / 86400e0)) t`,
    ],
    [
      `running_${at}`,
      `SELECT d.shift, d.asked, ${both.join(", ")} FROM daily_${at} d JOIN before_${at} b ON b.day = d.day`,
    ],
    [`window_${at}`, readTable(group, dialect, `running_${at}`)],
  ];
}

function carried({ entity }: Group): string {
  return ["shift", "asked", ...entity.map((_, key) => `b${key}`)].join(", ");
}

function totalsOver({ totals }: Group, order: string): string {
  return [...totals.values()].map(({ name, how }) => `${how}(${name}) OVER ${order} AS ${name}`).join(", ");
}

/** One row for each request that was asked: what its several keys give is added up. */
function readTable({ entity, read }: Group, dialect: SqlDialect, running: string): string {
  const base = baseColumns(entity, dialect);
  const keys = base.map((name, at) => `b${at} AS ${name}`);
  const columns = [...read].map(([name, value]) => `${value} AS ${name}`);
  const groups = ["asked", ...base.map((_, at) => `b${at}`)];
  return `SELECT ${[...keys, "asked", ...columns].join(", ")} FROM ${running} WHERE shift >= 0 GROUP BY ${groups.join(", ")}`;
}
