/** Rows of cases straight out of Parquet, as an engine reads them where they lie: the note's mapping as a query, and which rows it refuses. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { FeatureDeclaration } from "../features/feature-declaration.ts";
import type { ScoredWords } from "../scored-task.ts";
import { type CaseTable, isOfCalendar } from "../sources/scored-table.ts";
import type { TimeColumn } from "../sources/time-column.ts";
import type { LateLabelPlan } from "../split/late-label-split-stage.ts";
import { factColumn, KNOWN_AT, keyColumn, MOMENT } from "./feature-tables.ts";
import type { ScoredQuery } from "./scored-script.ts";
import { double, type SqlDialect } from "./sql-dialect.ts";

/** A table of cases, and what is asked of it. */
export interface ParquetCases {
  readonly table: Pick<
    CaseTable,
    "path" | "layout" | "time" | "label" | "known" | "knownDelay" | "entities" | "hasUnit" | "values"
  > &
    Partial<Pick<CaseTable, "id" | "policy">>;
  readonly summed: readonly string[];
  readonly leaves: boolean;
  readonly words: Pick<ScoredWords, "row" | "positive">;
  /** The smallest and the largest value that is believed, of which column. */
  readonly range?: { readonly name: string; readonly bounds: readonly [number, number] };
  readonly declarations: readonly FeatureDeclaration[];
  readonly periods: LateLabelPlan;
}

/** The query over `path`, as the engine sees it. Fails for what only our own reader can read, and for cases without a unit. */
export function parquetCases(cases: ParquetCases, path: string, dialect: SqlDialect): Outcome<ScoredQuery> {
  const { table, range, words, ...rest } = cases;
  if (table.layout.kind !== "parquet" || table.layout.isJson === true)
    return refuse(
      "the source is no Parquet, whose cells need no guessing",
      "write the rows that we have checked as Parquet with `--tables FOLDER`",
    );
  if (!table.hasUnit)
    return refuse("the table names nobody whose cases go together", "map one of its columns under `columns`");
  const moments = [table.time, table.known].map((time) => time && momentOf(time, dialect));
  const [moment, known] = moments;
  if (moment === undefined || (table.known !== undefined && known === undefined))
    return refuse(
      "the moment is a text or a count of steps, which each engine would read in its own way",
      "write the rows that we have checked as Parquet with `--tables FOLDER`",
    );
  const cell = (column: string): string => dialect.name_(column);
  const knownAt = knownMoment(moment, known, table.knownDelay);
  const values = table.values.map((value) => ({
    name: value.name,
    // NaN is a missing number here, as our reader takes it, and no reason to refuse its row.
    sql: isOfCalendar(value)
      ? calendarFlag(value.name, moment)
      : `nullif(${dialect.number(cell(value.column))}, CAST('NaN' AS DOUBLE))`,
    isNoNumber: isOfCalendar(value)
      ? undefined
      : `(${cell(value.column)} IS NOT NULL AND ${dialect.number(cell(value.column))} IS NULL)`,
  }));
  const columns = [
    `${moment} AS ${MOMENT}`,
    // A label that was never known is no positive, whatever the cell holds: as our reader takes it.
    known === undefined
      ? `CAST(${cell(table.label)} AS INT) AS label`
      : `CAST(CASE WHEN ${known} IS NULL THEN coalesce(${cell(table.label)}, 0) ELSE ${cell(table.label)} END AS INT) AS label`,
    ...(knownAt === undefined ? [] : [`${knownAt} AS ${KNOWN_AT}`]),
    ...table.entities.map(({ name, column }) => `${cell(column)} AS ${dialect.name_(keyColumn(name))}`),
    ...values.map(({ name, sql }) => `${sql} AS ${dialect.name_(factColumn(name))}`),
    `CASE WHEN ${values
      .flatMap(({ isNoNumber }) => (isNoNumber === undefined ? [] : [isNoNumber]))
      .concat("FALSE")
      .join(" OR ")} THEN 1 ELSE 0 END AS no_number`,
  ];
  const bounds =
    range === undefined
      ? []
      : [
          `${dialect.name_(factColumn(range.name))} NOT BETWEEN ${double(range.bounds[0])} AND ${double(range.bounds[1])}`,
        ];
  return succeed({
    ...rest,
    words,
    source: `SELECT ${columns.join(",\n  ")}\nFROM ${isOnce(table) ? `(SELECT DISTINCT * FROM ${dialect.parquet(path)}) once` : dialect.parquet(path)}`,
    entities: table.entities.map(({ name }) => name),
    values: values.map(({ name }) => name),
    hasKnownAt: knownAt !== undefined,
    refused: [
      `${MOMENT} IS NULL`,
      "label IS NULL",
      "label NOT IN (0, 1)",
      `${dialect.name_(keyColumn(table.entities[0].name))} IS NULL`,
      "no_number = 1",
      ...bounds,
    ].join(" OR "),
  });
}

/** Whether rows that are the same in every cell are one, as our reader takes them where nothing else tells rows apart. */
function isOnce({ id, policy }: ParquetCases["table"]): boolean {
  if (policy === undefined || id !== undefined || policy.duplicatesBy !== undefined) return false;
  return policy.duplicates === "keep-last" || policy.duplicates === "keep-first";
}

function refuse(problem: string, fix: string): Outcome<never> {
  return fail({
    code: "not-read-in-place",
    message: `an engine cannot read it where it lies: ${problem}`,
    where: "section 3, source",
    fix,
  });
}

const PER_SECOND: Readonly<Record<string, number>> = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 };

/** Seconds since 1970; undefined for encodings that have to be found out. */
function momentOf({ column, format, unit, zone, start }: TimeColumn, dialect: SqlDialect): string | undefined {
  if (typeof column !== "string" || start !== undefined || (zone !== undefined && zone !== "UTC")) return undefined;
  const name = dialect.name_(column);
  const counted = unit ?? format;
  if (counted !== undefined && counted in PER_SECOND)
    return `(CAST(${name} AS DOUBLE) / ${double(PER_SECOND[counted])})`;
  return format === undefined || format === "iso" ? dialect.seconds(name) : undefined;
}

/** As our reader takes it: never, where the table has a column and it is empty; else the later of both. */
function knownMoment(moment: string, known: string | undefined, delay: number | undefined): string | undefined {
  const after = delay === undefined ? undefined : `${moment} + ${double(delay)}`;
  if (known === undefined) return after;
  return after === undefined ? known : `CASE WHEN ${known} IS NOT NULL THEN greatest(${known}, ${after}) END`;
}

/** `isWeekend` and `isNight` in SQL; day 0 of 1970 was a Thursday. */
function calendarFlag(name: string, moment: string): string {
  const day = `floor(${moment} / 86400e0)`;
  const weekday = `(${day} + 4e0 - 7e0 * floor((${day} + 4e0) / 7e0))`;
  const condition =
    name === "weekend" ? `${weekday} IN (0e0, 6e0)` : `floor((${moment} - 86400e0 * ${day}) / 3600e0) <= 6e0`;
  return `CASE WHEN ${condition} THEN 1e0 ELSE 0e0 END`;
}
