/** The same features by SQL: what is written for DuckDB and Spark, run over tables made of a stream, for data that lies in arrays. */

import { FailureError } from "../../../core/outcome.ts";
import { type Column, createTable, numbers, type Table } from "../../../core/table.ts";
import type { EngineStatement, Progress, Sql, SqlEngine } from "../../../system/environment.ts";
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
import { createView, withTables } from "../sql/script.ts";
import { SQL_DIALECTS, type SqlDialect } from "../sql/sql-dialect.ts";
import { engineDiffers } from "./engine-differs.ts";
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
  const query = queryOf(declarations, stream, SQL_DIALECTS.duckdb);
  for (const [name, table] of tablesFor(stream, requests)) await sql.register(name, table);
  const answer = await sql.query(`${query} ORDER BY r.row`);
  return new Map(declarations.map(({ name }, at) => [name, Float64Array.from(numbers(answer, `feature_${at}`))]));
}

/** The same, computed by an engine elsewhere, to the last bit. Throws a `FailureError`, also where a request comes back twice or not at all. */
export async function engineFeatures(
  engine: SqlEngine,
  declarations: readonly FeatureDeclaration[],
  stream: EventStream,
  requests: FeatureRequests,
  progress: Progress = () => undefined,
): Promise<ReadonlyMap<string, Float64Array>> {
  const dialect = SQL_DIALECTS[engine.dialect];
  const query = queryOf(declarations, stream, dialect);
  const statements: EngineStatement[] = [];
  for (const [view, table] of tablesFor(stream, requests)) {
    const rows = `SELECT * FROM ${dialect.parquet(await engine.share(view, table))}`;
    statements.push({
      sql: createView({ view: dialect.name_(view), query: rows, says: "" }),
      says: `the table ${view}`,
    });
  }
  const answer = await engine.answer(statements, query, progress);
  const places = numbers(answer, "row");
  const count = requests.time.length;
  const isThere = new Uint8Array(count);
  for (const place of places) isThere[place] = 1;
  if (places.length !== count || isThere.includes(0))
    engineDiffers(engine.name, `it answered ${places.length} rows for ${count} requests, or one of them twice`);
  return new Map(
    declarations.map(({ name }, at) => {
      const column = new Float64Array(count);
      const values = numbers(answer, `feature_${at}`);
      for (let row = 0; row < count; row++) column[places[row]] = values[row];
      return [name, column];
    }),
  );
}

function queryOf(declarations: readonly FeatureDeclaration[], stream: EventStream, dialect: SqlDialect): string {
  const { tables, joins, columns } = compileFeatures(declarations, tablesOf(stream), dialect);
  const selected = [...columns.values()].map((text, at) => `${text} AS feature_${at}`);
  return withTables(tables, `SELECT ${["r.row", ...selected].join(", ")} FROM ${REQUESTS} r ${joins.join(" ")}`);
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
function tablesFor(stream: EventStream, requests: FeatureRequests): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
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
  tables.set(EVENTS, createTable(columns));
  const asked = requests.time.length;
  const row = Int32Array.from({ length: asked }, (_, at) => at);
  tables.set(REQUESTS, createTable({ row, [MOMENT]: requests.time, ...keyColumns(requests.entities) }));
  for (const [name, table] of entityTables(stream)) tables.set(name, table);
  return tables;
}

/** Lists of keys and facts of each entity, as the tables that compiled features read, whatever happened. */
export function entityTables({
  entities,
  attributes,
}: Pick<EventStream, "entities" | "attributes">): ReadonlyMap<string, Table> {
  const tables = new Map<string, Table>();
  for (const [name, { count, lists }] of entities) {
    if (lists !== undefined) tables.set(listTable(name), listRows({ count, lists, rows: new Int32Array(0) }));
    const facts = [...(attributes.get(name) ?? [])].map(([fact, values]) => [factColumn(fact), values] as const);
    const key = Int32Array.from({ length: count }, (_, at) => at);
    tables.set(factTable(name), createTable({ key, ...Object.fromEntries(facts) }));
  }
  return tables;
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

function listRows(column: EntityColumn): Table {
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
