/** Reads events out of a file: every row is checked in SQL, dirt is mended as the policy says, and what is left comes back sorted by time. */

import { FailureError } from "../../core/outcome.ts";
import { numbers } from "../../core/table.ts";
import type { RepairPolicy } from "../../steps/3-data/sources/repair-policy.ts";
import type { Repair } from "../../steps/3-data/sources/source-report.ts";
import {
  columnOf,
  forgetMalformed,
  type Layout,
  openSourceTable,
  queryFile,
  type SourceEnvironment,
  type SourceTable,
} from "../../steps/3-data/sources/source-table.ts";
import {
  countUnsorted,
  repairBadCells,
  repairDuplicates,
  repairMalformed,
  repairRange,
  type StagedRows,
  timeExpression,
  timeUnit,
} from "../../steps/3-data/sources/staged-rows.ts";
import { EVENT_KINDS, type EventKind, type Events } from "./interactions.ts";

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
  const { columns, policy, range } = source;
  const staged: StagedRows = { environment, table, name: STAGED_EVENTS, policy };
  const repairs = [
    await repairMalformed(environment, table, policy),
    ...(await repairBadCells(
      staged,
      PROBLEMS.map((one) => ({ ...one, column: columns[one.column] ?? one.column })),
    )),
    range === undefined
      ? undefined
      : await repairRange(staged, { sql: "value", column: columns.value ?? "value", range, where: "kind = 0" }),
    await repairDuplicates(staged, ["member", "title", "kind", "time"], {
      kind: "duplicate-events",
      problem: "the same member, title, event and moment occur twice",
    }),
    await countUnsorted(staged, "events"),
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
    unit AS (${timeUnit("read")})
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
