/** Reads cases from a plain table: when, about whom, what is known at once, and the label with the moment at which it is known. */

import { FailureError } from "../../../core/outcome.ts";
import { type NumericColumn, numbers, type Table, texts } from "../../../core/table.ts";
import type { Dealt, ScoredTask } from "../scored-task.ts";
import { CALENDAR_FLAGS } from "./calendar-flags.ts";
import { cellIsFilled, cellNumber, cellText, columnIndex, hasColumn } from "./cell-text.ts";
import { dealOf, dealtMoments, knownByPart } from "./deal-rows.ts";
import { readTime, type TimeReading } from "./read-time.ts";
import { ofWholeRows, type RepairPolicy } from "./repair-policy.ts";
import { expandPaths } from "./source-paths.ts";
import type { Repair } from "./source-report.ts";
import { openSourceTable, queryFile } from "./source-table.ts";
import {
  checkRows,
  countUnsorted,
  repairBadCells,
  repairDuplicates,
  repairMalformed,
  type StagedRows,
} from "./staged-rows.ts";
import type { Layout, SourceEnvironment, SourceTable } from "./table-types.ts";
import type { TimeColumn } from "./time-column.ts";
import { flagOf, type LabelAnswers, labelOf, valueKinds } from "./value-kinds.ts";

export type Cases = Pick<ScoredTask, "time" | "label" | "knownAt" | "entities" | "values" | "dealt"> & {
  readonly repairs: readonly Repair[];
  /** How the file was understood, and what of it is not used. */
  readonly readings: readonly string[];
};

/** Where the cases lie and which column holds what; names are those that features use. Plain data. */
export interface CaseTable {
  readonly path: string | readonly string[];
  readonly layout: Layout;
  /** Absent where the data has no time; `dealt` then says how its rows are divided. */
  readonly time?: TimeColumn;
  readonly dealt?: Dealt;
  readonly label: string;
  /** What the label's values mean, where the note names them; rows with another are left out. */
  readonly answers?: LabelAnswers;
  /** The moment at which the label is known, empty where it never was. With `knownDelay` the later of the two. */
  readonly known?: TimeColumn;
  /** Seconds after the case until its label is known; where neither is said, every label takes the split's gap. */
  readonly knownDelay?: number;
  /** An identifier of the row: two rows with the same one are one row written twice. */
  readonly id?: string;
  /** The unit first, where `hasUnit`; the others are words that cases may lack. */
  readonly entities: readonly { readonly name: string; readonly column: string }[];
  /** Whether the first entity is who intervals draw; every case stands for itself where not. */
  readonly hasUnit: boolean;
  /** Numbers; yes and no; or words, which become entities of their own. */
  readonly values: readonly { readonly name: string; readonly column: string }[];
  readonly policy: RepairPolicy;
}

const STAGED = "staged_cases";
/** In place of a column of moments: every row at once. */
const NO_TIME: Pick<TimeReading, "sql" | "says" | "columns"> = { sql: "0.0", says: "none", columns: [] };

/** In the order of time. Throws a `FailureError` for a missing column, no rows, one label only, or dirt that the policy does not mend. */
export async function readCases(environment: SourceEnvironment, written: CaseTable): Promise<Cases> {
  const { layout, label, entities, policy, hasUnit, knownDelay, dealt } = written;
  const table = await openSourceTable(environment, await expandPaths(environment.files, written.path), layout);
  const values = written.values.filter((one) => !isOfCalendar(one) || hasColumn(table, one.column));
  const flags = written.values.filter((one) => !values.includes(one));
  const time = written.time === undefined ? NO_TIME : await readTime(environment, table, written.time);
  const known = written.known === undefined ? undefined : await readTime(environment, table, written.known);
  const kinds = await valueKinds(
    environment,
    table,
    values.map(({ column }) => column),
    layout.kind,
  );
  const [columns, words] = [
    values.filter((_, at) => kinds[at] !== "words"),
    values.filter((_, at) => kinds[at] === "words"),
  ];
  const keyed = [...entities, ...words.filter(({ name }) => entities.every((one) => one.name !== name))];
  const keys = keyed.map(({ column }, at) => `${cellText(table, column)} AS e${at}`);
  const isFlag = ({ name }: { readonly name: string }): boolean =>
    kinds[values.findIndex((one) => one.name === name)] === "flag";
  const read = columns.map((one) => (isFlag(one) ? flagOf(table, one.column) : cellNumber(table, one.column)));
  const problems = [
    { kind: "bad-time", column: time.columns[0] ?? label, says: `is no moment: the column was read as ${time.says}` },
    {
      kind: "bad-label",
      column: label,
      says: "is no label: it has to be 0 or 1, or a word for no or yes, or be named in `events`",
    },
    ...(hasUnit
      ? [
          {
            kind: "missing-id",
            column: entities[0].column,
            says: `where a ${entities[0].name} belongs`,
            key: "missing",
          } as const,
        ]
      : []),
    ...columns.map(({ column }) => ({ kind: "bad-number", column, says: "is no number: most of its column are" })),
  ];
  const first = hasUnit ? 4 : 3;
  const dirty = columns.map((_, at) => `WHEN v${at} IS NULL AND f${at} THEN ${at + first}`);
  const truth = known === undefined ? "label" : "CASE WHEN known IS NULL THEN coalesce(label, 0) ELSE label END";
  const by = policy.duplicatesBy ?? (written.id === undefined ? [] : [written.id]);
  const cells = [
    ...by.map((name, at) => `${cellText(table, name)} AS by${at}`),
    `row_number() OVER () AS row, ${time.sql} AS time, ${labelOf(table, label, written.answers)} AS label, ${written.answers === undefined ? "false" : `${cellText(table, label)} IS NOT NULL AND ${labelOf(table, label, written.answers)} IS NULL`} AS unnamed, ${known?.sql ?? "NULL"} AS known, ${dealOf(table, dealt)} AS deal`,
    // Without an identifier the whole row is one: two hashes of its cells, for one alone may be another row's by chance.
    ...(by.length > 0 ? [] : wholeRow(table)),
    ...keys,
    ...read.flatMap((sql, at) => [`${sql} AS v${at}`, `${cellIsFilled(table, columns[at].column)} AS f${at}`]),
  ];
  await queryFile(
    environment,
    table,
    `CREATE OR REPLACE TEMP TABLE ${STAGED} AS WITH read AS (SELECT ${cells.join(", ")} FROM ${table.from})
     SELECT * REPLACE (${truth} AS label), CASE WHEN unnamed THEN -1 WHEN time IS NULL OR NOT isfinite(time) THEN 1
       WHEN ${truth} IS NULL OR ${truth} NOT IN (0, 1) THEN 2 ${hasUnit ? "WHEN e0 IS NULL THEN 3" : ""} ${dirty.join(" ")} ELSE 0 END AS problem FROM read`,
    layout.kind,
  );
  const staged = { environment, table, name: STAGED, policy };
  await checkRows(staged);
  const repairs = [
    repairMalformed(table, policy),
    await leaveOutUnnamed(staged, label),
    ...(await repairBadCells(staged, problems)),
    by.length === 0
      ? await repairDuplicates({ ...staged, policy: ofWholeRows(policy, written.time !== undefined) }, WHOLE_ROW, {
          kind: "duplicate-cases",
          problem: "the same row, cell by cell, occurs twice",
          values: [],
        })
      : await repairDuplicates(
          staged,
          by.map((_, at) => `by${at}`),
          {
            kind: "duplicate-cases",
            problem: `the same ${by.join(", ")} occurs twice`,
            values: ["label"],
            stopsOnContradiction: true,
          },
        ),
    written.time === undefined ? undefined : await countUnsorted(staged, "cases"),
  ].filter((repair) => repair !== undefined);
  const ranks = keyed.map(
    (_, at) =>
      `CAST(CASE WHEN e${at} IS NULL THEN -1 ELSE dense_rank() OVER (ORDER BY e${at} IS NULL, TRY_CAST(e${at} AS BIGINT), e${at}) - 1 END AS INTEGER) AS k${at}`,
  );
  const counted = await environment.sql.query(`SELECT count(*) AS count FROM ${STAGED}`);
  const rows = await environment.sql.query(
    `SELECT ${["time", "CAST(label AS UTINYINT) AS label", "known", "CAST(dense_rank() OVER (ORDER BY deal) - 1 AS INTEGER) AS dealt", ...ranks, ...columns.map((_, at) => `v${at}`)].join(", ")} FROM ${STAGED} ORDER BY time, deal, row`,
    [],
    { rows: numbers(counted, "count")[0] },
  );
  const names: (readonly string[])[] = [];
  for (const at of keyed.keys()) names.push(await namesOfKeys(environment, `e${at}`));
  await environment.sql.query(`DROP TABLE ${STAGED}`);
  await environment.sql.release?.();
  const labels = new Uint8Array(numbers(rows, "label"));
  if (!(labels.includes(0) && labels.includes(1)))
    throw new FailureError({
      code: "one-class",
      message: `no two cases have different labels in column \`${label}\`: there is nothing to tell apart`,
      where: table.path,
      fix: "name the column that holds the label as `label` in the source's `columns`",
    });
  const moments = dealt === undefined ? new Float64Array(numbers(rows, "time")) : dealtMoments(numbers(rows, "dealt"));
  return {
    time: moments,
    label: labels,
    ...(dealt === undefined
      ? knownMoments(moments, known === undefined ? undefined : numbers(rows, "known"), knownDelay)
      : { dealt, knownAt: knownByPart(moments, dealt) }),
    entities: keysOf(rows, keyed, hasUnit, names),
    values: new Map<string, NumericColumn>([
      ...columns.map(({ name }, at) => [name, new Float64Array(numbers(rows, `v${at}`))] as const),
      ...flags.map(({ name }) => [name, momentsBy(name, moments)] as const),
    ]),
    repairs,
    readings: [
      ...table.understood,
      ...(written.time === undefined ? [] : [`time: ${time.says}`]),
      ...(known === undefined ? [] : [`known: ${known.says}`]),
      ...unused(table, [
        label,
        ...by,
        ...time.columns,
        ...(known?.columns ?? []),
        ...[...entities, ...values].map(({ column }) => column),
      ]),
    ],
  };
}

const WHOLE_ROW = ["whole", "turned"];

function wholeRow({ columns }: SourceTable): readonly string[] {
  const cells = columns.map((_, at) => `c${at}`);
  return [`hash(${cells.join(", ")}) AS whole`, `hash(${cells.toReversed().join(", ")}) AS turned`];
}

/** Rows whose label the note gives no meaning: they are no cases, and are counted. */
async function leaveOutUnnamed({ environment, table, name }: StagedRows, label: string): Promise<Repair | undefined> {
  const found = await environment.sql.query(
    `SELECT count(*) AS count, coalesce(min(row), 0) AS row FROM ${name} WHERE problem = -1`,
  );
  const count = numbers(found, "count")[0];
  if (count === 0) return undefined;
  const where = await table.placeOf(numbers(found, "row")[0], label);
  await environment.sql.query(`DELETE FROM ${name} WHERE problem = -1`);
  return {
    kind: "unnamed-labels",
    count,
    description: `their label in column \`${label}\` has no name in the note's \`events\` (${where} first): left out`,
  };
}

/** A value that the moment itself says, where no column is mapped to it. */
export function isOfCalendar({ name, column }: { readonly name: string; readonly column: string }): boolean {
  return name === column && CALENDAR_FLAGS.has(name);
}

/** A plain loop: over a million rows, `Uint8Array.from` with a function takes several times as long. */
function momentsBy(name: string, time: Float64Array): Uint8Array {
  const flag = CALENDAR_FLAGS.get(name);
  const flags = new Uint8Array(time.length);
  for (let row = 0; row < time.length; row++) flags[row] = flag?.(time[row]) ?? 0;
  return flags;
}

/** What a mapping leaves out is said. */
function unused(table: SourceTable, used: readonly string[]): readonly string[] {
  const places = new Set(used.map((name) => columnIndex(table, name)));
  const rest = table.columns.filter((_, index) => !places.has(index)).map((name) => `\`${name}\``);
  if (rest.length === 0) return [];
  return [`not used: ${rest.slice(0, 12).join(", ")}${rest.length > 12 ? ` and ${rest.length - 12} more` : ""}`];
}

/** The later of the moment that the table holds and the delay that the note says; never, where the table has a column of them and it is empty. */
function knownMoments(
  time: Float64Array,
  written: ArrayLike<number> | undefined,
  delay: number | undefined,
): Pick<Cases, "knownAt"> {
  if (written === undefined && delay === undefined) return {};
  const knownAt = time.map((at, row) => {
    const known = written?.[row] ?? Number.NEGATIVE_INFINITY;
    return Number.isNaN(known) ? Number.POSITIVE_INFINITY : Math.max(known, at + (delay ?? 0));
  });
  return { knownAt };
}

/** Keys by entity, -1 where a case has none; where nobody is the unit, every case stands for itself. */
function keysOf(
  read: Table,
  entities: CaseTable["entities"],
  hasUnit: boolean,
  names: readonly (readonly string[])[],
): ScoredTask["entities"] {
  const keys = new Map<
    string,
    { readonly count: number; readonly rows: Int32Array; readonly names?: readonly string[] }
  >();
  if (!hasUnit) keys.set("row", { count: read.rows, rows: Int32Array.from({ length: read.rows }, (_, row) => row) });
  for (const [at, { name }] of entities.entries()) {
    const rows = new Int32Array(numbers(read, `k${at}`));
    const count = rows.reduce((most, key) => Math.max(most, key + 1), 0);
    keys.set(name, { count, rows, names: names[at] });
  }
  return keys;
}

/** More names than these are not kept: they are asked for by a service alone, and would fill the memory. */
const MOST_NAMES = 1_000_000;

/** What the table calls each key, in the order in which keys are numbered; none where there are too many. */
async function namesOfKeys(environment: SourceEnvironment, column: string): Promise<readonly string[]> {
  const read = await environment.sql.query(
    `SELECT name FROM (SELECT DISTINCT ${column} AS name FROM ${STAGED} WHERE ${column} IS NOT NULL LIMIT ${MOST_NAMES + 1})
     ORDER BY TRY_CAST(name AS BIGINT), name`,
  );
  return read.rows > MOST_NAMES ? [] : texts(read, "name");
}
