/** Rows of a file in an SQL table, not yet trusted: bad cells, values out of range and repetitions are mended as the policy says, each counted with its first place. */

import { numbers, type Table, texts } from "../../../core/table.ts";
import { applyPolicy, type RepairPolicy } from "./repair-policy.ts";
import type { Repair } from "./source-report.ts";
import { columnOf, findMalformed, type SourceEnvironment, type SourceTable } from "./source-table.ts";

/** The rows with the file they come from. The SQL table has the column `row`, 1 for the first row of the file, and `problem`. */
export interface StagedRows {
  readonly environment: SourceEnvironment;
  readonly table: SourceTable;
  /** Name of the SQL table. */
  readonly name: string;
  readonly policy: RepairPolicy;
}

/** What is wrong with a cell: `problem` holds 1 for rows with the first of a list of these, 0 for clean ones. */
export interface CellProblem {
  readonly kind: string;
  /** Name of the column in the file. */
  readonly column: string;
  /** Comes after the cell in a sentence. */
  readonly says: string;
}

/** What the policy makes of the rows of the last file read that have too few or too many fields or broken quotes. */
export async function repairMalformed(
  environment: SourceEnvironment,
  table: SourceTable,
  policy: RepairPolicy,
): Promise<Repair | undefined> {
  const malformed = await findMalformed(environment, table);
  if (malformed === undefined) return undefined;
  return applyPolicy(policy, {
    kind: "malformed-row",
    count: malformed.count,
    problem: `a row has not the ${table.columns.length} fields that are due: ${malformed.reason}`,
    where: `${table.path}, line ${malformed.firstLine}`,
    key: "badNumber",
  });
}

/** Leaves out the rows with a problem. */
export async function repairBadCells(rows: StagedRows, problems: readonly CellProblem[]): Promise<readonly Repair[]> {
  const { environment, table, name, policy } = rows;
  const found = await environment.sql.query(
    `SELECT problem, count(*) AS count, min(row) AS row FROM ${name} WHERE problem > 0 GROUP BY problem ORDER BY problem`,
  );
  const repairs: Repair[] = [];
  for (let index = 0; index < found.rows; index++) {
    const { kind, column, says } = problems[numbers(found, "problem")[index] - 1];
    const row = numbers(found, "row")[index];
    const shown = await showCell(environment, table, column, row);
    repairs.push(
      applyPolicy(policy, {
        kind,
        count: numbers(found, "count")[index],
        problem: `${shown} in column \`${column}\` ${says}`,
        where: await placeOf(environment, table, row),
        key: "badNumber",
      }),
    );
  }
  if (found.rows > 0) await environment.sql.query(`DELETE FROM ${name} WHERE problem > 0`);
  return repairs;
}

async function showCell({ sql }: SourceEnvironment, table: SourceTable, name: string, row: number): Promise<string> {
  const cell: Table = await sql.query(
    `SELECT left(CAST(cell AS VARCHAR), 40) AS cell
     FROM (SELECT row_number() OVER () AS row, ${columnOf(table, name)} AS cell FROM ${table.from}) WHERE row = $2`,
    [table.path, row],
  );
  const text = texts(cell, "cell")[0].replaceAll("\0", "\\0");
  return text === "" ? "an empty cell" : `\`${text}\``;
}

/** File and line of a row: rows that DuckDB rejected before it have lines too. */
async function placeOf({ sql }: SourceEnvironment, table: SourceTable, row: number): Promise<string> {
  if (table.firstLine === 0) return `${table.path}, row ${row}`;
  const rejected = await sql.query("SELECT DISTINCT CAST(line AS DOUBLE) AS line FROM reject_errors ORDER BY line");
  let line = row + table.firstLine - 1;
  for (const reject of numbers(rejected, "line")) if (reject <= line) line++;
  return `${table.path}, line ${line}`;
}

/** A number that has to lie between two others: `sql` is its column in the SQL table, `column` the one in the file. */
export interface RangedColumn {
  readonly sql: string;
  readonly column: string;
  readonly range: readonly [number, number];
  /** Which rows have such a number; all where absent. */
  readonly where?: string;
}

/** Leaves out or clips what lies outside. */
export async function repairRange(
  { environment, table, name, policy }: StagedRows,
  { sql: value, column, range, where = "true" }: RangedColumn,
): Promise<Repair | undefined> {
  const { sql } = environment;
  const outside = `${where} AND NOT ${value} BETWEEN $1 AND $2`;
  const found = await sql.query(
    `SELECT count(*) AS count, min(row) AS row, arg_min(${value}, row) AS value FROM ${name} WHERE ${outside}`,
    range,
  );
  const count = numbers(found, "count")[0];
  if (count === 0) return undefined;
  const repair = applyPolicy(policy, {
    kind: "out-of-range",
    count,
    problem: `${numbers(found, "value")[0]} in column \`${column}\` is not between ${range[0]} and ${range[1]}`,
    where: await placeOf(environment, table, numbers(found, "row")[0]),
    key: "outOfRange",
  });
  await sql.query(
    policy.outOfRange === "clip"
      ? `UPDATE ${name} SET ${value} = greatest($1, least($2, ${value})) WHERE ${outside}`
      : `DELETE FROM ${name} WHERE ${outside}`,
    range,
  );
  return repair;
}

/** Keeps one row of those that agree in the SQL columns `keys`. */
export async function repairDuplicates(
  { environment, table, name, policy }: StagedRows,
  keys: readonly string[],
  dirt: { readonly kind: string; readonly problem: string },
): Promise<Repair | undefined> {
  const { sql } = environment;
  const order = policy.duplicates === "keep-first" ? "row" : "row DESC";
  const key = keys.join(", ");
  // Grouping by a hash costs little and finds every candidate; only those few are then compared in full.
  await sql.query(
    `CREATE OR REPLACE TEMP TABLE repeated_rows AS
     SELECT row FROM ${name} WHERE hash(${key}) IN
       (SELECT hash(${key}) AS fold FROM ${name} GROUP BY fold HAVING count(*) > 1)
     QUALIFY row_number() OVER (PARTITION BY ${key} ORDER BY ${order}) > 1`,
  );
  const found = await sql.query("SELECT count(*) AS count, min(row) AS row FROM repeated_rows");
  const count = numbers(found, "count")[0];
  if (count === 0) return undefined;
  const repair = applyPolicy(policy, {
    ...dirt,
    count,
    where: await placeOf(environment, table, numbers(found, "row")[0]),
    key: "duplicates",
  });
  await sql.query(`DELETE FROM ${name} WHERE row IN (SELECT row FROM repeated_rows)`);
  return repair;
}

/** How many rows stood after a later one; `what` are they, in the plural. */
export async function countUnsorted(
  { environment: { sql }, name }: StagedRows,
  what: string,
): Promise<Repair | undefined> {
  const found = await sql.query(
    `SELECT count(*) AS count FROM (SELECT time < lag(time) OVER () AS earlier FROM ${name}) WHERE earlier`,
  );
  const count = numbers(found, "count")[0];
  return count === 0
    ? undefined
    : { kind: "unsorted-time", count, description: `${what} stood after a later one: all were sorted by time` };
}

/** SQL for seconds (or milliseconds, or microseconds) since 1970 as DOUBLE, NULL for what is no moment. */
export function timeExpression(table: SourceTable, name: string): string {
  const column = columnOf(table, name);
  const type = table.types[table.columns.indexOf(name)];
  if (/^(?:TIMESTAMP|DATE)/u.test(type)) return `epoch(${column})`;
  if (type !== "VARCHAR") return `TRY_CAST(${column} AS DOUBLE)`;
  return `coalesce(TRY_CAST(${column} AS DOUBLE), epoch(TRY_CAST(${column} AS TIMESTAMPTZ)))`;
}

/** SQL for the unit of such moments, as `per_second`: their size tells. */
export function timeUnit(table: string): string {
  return `SELECT CASE WHEN max(abs(time)) < 1e11 THEN 1 WHEN max(abs(time)) < 1e14 THEN 1e3 ELSE 1e6 END AS per_second
      FROM ${table} WHERE isfinite(time)`;
}
