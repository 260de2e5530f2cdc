/** Reads events out of a file: every row is checked in SQL, dirt is mended as the policy says, and what is left comes back sorted by time. */

import { FailureError } from "../../../core/outcome.ts";
import { numbers, type Table, texts } from "../../../core/table.ts";
import { EVENT_KINDS, type EventKind, type Events, type Repair } from "../interactions.ts";
import { applyPolicy, type Dirt, type RepairPolicy } from "./repair-policy.ts";
import {
  columnOf,
  findMalformed,
  forgetMalformed,
  type Layout,
  openSourceTable,
  queryFile,
  type SourceEnvironment,
  type SourceTable,
} from "./source-table.ts";

/** Which column holds what, and what is done about dirt. */
export interface EventsSource {
  readonly path: string;
  readonly layout: Layout;
  /** Names of columns in the file. */
  readonly columns: EventColumns;
  /** The kind of every event where no column says it. Default `rating` with a value column, else `view`. */
  readonly kind?: EventKind;
  /** Smallest and largest allowed value. */
  readonly range?: readonly [number, number];
  readonly policy: RepairPolicy;
}

/** Names of the columns by what they mean; those left out have no column. */
export interface EventColumns {
  readonly member: string;
  readonly title: string;
  /** Unix seconds, milliseconds or microseconds (told apart by size), ISO 8601 text (UTC unless it says otherwise), or an SQL timestamp. */
  readonly time: string;
  readonly value?: string;
  /** Holds `rating`, `view`, `click` or `impression`. */
  readonly event?: string;
  readonly position?: string;
}

/** SQL table of cleaned events, made by `stageEvents`: row, member and title as text, time, kind, value, position. */
export const STAGED_EVENTS = "staged_events";

/** Checks and cleans the rows of a file into the SQL table `STAGED_EVENTS`. Throws a `FailureError` for dirt that the policy does not mend. */
export async function stageEvents(environment: SourceEnvironment, source: EventsSource): Promise<readonly Repair[]> {
  const table = await openSourceTable(environment, source.path, source.layout);
  const select = selectEvents(table, source);
  await forgetMalformed(environment);
  const staging = `CREATE OR REPLACE TEMP TABLE ${STAGED_EVENTS} AS ${select}`;
  await queryFile(environment, table, source.layout.kind, staging);
  const repairs = [
    await repairMalformed(environment, table, source.policy),
    ...(await repairBadRows(environment, table, source)),
    await repairRange(environment, table, source),
    await repairDuplicates(environment, table, source.policy),
    await countUnsorted(environment),
  ];
  const { rows } = await environment.sql.query(`SELECT 1 AS one FROM ${STAGED_EVENTS} LIMIT 1`);
  if (rows === 0) {
    throw new FailureError({
      code: "no-events",
      message: "no usable row is in the file",
      where: source.path,
      fix: "name a file with at least one event, and check which column holds what",
    });
  }
  return repairs.filter((repair) => repair !== undefined);
}

/** Fetches the staged events, with members and titles as indices of the SQL tables named (columns id and index). */
export async function fetchEvents(
  { sql }: SourceEnvironment,
  members: string,
  titles: string,
  hasPosition: boolean,
): Promise<Events> {
  const result = await sql.query(
    `SELECT m.index AS member, t.index AS title, e.time, e.kind, e.value${hasPosition ? ", e.position" : ""}
     FROM ${STAGED_EVENTS} e JOIN ${members} m ON m.id = e.member JOIN ${titles} t ON t.id = e.title
     ORDER BY e.time, e.row`,
  );
  return {
    count: result.rows,
    member: new Int32Array(numbers(result, "member")),
    title: new Int32Array(numbers(result, "title")),
    time: new Float64Array(numbers(result, "time")),
    kind: new Uint8Array(numbers(result, "kind")),
    value: new Float32Array(numbers(result, "value")),
    ...(hasPosition ? { position: new Int32Array(numbers(result, "position")) } : {}),
  };
}

/** Number of a kind of dirt in the staged table; 0 is clean. */
const PROBLEMS = [
  { kind: "missing-id", column: "member", says: "where a member belongs" },
  { kind: "missing-id", column: "title", says: "where a title belongs" },
  { kind: "nul-bytes", column: "title", says: "holds a NUL byte in an identifier" },
  { kind: "bad-time", column: "time", says: "is no moment" },
  { kind: "bad-number", column: "value", says: "is no number" },
  { kind: "unknown-event", column: "event", says: `is none of ${EVENT_KINDS.join(", ")}` },
  { kind: "bad-number", column: "position", says: "is no whole number from 0 up" },
] as const satisfies readonly { kind: string; column: keyof EventColumns; says: string }[];

function selectEvents(table: SourceTable, { columns, kind }: EventsSource): string {
  const member = `CAST(${columnOf(table, columns.member)} AS VARCHAR)`;
  const title = `CAST(${columnOf(table, columns.title)} AS VARCHAR)`;
  const time = timeExpression(table, columns.time);
  const value = columns.value === undefined ? "1.0" : `TRY_CAST(${columnOf(table, columns.value)} AS DOUBLE)`;
  const position = columns.position === undefined ? "0" : positionExpression(columnOf(table, columns.position));
  const fixedKind = kind ?? (columns.value === undefined ? "view" : "rating");
  const code =
    columns.event === undefined
      ? String(EVENT_KINDS.indexOf(fixedKind))
      : `list_position([${EVENT_KINDS.map((one) => `'${one}'`).join(", ")}], lower(trim(${columnOf(table, columns.event)}))) - 1`;
  return `
    WITH read AS (
      SELECT row_number() OVER () AS row, trim(${member}) AS member, trim(${title}) AS title, ${time} AS time,
        ${code} AS kind, ${value} AS value, ${position} AS position
      FROM ${table.from}),
    unit AS (SELECT CASE WHEN max(abs(time)) < 1e11 THEN 1 WHEN max(abs(time)) < 1e14 THEN 1e3 ELSE 1e6 END AS per_second
      FROM read WHERE isfinite(time))
    SELECT row, member, title, time / per_second AS time, CAST(kind AS UTINYINT) AS kind, CAST(value AS FLOAT) AS value,
      position,
      CASE WHEN coalesce(member, '') = '' THEN 1 WHEN coalesce(title, '') = '' THEN 2
        WHEN contains(member, chr(0)) OR contains(title, chr(0)) THEN 3
        WHEN time IS NULL OR NOT isfinite(time) THEN 4 WHEN value IS NULL OR NOT isfinite(value) THEN 5
        WHEN kind IS NULL THEN 6 WHEN position < 0 THEN 7 ELSE 0 END AS problem
    FROM read, unit`;
}

/** A place from 0 up, 0 for an empty cell, -1 for what is no whole number. */
function positionExpression(column: string): string {
  const text = `trim(CAST(${column} AS VARCHAR))`;
  return `CASE WHEN coalesce(${text}, '') = '' THEN 0 WHEN regexp_full_match(${text}, '\\d{1,9}') THEN CAST(${text} AS INTEGER) ELSE -1 END`;
}

/** Seconds (or milliseconds, or microseconds) since 1970 as DOUBLE, NULL for what is no moment. */
function timeExpression(table: SourceTable, name: string): string {
  const column = columnOf(table, name);
  const type = table.types[table.columns.indexOf(name)];
  if (/^(?:TIMESTAMP|DATE)/u.test(type)) return `epoch(${column})`;
  if (type !== "VARCHAR") return `TRY_CAST(${column} AS DOUBLE)`;
  return `coalesce(TRY_CAST(${column} AS DOUBLE), epoch(TRY_CAST(${column} AS TIMESTAMPTZ)))`;
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

async function repairBadRows(
  environment: SourceEnvironment,
  table: SourceTable,
  source: EventsSource,
): Promise<readonly Repair[]> {
  const found = await environment.sql.query(
    `SELECT problem, count(*) AS count, min(row) AS row FROM ${STAGED_EVENTS} WHERE problem > 0 GROUP BY problem ORDER BY problem`,
  );
  const repairs: Repair[] = [];
  for (let index = 0; index < found.rows; index++) {
    const problem = PROBLEMS[numbers(found, "problem")[index] - 1];
    const row = numbers(found, "row")[index];
    const name = source.columns[problem.column] ?? problem.column;
    const shown = await showCell(environment, table, name, row);
    const dirt: Dirt = {
      kind: problem.kind,
      count: numbers(found, "count")[index],
      problem: `${shown} in column \`${name}\` ${problem.says}`,
      where: await placeOf(environment, table, row),
      key: "badNumber",
    };
    repairs.push(applyPolicy(source.policy, dirt));
  }
  if (found.rows > 0) await environment.sql.query(`DELETE FROM ${STAGED_EVENTS} WHERE problem > 0`);
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

async function repairRange(
  environment: SourceEnvironment,
  table: SourceTable,
  { range, policy, columns }: EventsSource,
): Promise<Repair | undefined> {
  if (range === undefined) return undefined;
  const { sql } = environment;
  const outside = "kind = 0 AND NOT value BETWEEN $1 AND $2";
  const found = await sql.query(
    `SELECT count(*) AS count, min(row) AS row, arg_min(value, row) AS value FROM ${STAGED_EVENTS} WHERE ${outside}`,
    range,
  );
  const count = numbers(found, "count")[0];
  if (count === 0) return undefined;
  const repair = applyPolicy(policy, {
    kind: "out-of-range",
    count,
    problem: `${numbers(found, "value")[0]} in column \`${columns.value}\` is not between ${range[0]} and ${range[1]}`,
    where: await placeOf(environment, table, numbers(found, "row")[0]),
    key: "outOfRange",
  });
  await sql.query(
    policy.outOfRange === "clip"
      ? `UPDATE ${STAGED_EVENTS} SET value = greatest($1, least($2, value)) WHERE ${outside}`
      : `DELETE FROM ${STAGED_EVENTS} WHERE ${outside}`,
    range,
  );
  return repair;
}

async function repairDuplicates(
  environment: SourceEnvironment,
  table: SourceTable,
  policy: RepairPolicy,
): Promise<Repair | undefined> {
  const { sql } = environment;
  const order = policy.duplicates === "keep-first" ? "row" : "row DESC";
  // Grouping by a hash costs little and finds every candidate; only those few are then compared in full.
  await sql.query(
    `CREATE OR REPLACE TEMP TABLE repeated_rows AS
     SELECT row FROM ${STAGED_EVENTS} WHERE hash(member, title, kind, time) IN
       (SELECT hash(member, title, kind, time) AS fold FROM ${STAGED_EVENTS} GROUP BY fold HAVING count(*) > 1)
     QUALIFY row_number() OVER (PARTITION BY member, title, kind, time ORDER BY ${order}) > 1`,
  );
  const found = await sql.query("SELECT count(*) AS count, min(row) AS row FROM repeated_rows");
  const count = numbers(found, "count")[0];
  if (count === 0) return undefined;
  const repair = applyPolicy(policy, {
    kind: "duplicate-events",
    count,
    problem: "the same member, title, event and moment occur twice",
    where: await placeOf(environment, table, numbers(found, "row")[0]),
    key: "duplicates",
  });
  await sql.query(`DELETE FROM ${STAGED_EVENTS} WHERE row IN (SELECT row FROM repeated_rows)`);
  return repair;
}

async function countUnsorted({ sql }: SourceEnvironment): Promise<Repair | undefined> {
  const found = await sql.query(
    `SELECT count(*) AS count FROM (SELECT time < lag(time) OVER () AS earlier FROM ${STAGED_EVENTS}) WHERE earlier`,
  );
  const count = numbers(found, "count")[0];
  return count === 0
    ? undefined
    : { kind: "unsorted-time", count, description: "events stood after a later one: all were sorted by time" };
}
