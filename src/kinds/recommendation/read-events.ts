/** Reads events out of a file: every row is checked in SQL, dirt is mended as the policy says, and what is left comes back sorted by time. */

import { FailureError } from "../../core/outcome.ts";
import { numbers } from "../../core/table.ts";
import { cellIsFilled, cellNumber, cellText } from "../../steps/3-data/sources/cell-text.ts";
import type { TimeReading } from "../../steps/3-data/sources/read-time.ts";
import type { RepairPolicy } from "../../steps/3-data/sources/repair-policy.ts";
import { timeSlices } from "../../steps/3-data/sources/row-slices.ts";
import type { Repair } from "../../steps/3-data/sources/source-report.ts";
import { columnOf, queryFile } from "../../steps/3-data/sources/source-table.ts";
import {
  type CellProblem,
  checkRows,
  countUnsorted,
  repairBadCells,
  repairDuplicates,
  repairMalformed,
  repairRange,
  type StagedRows,
} from "../../steps/3-data/sources/staged-rows.ts";
import type { SourceEnvironment, SourceTable } from "../../steps/3-data/sources/table-types.ts";
import { planKinds, UNLISTED } from "./event-kinds.ts";
import type { EventKind, Events } from "./interactions.ts";

/** Which column holds what, and what is done about dirt. */
export interface EventsSource {
  readonly table: SourceTable;
  /** Names of columns in the file. */
  readonly columns: EventColumns;
  /** How moments are read; null for data without time, whose order is that of the file. */
  readonly time: TimeReading | null;
  /** When a row became known: as a column says, seconds after the event, or the later of both. */
  readonly known?: { readonly column?: TimeReading; readonly delay?: number };
  /** The kind of every event where no column says it. Default `rating` with a value column, else `view`. */
  readonly kind?: EventKind;
  /** The note's own names for the values of the event's column. */
  readonly events?: Readonly<Record<string, string>>;
  /** Smallest and largest allowed value. */
  readonly range?: readonly [number, number];
  readonly policy: RepairPolicy;
}

/** Names of the columns by what they mean; those left out have no column. */
export interface EventColumns {
  readonly member: string;
  readonly title: string;
  readonly value?: string;
  /** Holds the kind of event. */
  readonly event?: string;
  readonly position?: string;
  /** An identifier of the row: two rows with different ones are not the same. */
  readonly id?: string;
}

/** SQL table of cleaned events, made by `stageEvents`: row, member and title as text, time, kind, value, position. */
export const STAGED_EVENTS = "staged_events";

/** What was staged: the names of the kinds by their code, and what was mended. */
export interface StagedEvents {
  readonly kinds: readonly string[];
  readonly repairs: readonly Repair[];
}

/** Checks and cleans the rows of a file into the SQL table `STAGED_EVENTS`. Throws a `FailureError` for dirt that the policy does not mend. */
export async function stageEvents(environment: SourceEnvironment, source: EventsSource): Promise<StagedEvents> {
  const { table, columns, policy, range, time, known } = source;
  const { kinds, sql: kind } = await planKinds(environment, source);
  const staging = `CREATE OR REPLACE TEMP TABLE ${STAGED_EVENTS} AS ${selectEvents(source, kind)}`;
  await queryFile(environment, table, staging);
  const staged: StagedRows = { environment, table, name: STAGED_EVENTS, policy };
  await checkRows(staged);
  const by = policy.duplicatesBy?.map((name) => `by_${columnOf(table, name)}`);
  const same = by ?? (columns.id === undefined ? ["member", "title", "kind", "time"] : ["id"]);
  const repairs = [
    repairMalformed(table, policy),
    await leaveOutUnlisted(staged, source),
    ...(await repairBadCells(staged, cellProblems(source))),
    range === undefined || columns.value === undefined
      ? undefined
      : await repairRange(staged, { sql: "value", column: columns.value, range, where: "kind = 0" }),
    time === null && by === undefined && columns.id === undefined
      ? undefined
      : await repairDuplicates(staged, same, {
          kind: "duplicate-events",
          problem:
            by === undefined && columns.id === undefined
              ? "the same member, title, event and moment occur twice"
              : `the same ${(policy.duplicatesBy ?? [columns.id]).join(", ")} occurs twice`,
          values: ["member", "title", "kind", "value", ...(time === null ? [] : ["time"])],
        }),
    time === null ? undefined : await countUnsorted(staged, "events"),
    known === undefined ? undefined : await waitUntilKnown(staged),
  ];
  const { rows } = await environment.sql.query(`SELECT 1 AS one FROM ${STAGED_EVENTS} LIMIT 1`);
  if (rows === 0) {
    throw new FailureError({
      code: "no-events",
      message: "no usable row is in the file",
      where: table.path,
      fix: "name a file with at least one event, and check which column holds what",
    });
  }
  return { kinds, repairs: repairs.filter((repair) => repair !== undefined) };
}

/** Fetches the staged events, with members and titles as indices of the SQL tables named (columns id and index). The three tables are gone afterwards. */
export async function fetchEvents(
  { sql }: SourceEnvironment,
  members: string,
  titles: string,
  hasPosition: boolean,
  hasKnown = false,
  rowsAtOnce?: number,
): Promise<Events> {
  const counted = await sql.query(`SELECT count(*) AS count FROM ${STAGED_EVENTS}`);
  const most = numbers(counted, "count")[0];
  // In the widths that they are kept in: a copy of a hundred million rows is a gigabyte.
  const columns = {
    member: new Int32Array(most),
    title: new Int32Array(most),
    time: new Float64Array(most),
    kind: new Uint8Array(most),
    value: new Float32Array(most),
    ...(hasKnown ? { happened: new Float64Array(most) } : {}),
    ...(hasPosition ? { position: new Int32Array(most) } : {}),
  };
  let count = 0;
  for (const slice of await timeSlices(sql, STAGED_EVENTS, rowsAtOnce)) {
    const result = await sql.query(
      `SELECT m.index AS member, t.index AS title, e.time, CAST(e.kind AS UTINYINT) AS kind, CAST(e.value AS FLOAT) AS value${hasPosition ? ", CAST(e.position AS INTEGER) AS position" : ""}${hasKnown ? ", e.happened" : ""}
       FROM (SELECT * FROM ${STAGED_EVENTS} WHERE ${slice}) e JOIN ${members} m ON m.id = e.member JOIN ${titles} t ON t.id = e.title
       ORDER BY e.time, e.row`,
    );
    for (const [name, column] of Object.entries(columns)) column.set(numbers(result, name), count);
    count += result.rows;
  }
  // Both tables were made of these very events.
  if (count !== most) throw new Error(`${most} events were staged, and ${count} name a member and a title`);
  // What the engine holds of them would stay beside the columns for the rest of the run.
  for (const table of [STAGED_EVENTS, members, titles]) await sql.query(`DROP TABLE ${table}`);
  await sql.release?.();
  return { count, ...columns };
}

/** From here on an event's time is when it became known, and what never was is left out; when it happened stands beside it. */
async function waitUntilKnown({ environment: { sql }, name }: StagedRows): Promise<Repair | undefined> {
  await sql.query(`ALTER TABLE ${name} ADD COLUMN happened DOUBLE`);
  await sql.query(`UPDATE ${name} SET happened = time, time = greatest(time, known)`);
  const found = await sql.query(`SELECT count(*) AS count FROM ${name} WHERE known IS NULL OR NOT isfinite(known)`);
  const count = numbers(found, "count")[0];
  if (count === 0) return undefined;
  await sql.query(`DELETE FROM ${name} WHERE known IS NULL OR NOT isfinite(known)`);
  return { kind: "never-known", count, description: "no moment says when they became known: left out" };
}

/** Values that the note gives no name are left out by its own word, and counted. */
async function leaveOutUnlisted(
  { environment: { sql }, name, table }: StagedRows,
  { columns }: EventsSource,
): Promise<Repair | undefined> {
  const found = await sql.query(`SELECT count(*) AS count, min(row) AS row FROM ${name} WHERE kind = ${UNLISTED}`);
  const count = numbers(found, "count")[0];
  if (count === 0) return undefined;
  await sql.query(`DELETE FROM ${name} WHERE kind = ${UNLISTED}`);
  const where = await table.placeOf(numbers(found, "row")[0]);
  return {
    kind: "unlisted-event",
    count,
    description: `their event in column \`${columns.event}\` has no name in the note's \`events\` (${where} first): left out`,
  };
}

/** Kinds of dirt by their number in the staged table, from 1; 0 is clean. */
function cellProblems({ columns, time }: EventsSource): readonly CellProblem[] {
  const moment = time?.columns[0] ?? "time";
  return [
    { kind: "missing-id", column: columns.member, says: "where a member belongs", key: "missing" },
    { kind: "missing-id", column: columns.title, says: "where a title belongs", key: "missing" },
    { kind: "nul-bytes", column: columns.title, says: "holds a NUL byte in an identifier" },
    {
      kind: "bad-time",
      column: moment,
      says: time === null ? "is no moment" : `is no moment: the column was read as ${time.says}`,
    },
    { kind: "bad-number", column: columns.value ?? "value", says: "is no number" },
    {
      kind: "missing-event",
      column: columns.event ?? "event",
      says: "where the kind of event belongs",
      key: "missing",
    },
    { kind: "bad-position", column: columns.position ?? "position", says: "is no place in a list" },
    {
      kind: "far-time",
      column: moment,
      says:
        time === null
          ? "is no moment"
          : `lies before 1980 or after today (the column was read as ${time.says}): in another unit, or a word for no time, which \`null\` may list`,
    },
    { kind: "missing-value", column: columns.value ?? "value", says: "where a value belongs", key: "missing" },
  ];
}

/** The later of the column and the delay, in SQL over `time`. */
function knownExpression({ column, delay = 0 }: NonNullable<EventsSource["known"]>, time: string): string {
  const after = `${time} + ${delay}`;
  return column === undefined
    ? after
    : `CASE WHEN ${column.sql} IS NULL THEN NULL ELSE greatest(${column.sql}, ${after}) END`;
}

function selectEvents({ table, columns, time, policy, known }: EventsSource, kind: string): string {
  const position = columns.position === undefined ? "0" : positionExpression(columnOf(table, columns.position));
  const value = columns.value === undefined ? "1.0" : cellNumber(table, columns.value);
  const hasValue = columns.value === undefined ? "true" : cellIsFilled(table, columns.value);
  // In a file of several kinds of event not every kind has a value.
  const isNeeded = columns.event === undefined;
  const by = (policy.duplicatesBy ?? []).map((name) => `, ${cellText(table, name)} AS by_${columnOf(table, name)}`);
  const id = columns.id === undefined ? "" : `, ${cellText(table, columns.id)} AS id`;
  const far =
    time === null
      ? "false"
      : `time < ${time.earliest} OR time > ${Number.isFinite(time.latest) ? time.latest : "1e300"}`;
  return `
    WITH read AS (
      SELECT row_number() OVER () AS row, ${cellText(table, columns.member)} AS member, ${cellText(table, columns.title)} AS title,
        ${time === null ? "CAST(row_number() OVER () AS DOUBLE)" : time.sql} AS time,
        ${kind} AS kind, ${value} AS value, ${hasValue} AS has_value, ${position} AS position${id}${by.join("")}${known === undefined || time === null ? "" : `, ${knownExpression(known, time.sql)} AS known`}
      FROM ${table.from})
    SELECT row, member, title, time, ${known === undefined || time === null ? "" : "known, "}CAST(kind AS UTINYINT) AS kind,
      CAST(CASE WHEN has_value THEN value ELSE 1 END AS FLOAT) AS value, position${id === "" ? "" : ", id"}${(policy.duplicatesBy ?? []).map((name) => `, by_${columnOf(table, name)}`).join("")},
      CASE WHEN kind = ${UNLISTED} THEN 0 WHEN coalesce(member, '') = '' THEN 1 WHEN coalesce(title, '') = '' THEN 2
        WHEN contains(member, chr(0)) OR contains(title, chr(0)) THEN 3
        WHEN time IS NULL OR NOT isfinite(time) THEN 4 WHEN kind IS NULL THEN 6
        WHEN has_value AND (value IS NULL OR NOT isfinite(value)) THEN 5
        WHEN NOT has_value AND ${isNeeded} THEN 9
        WHEN position < 0 THEN 7 WHEN ${far} THEN 8 ELSE 0 END AS problem
    FROM read`;
}

/** A place from 0 up, 0 for an empty cell, -1 for what is no whole number. */
function positionExpression(column: string): string {
  const text = `trim(CAST(${column} AS VARCHAR))`;
  return `CASE WHEN coalesce(${text}, '') = '' THEN 0 WHEN regexp_full_match(${text}, '\\d{1,9}') THEN CAST(${text} AS INTEGER) ELSE -1 END`;
}
