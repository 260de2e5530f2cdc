/** The same features by SQL: what is written for DuckDB and Spark, run over tables made of a stream, for data that lies in arrays. */

import { FailureError } from "../../../core/outcome.ts";
import { type Column, createTable, numbers } from "../../../core/table.ts";
import type { Sql } from "../../../system/environment.ts";
import { compileFeatures } from "../sql/feature-query.ts";
import {
  COUNTED,
  EVENTS,
  type FeatureTables,
  factColumn,
  factTable,
  KNOWN_AT,
  keyColumn,
  listTable,
  MOMENT,
  maskColumn,
  REQUESTS,
  unitsColumn,
} from "../sql/feature-tables.ts";
import { SQL_DIALECTS } from "../sql/sql-dialect.ts";
import type { EntityColumn, EventStream, FeatureRequests } from "./event-stream.ts";
import { keysOf } from "./event-stream.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { exactUnits, LARGEST_EXACT_SUM, notExact } from "./feature-plan.ts";

/** What `buildFeatures` gives, computed by DuckDB. Throws a `FailureError` for names that the stream does not have. */
export async function queryFeatures(
  sql: Sql,
  declarations: readonly FeatureDeclaration[],
  stream: EventStream,
  requests: FeatureRequests,
): Promise<ReadonlyMap<string, Float64Array>> {
  const { tables, joins, columns } = compileFeatures(declarations, tablesOf(stream), SQL_DIALECTS.duckdb);
  await registerTables(sql, stream, requests);
  const withs = tables.map(([name, text]) => `${name} AS (${text})`);
  const selected = [...columns.values()].map((text, at) => `${text} AS feature_${at}`);
  const result = await sql.query(
    `${withs.length === 0 ? "" : `WITH ${withs.join(",\n")}`} SELECT ${selected.join(", ")} FROM ${REQUESTS} r ${joins.join(" ")} ORDER BY r.row`,
  );
  return new Map(declarations.map(({ name }, at) => [name, Float64Array.from(numbers(result, `feature_${at}`))]));
}

function tablesOf({ entities, measures, counted, arrival, attributes }: EventStream): FeatureTables {
  return {
    entities: new Map([...entities].map(([name, { lists }]) => [name, { isList: lists !== undefined }])),
    measures: new Map(
      [...measures].map(([name, { mask, values, ...rest }]) => [
        name,
        { ...rest, hasMask: mask !== undefined, hasUnits: values !== undefined },
      ]),
    ),
    hasCounted: counted !== undefined,
    ...(arrival === undefined ? {} : { arrival: arrival.measure }),
    attributes,
    isMissingWithoutKey: false,
  };
}

/** Stream and requests as the tables that compiled features read. */
async function registerTables(sql: Sql, stream: EventStream, requests: FeatureRequests): Promise<void> {
  const rows = stream.time.length;
  const columns: Record<string, Column> = { [MOMENT]: stream.time, ...keyColumns(stream.entities) };
  if (stream.counted !== undefined) columns[COUNTED] = stream.counted;
  if (stream.arrival !== undefined)
    columns[KNOWN_AT] = stream.arrival.knownAt.map((at) => (Number.isFinite(at) ? at : Number.NaN));
  for (const [name, { mask, values }] of stream.measures) {
    if (mask !== undefined) columns[maskColumn(name)] = mask;
    if (values === undefined) continue;
    const units = Float64Array.from({ length: rows }, (_, row) =>
      mask === undefined || mask[row] === 1 ? exactUnits(values[row]) : 0,
    );
    const size = units.reduce((sum, one) => sum + Math.abs(one), 0);
    if (!(size / exactUnits(1) < LARGEST_EXACT_SUM)) throw new FailureError(notExact(name, size / exactUnits(1)));
    columns[unitsColumn(name)] = units;
  }
  await sql.register(EVENTS, createTable(columns));
  const asked = requests.time.length;
  const row = Int32Array.from({ length: asked }, (_, at) => at);
  await sql.register(REQUESTS, createTable({ row, [MOMENT]: requests.time, ...keyColumns(requests.entities) }));
  for (const [name, { count, lists }] of stream.entities) {
    if (lists !== undefined) await sql.register(listTable(name), listRows({ count, lists, rows: new Int32Array(0) }));
    const facts = [...(stream.attributes.get(name) ?? [])].map(([fact, values]) => [factColumn(fact), values] as const);
    const key = Int32Array.from({ length: count }, (_, at) => at);
    await sql.register(factTable(name), createTable({ key, ...Object.fromEntries(facts) }));
  }
}

/** Keys of each row, as numbers; missing where a row is about nobody. */
function keyColumns(entities: ReadonlyMap<string, EntityColumn>): Record<string, Column> {
  return Object.fromEntries(
    [...entities].map(([name, { rows }]) => [
      keyColumn(name),
      Float64Array.from(rows, (key) => (key < 0 ? Number.NaN : key)),
    ]),
  );
}

function listRows(column: EntityColumn): ReturnType<typeof createTable> {
  const list: number[] = [];
  const key: number[] = [];
  const lists = (column.lists?.offsets.length ?? 1) - 1;
  const places = { ...column, rows: Int32Array.from({ length: lists }, (_, at) => at) };
  for (let at = 0; at < lists; at++) {
    for (const one of Array.from(keysOf(places, at))) {
      list.push(at);
      key.push(one);
    }
  }
  return createTable({ list: Int32Array.from(list), key: Int32Array.from(key) });
}
