/** The same features as a DuckDB query with as-of joins: one compiler from declarations to SQL, for data that lives in tables. */

import { createTable, numbers } from "../../../core/table.ts";
import type { Sql } from "../../../system/environment.ts";
import { type EntityColumn, type EventStream, type FeatureRequests, keysOf } from "./event-stream.ts";
import type { Aggregate, FeatureDeclaration } from "./feature-declaration.ts";
import { planFeatures, quantize, type Statistic, type WindowStatistic } from "./feature-plan.ts";

/** What `buildFeatures` gives, computed by DuckDB. Throws a `FailureError` for names that the stream does not have. */
export async function queryFeatures(
  sql: Sql,
  declarations: readonly FeatureDeclaration[],
  stream: EventStream,
  requests: FeatureRequests,
): Promise<ReadonlyMap<string, Float64Array>> {
  await registerTables(sql, stream, requests);
  const { tables, select } = compileFeatures(declarations, stream);
  for (const [at, table] of tables.entries()) {
    await sql.query(`CREATE OR REPLACE TEMP TABLE feature_window_${at} AS ${table}`);
  }
  const result = await sql.query(select);
  return new Map(declarations.map(({ name }, at) => [name, Float64Array.from(numbers(result, `feature_${at}`))]));
}

/** SQL over the tables that `registerTables` names. */
export interface CompiledFeatures {
  /** What the tables feature_window_0, feature_window_1, … hold: one row per request that has a key. */
  readonly tables: readonly string[];
  /** One row per request, in order, with the columns feature_0, feature_1, … */
  readonly select: string;
}

/** Each window is the difference of two running totals, found by as-of joins that look strictly before the request. */
function compileFeatures(declarations: readonly FeatureDeclaration[], stream: EventStream): CompiledFeatures {
  const plans = planFeatures(declarations, stream);
  const tables = new Map<string, string>();
  for (const statistic of plans.flatMap((plan) => plan.statistics)) {
    const name = tableOf(statistic);
    if (!tables.has(name)) {
      const text =
        statistic.what === "attribute"
          ? attributeTable(statistic.entity, statistic.column, stream)
          : windowTable(statistic, stream);
      tables.set(name, text);
    }
  }
  const names = [...tables.keys()];
  const alias = (statistic: Statistic): string => `s${names.indexOf(tableOf(statistic))}`;
  const known = new Map<string, string>();
  declarations.forEach((declaration) => {
    known.set(declaration.name, expressionOf(declaration.aggregate, declaration, stream, alias, known));
  });
  const selected = declarations.map(({ name }, at) => `${known.get(name)} AS feature_${at}`).join(",\n  ");
  const joins = names.map((_, at) => `LEFT JOIN feature_window_${at} s${at} ON s${at}.row = r.row`).join("\n");
  return {
    tables: [...tables.values()],
    select: `SELECT ${selected}\nFROM feature_requests r\n${joins}\nORDER BY r.row`,
  };
}

/** Statistics over the same events and window come out of one subquery. */
function tableOf(statistic: Statistic): string {
  const { what, ...rest } = statistic;
  return what === "attribute"
    ? JSON.stringify(statistic)
    : JSON.stringify(rest, (_, value) => (value === Number.POSITIVE_INFINITY ? "all" : value));
}

function windowTable(statistic: WindowStatistic, stream: EventStream): string {
  const { entity, measure, window, delay } = statistic;
  const keys = entity.map((_, at) => `k${at}`);
  const eventKeys = entity.map(
    (name, at) => `JOIN feature_event_${indexOf(stream.entities, name)} j${at} ON j${at}.row = e.row`,
  );
  const requestKeys = entity.map(
    (name, at) => `JOIN feature_request_${indexOf(stream.entities, name)} j${at} ON j${at}.row = r.row`,
  );
  const selectKeys = keys.map((key, at) => `j${at}.key AS ${key}, `).join("");
  const partition = keys.length === 0 ? "" : `PARTITION BY ${keys.join(", ")} `;
  const match = (side: string): string => keys.map((key) => `AND asked.${key} = ${side}.${key} `).join("");
  const value = measure === undefined ? "1.0" : `e.v${indexOf(stream.measures, measure)}`;
  const hasStart = window !== Number.POSITIVE_INFINITY;
  return `
    WITH log AS (SELECT ${selectKeys}e.time, count(*) AS events, sum(${value}) AS total
        FROM feature_events e ${eventKeys.join(" ")} WHERE ${conditionOf(statistic, stream)} GROUP BY ALL),
      running AS (SELECT ${keys.map((key) => `${key}, `).join("")}time,
        sum(events) OVER (${partition}ORDER BY time) AS events, sum(total) OVER (${partition}ORDER BY time) AS total FROM log),
      asked AS (SELECT ${selectKeys}r.row, r.time - ${delay} AS until, r.time - ${hasStart ? delay + window : delay} AS since
        FROM feature_requests r ${requestKeys.join(" ")})
    SELECT asked.row, sum(coalesce(new.events, 0)${hasStart ? " - coalesce(old.events, 0)" : ""}) AS events,
      sum(coalesce(new.total, 0)${hasStart ? " - coalesce(old.total, 0)" : ""}) AS total,
      max(new.time)${hasStart ? " FILTER (new.time >= asked.since)" : ""} AS last
    FROM asked ASOF LEFT JOIN running new ON asked.until > new.time ${match("new")}
      ${hasStart ? `ASOF LEFT JOIN running old ON asked.since > old.time ${match("old")}` : ""}
    GROUP BY asked.row`;
}

function conditionOf({ measure, where }: WindowStatistic, stream: EventStream): string {
  if (measure === undefined && where === undefined) return "e.counted = 1";
  const masks = [measure, where].filter((name) => name !== undefined);
  return masks.map((name) => `e.m${indexOf(stream.measures, name)} = 1`).join(" AND ");
}

function attributeTable(entity: string, column: string, stream: EventStream): string {
  const attribute = `feature_attribute_${indexOf(stream.entities, entity)}`;
  const at = indexOf(stream.attributes.get(entity) ?? new Map(), column);
  return (
    `SELECT j.row, CASE WHEN count(a.c${at}) = count(*) THEN avg(a.c${at}) END AS value ` +
    `FROM feature_request_${indexOf(stream.entities, entity)} j JOIN ${attribute} a ON a.key = j.key GROUP BY j.row`
  );
}

function indexOf(names: ReadonlyMap<string, unknown>, name: string): number {
  return [...names.keys()].indexOf(name);
}

/** The arithmetic of an aggregate in SQL; NULL where nothing is known. */
function expressionOf(
  aggregate: Aggregate,
  declaration: FeatureDeclaration,
  stream: EventStream,
  alias: (statistic: Statistic) => string,
  known: ReadonlyMap<string, string>,
): string {
  const { entity, window, delay, where, smoothing, current } = declaration;
  if (current !== undefined) return withCurrent(aggregate, declaration, current, stream, alias, known);
  const about = (measure: string | undefined, entities = entity): string =>
    alias({ what: "count", entity: entities, measure, where, window, delay });
  const quotient = (above: string, aboveOf: string | undefined, below: string | undefined): string => {
    const part = (column: string, table: string): string => `coalesce(${table}.${column}, 0)`;
    const [top, bottom] = [part(above, about(aboveOf)), part("events", about(below))];
    if (smoothing === 0) return `(${top} / nullif(${bottom}, 0))`;
    const prior = `(${part(above, about(aboveOf, []))} / nullif(${part("events", about(below, []))}, 0))`;
    return `((${top} + ${smoothing} * ${prior}) / (${bottom} + ${smoothing}))`;
  };
  switch (aggregate.kind) {
    case "count":
      return `coalesce(${about(aggregate.measure)}.events, 0)`;
    case "sum":
      return `coalesce(${about(aggregate.measure)}.total, 0)`;
    case "recency":
      return `(r.time - ${about(aggregate.measure)}.last)`;
    case "mean":
      return quotient("total", aggregate.measure, aggregate.measure);
    case "rate": {
      const per = stream.measures.get(aggregate.measure)?.per;
      return per === undefined
        ? quotient("total", aggregate.measure, aggregate.measure)
        : quotient("events", aggregate.measure, per);
    }
    case "ratio": {
      const part = (one: Aggregate): string => expressionOf(one, declaration, stream, alias, known);
      return `(${part(aggregate.numerator)} / nullif(${part(aggregate.denominator)}, 0))`;
    }
    case "value":
    case "age": {
      const value = `${alias({ what: "attribute", entity: entity[0], column: aggregate.column })}.value`;
      return aggregate.kind === "value" ? value : `(CASE WHEN ${value} <= r.time THEN r.time - ${value} END)`;
    }
    case "feature":
      return known.get(aggregate.name) ?? "NULL";
    default:
      return aggregate satisfies never;
  }
}

/** The same with one event more, whose value is an attribute of the entity `current`. */
function withCurrent(
  aggregate: Aggregate,
  { current: _, ...past }: FeatureDeclaration,
  current: string,
  stream: EventStream,
  alias: (statistic: Statistic) => string,
  known: ReadonlyMap<string, string>,
): string {
  const measure = "measure" in aggregate ? aggregate.measure : undefined;
  const count = `(${expressionOf({ kind: "count", measure }, past, stream, alias, known)} + 1)`;
  if (aggregate.kind === "count" || measure === undefined) return count;
  const own = `round(${alias({ what: "attribute", entity: current, column: measure })}.value * 1048576) / 1048576`;
  const sum = `(${expressionOf({ kind: "sum", measure }, past, stream, alias, known)} + ${own})`;
  return aggregate.kind === "sum" ? sum : `(${sum} / ${count})`;
}

/** Puts stream and requests into the tables feature_events, feature_requests, feature_event_i, feature_request_i and feature_attribute_i. */
async function registerTables(sql: Sql, stream: EventStream, requests: FeatureRequests): Promise<void> {
  const rows = stream.time.length;
  const measures = [...stream.measures.values()].flatMap(({ mask, values }, at) => [
    [`m${at}`, mask ?? new Uint8Array(rows).fill(1)] as const,
    [`v${at}`, values === undefined ? new Float64Array(rows).fill(1) : Float64Array.from(values, quantize)] as const,
  ]);
  const columns = { row: rowNumbers(rows), time: stream.time, counted: stream.counted ?? new Uint8Array(rows).fill(1) };
  await sql.register("feature_events", createTable({ ...columns, ...Object.fromEntries(measures) }));
  const asked = requests.time.length;
  await sql.register("feature_requests", createTable({ row: rowNumbers(asked), time: requests.time }));
  let index = 0;
  for (const [name, column] of stream.entities) {
    await sql.register(`feature_event_${index}`, keyTable(column, rows));
    const requested = requests.entities.get(name);
    if (requested !== undefined) await sql.register(`feature_request_${index}`, keyTable(requested, asked));
    const attributes = [...(stream.attributes.get(name) ?? [])].map(([, values], at) => [`c${at}`, values] as const);
    await sql.register(
      `feature_attribute_${index}`,
      createTable({ key: rowNumbers(column.count), ...Object.fromEntries(attributes) }),
    );
    index++;
  }
}

function rowNumbers(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row);
}

function keyTable(column: EntityColumn, rows: number): ReturnType<typeof createTable> {
  const row: number[] = [];
  const key: number[] = [];
  for (let at = 0; at < rows; at++) {
    for (const one of Array.from(keysOf(column, at))) {
      row.push(at);
      key.push(one);
    }
  }
  return createTable({ row: Int32Array.from(row), key: Int32Array.from(key) });
}
