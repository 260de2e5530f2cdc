/** Rows of a file in an SQL table, not yet trusted: bad cells, values out of range and repetitions are mended as the policy says, each counted with its first place. */

import { FailureError } from "../../../core/outcome.ts";
import { numbers, type Table, texts } from "../../../core/table.ts";
import { applyPolicy, type RepairPolicy } from "./repair-policy.ts";
import { keySlices, timeSlices } from "./row-slices.ts";
import type { Repair } from "./source-report.ts";
import { columnOf } from "./source-table.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";

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
  /** The key of the policy that decides; `badNumber` where absent. */
  readonly key?: "badNumber" | "missing";
}

/** What the policy makes of the rows that have too few or too many cells or broken quotes; a policy that stops has stopped the opening already. */
export function repairMalformed(table: SourceTable, policy: RepairPolicy): Repair | undefined {
  const { malformed } = table;
  if (malformed === undefined) return undefined;
  return applyPolicy(policy, {
    kind: "malformed-row",
    count: malformed.count,
    problem: malformed.reason,
    where: malformed.where,
    key: "badNumber",
  });
}

/** Throws a `FailureError` where SQL has read another number of rows than were counted in the text: nothing is lost without a word. */
export async function checkRows({ environment, table, name }: StagedRows): Promise<void> {
  if (table.rows === undefined) return;
  const found = numbers(await environment.sql.query(`SELECT count(*) AS count FROM ${name}`), "count")[0];
  if (found === table.rows) return;
  throw new FailureError({
    code: "unreadable-text",
    message: `${table.rows} rows were counted, but ${found} could be read`,
    where: table.path,
    fix: "write the file again as plain comma-separated text with one kind of line end",
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
    const { kind, column, says, key = "badNumber" } = problems[numbers(found, "problem")[index] - 1];
    const row = numbers(found, "row")[index];
    const shown = await showCell(environment, table, column, row);
    repairs.push(
      applyPolicy(policy, {
        kind,
        count: numbers(found, "count")[index],
        problem: `${shown} in column \`${column}\` ${says}`,
        where: await table.placeOf(row, column),
        key,
      }),
    );
  }
  if (found.rows > 0) await environment.sql.query(`DELETE FROM ${name} WHERE problem > 0`);
  return repairs;
}

async function showCell({ sql }: SourceEnvironment, table: SourceTable, name: string, row: number): Promise<string> {
  const cell: Table = await sql.query(
    `SELECT left(CAST(cell AS VARCHAR), 40) AS cell
     FROM (SELECT row_number() OVER () AS row, ${columnOf(table, name)} AS cell FROM ${table.from}) WHERE row = $1`,
    [row],
  );
  const text = texts(cell, "cell")[0].replaceAll("\0", "\\0");
  return text === "" ? "an empty cell" : `\`${text}\``;
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
    where: await table.placeOf(numbers(found, "row")[0], column),
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

/** SQL table of the rows that repeat another one. */
const REPEATED_ROWS = "repeated_rows";

/** What makes two rows the same, and what they then should agree in. */
export interface Repetition {
  readonly kind: string;
  readonly problem: string;
  /** SQL columns in which the same rows may contradict each other. */
  readonly values: readonly string[];
  /** Whether a contradiction stops the run unless the note says which row counts: a label is at stake. */
  readonly stopsOnContradiction?: boolean;
}

/**
 * Keeps one row of those that agree in the SQL columns `keys`, or all, as the policy says; those that contradict each other are counted. Rows
 * without any key are no repetitions of each other: nothing says that they are one.
 */
export async function repairDuplicates(
  { environment, table, name, policy }: StagedRows,
  keys: readonly string[],
  { kind, problem, values, stopsOnContradiction = false }: Repetition,
  rowsAtOnce?: number,
): Promise<Repair | undefined> {
  const { sql } = environment;
  const order = policy.duplicates === "keep-first" ? "row" : "row DESC";
  const key = keys.join(", ");
  const value = values.length === 0 ? "0" : `hash(${values.join(", ")})`;
  await sql.query(`CREATE OR REPLACE TEMP TABLE ${REPEATED_ROWS} (row BIGINT, contradicts BOOLEAN, place BIGINT)`);
  // Rows of one key are in one slice: of one moment where it is a part of the key.
  const slices = keys.includes("time")
    ? await timeSlices(sql, name, rowsAtOnce)
    : await keySlices(sql, name, key, rowsAtOnce);
  for (const slice of slices) {
    // Grouping by a hash costs little and finds every candidate; only those few are then compared in full.
    await sql.query(
      `INSERT INTO ${REPEATED_ROWS}
       SELECT row, ${value} <> first_value(${value}) OVER same AS contradicts, row_number() OVER same AS place
       FROM ${name} WHERE ${slice} AND (${keys.map((one) => `${one} IS NOT NULL`).join(" OR ")}) AND hash(${key}) IN (SELECT hash(${key}) AS fold FROM ${name} WHERE ${slice} GROUP BY fold HAVING count(*) > 1)
       WINDOW same AS (PARTITION BY ${key} ORDER BY ${order})
       QUALIFY place > 1`,
    );
  }
  const found = await sql.query(
    `SELECT count(*) AS count, min(row) AS row, count(*) FILTER (contradicts) AS contradicting, min(row) FILTER (contradicts) AS other FROM ${REPEATED_ROWS}`,
  );
  const count = numbers(found, "count")[0];
  const letGo = async (): Promise<void> => {
    await sql.query(`DROP TABLE ${REPEATED_ROWS}`);
  };
  if (count === 0) {
    await letGo();
    return undefined;
  }
  const contradicting = numbers(found, "contradicting")[0];
  const differ = contradicting === 0 ? "" : `, ${contradicting} of them with other values`;
  if (contradicting > 0 && stopsOnContradiction && !policy.isDuplicatesSaid) {
    throw new FailureError({
      code: `contradicting-${kind.replace(/^duplicate-/u, "")}`,
      message: `${problem}, ${contradicting} times with another label: which one counts?`,
      where: await table.placeOf(numbers(found, "other")[0]),
      fix: "name the column that tells rows apart (`columns: { id: … }`) where they are different ones, or say which to keep: `repair: { duplicates: { keep: last } }` (first, last, all or error)",
    });
  }
  const repair = applyPolicy(policy, {
    kind,
    problem: `${problem}${differ}`,
    count,
    where: await table.placeOf(numbers(found, "row")[0]),
    key: "duplicates",
  });
  if (policy.duplicates !== "keep-all")
    await sql.query(`DELETE FROM ${name} WHERE row IN (SELECT row FROM ${REPEATED_ROWS} WHERE place > 1)`);
  await letGo();
  return repair;
}

/** How many rows stood after a later one, near or far above; `what` are they, in the plural. */
export async function countUnsorted(
  { environment: { sql }, name }: StagedRows,
  what: string,
): Promise<Repair | undefined> {
  const found = await sql.query(
    `SELECT count(*) AS count FROM (SELECT time < max(time) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS earlier FROM ${name}) WHERE earlier`,
  );
  const count = numbers(found, "count")[0];
  return count === 0
    ? undefined
    : { kind: "unsorted-time", count, description: `${what} stood after a later one: all were sorted by time` };
}
