/** What one column of a table holds: how much is missing, how many values, which, and how they are spread. */

import { numbers, texts } from "../../../core/table.ts";
import { cellText, numberOfText } from "../sources/cell-text.ts";
import { queryFile } from "../sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";

export interface ColumnProfile {
  readonly name: string;
  /** From 1. */
  readonly place: number;
  readonly kind: "empty" | "number" | "whole" | "boolean" | "text" | "time";
  readonly rows: number;
  readonly missing: number;
  /** Different values; see `isCounted`. */
  readonly distinct: number;
  /** Whether `distinct` was counted, not estimated. */
  readonly isCounted: boolean;
  /** Of the numbers, where it holds numbers; NaN elsewhere. */
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  /** Cells that hold a number below 0. */
  readonly negative: number;
  /** The commonest values of a sample, with their shares of it. */
  readonly top: readonly { readonly value: string; readonly share: number }[];
  /** Counts of a sample in bins of equal width from `from` to `to`; empty for text. */
  readonly histogram: { readonly from: number; readonly to: number; readonly counts: readonly number[] };
  /** Of a sample of the numbers: the least and the greatest with how many cells hold them, and the nearest to each; absent for text. */
  readonly ends?: ColumnEnds;
  /** Cells that are no number where all others are. */
  readonly strays: number;
}

export interface ColumnEnds {
  readonly cells: number;
  readonly least: number;
  readonly most: number;
  readonly atLeast: number;
  readonly atMost: number;
  /** The least value above the least one, and the greatest below the greatest one. */
  readonly aboveLeast: number;
  readonly belowMost: number;
}

/** Rows that shares, tops and histograms are taken from. */
const SAMPLE_ROWS = 100_000;
/** SQL table of the sample. */
export const SAMPLE_TABLE = "profile_sample";
const BINS = 20;
const TOPS = 8;
/** Columns in one query: wide tables are read in several passes. */
const AT_ONCE = 40;

/** Profiles all columns: one pass over the file for each forty of them, and a sample that stays behind as `SAMPLE_TABLE`. */
export async function profileColumns(
  environment: SourceEnvironment,
  table: SourceTable,
): Promise<readonly ColumnProfile[]> {
  const cells = table.columns.map((name) => cellText(table, name));
  const plans = table.columns.map((name, at) => planOf(table, name, at));
  const counted: Counted[] = [];
  for (let from = 0; from < plans.length; from += AT_ONCE)
    counted.push(...(await countColumns(environment, table, plans.slice(from, from + AT_ONCE))));
  const rows = counted[0]?.rows ?? 0;
  const share = Math.max(1, Math.ceil(rows / SAMPLE_ROWS));
  const columns = cells.map((cell, at) => `${cell} AS c${at}`).join(", ");
  // Only the rows that are kept are written out as text.
  const kept =
    share === 1
      ? table.from
      : `(SELECT * FROM (SELECT *, row_number() OVER () AS row FROM ${table.from}) WHERE row % ${share} = 0)`;
  await queryFile(environment, table, `CREATE OR REPLACE TEMP TABLE ${SAMPLE_TABLE} AS SELECT ${columns} FROM ${kept}`);
  const profiles: ColumnProfile[] = [];
  for (const [at, one] of counted.entries()) profiles.push(await spread(environment, table, at, one));
  return profiles;
}

interface Counted {
  readonly rows: number;
  readonly filled: number;
  readonly distinct: number;
  readonly numeric: number;
  readonly whole: number;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  readonly negative: number;
}

interface CountPlan {
  readonly text: string;
  /** Absent where it is what the text says. */
  readonly number?: string;
}

/** A column that the file declares to hold numbers is counted as it stands: writing it out as text would take most of the time. */
function planOf(table: SourceTable, name: string, at: number): CountPlan {
  const isDeclared = /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DOUBLE|FLOAT|DECIMAL.*)$/u.test(table.types[at]);
  if (!isDeclared) return { text: cellText(table, name) };
  const number = `CAST(c${at} AS DOUBLE)`;
  return {
    text: `CASE WHEN isnan(${number}) THEN NULL ELSE c${at} END`,
    number: `CASE WHEN isnan(${number}) THEN NULL ELSE ${number} END`,
  };
}

async function countColumns(
  environment: SourceEnvironment,
  table: SourceTable,
  cells: readonly CountPlan[],
): Promise<readonly Counted[]> {
  const inner = cells
    .map(({ text, number }, at) => `${text} AS t${at}${number === undefined ? "" : `, ${number} AS n${at}`}`)
    .join(", ");
  const read = cells
    .map(({ number }, at) => (number === undefined ? `, ${numberOfText(table, `t${at}`)} AS n${at}` : ""))
    .join("");
  const outer = cells
    .map(
      (_, at) =>
        `count(t${at}) AS filled${at}, approx_count_distinct(t${at}) AS distinct${at}, count(n${at}) AS numeric${at}, ` +
        `count(*) FILTER (n${at} = trunc(n${at})) AS whole${at}, count(*) FILTER (n${at} < 0) AS negative${at}, min(n${at}) AS least${at}, max(n${at}) AS most${at}, avg(n${at}) AS mean${at}`,
    )
    .join(", ");
  const found = await queryFile(
    environment,
    table,
    `SELECT count(*) AS rows, ${outer} FROM (SELECT *${read} FROM (SELECT ${inner} FROM ${table.from}))`,
  );
  const of = (name: string): number => numbers(found, name)[0];
  return cells.map((_, at) => ({
    rows: of("rows"),
    filled: of(`filled${at}`),
    distinct: of(`distinct${at}`),
    numeric: of(`numeric${at}`),
    whole: of(`whole${at}`),
    least: of(`least${at}`),
    most: of(`most${at}`),
    mean: of(`mean${at}`),
    negative: of(`negative${at}`),
  }));
}

const TRUTHS = new Set(["true", "false", "t", "f", "yes", "no", "y", "n"]);

async function spread(
  { sql }: SourceEnvironment,
  table: SourceTable,
  at: number,
  counted: Counted,
): Promise<ColumnProfile> {
  const name = table.columns[at];
  const { rows, filled, numeric, whole } = counted;
  const common = await sql.query(
    `SELECT c${at} AS value, count(*) AS count, sum(count(*)) OVER () AS all, count(*) OVER () AS different
     FROM ${SAMPLE_TABLE} WHERE c${at} IS NOT NULL GROUP BY c${at} ORDER BY count DESC, value LIMIT ${TOPS}`,
  );
  const values = texts(common, "value");
  const different = common.rows === 0 ? 0 : numbers(common, "different")[0];
  const sampled = common.rows === 0 ? 0 : numbers(common, "all")[0];
  const isNumeric = filled > 0 && numeric >= filled * 0.98;
  const isCounted = sampled === filled;
  const isBoolean = different <= 2 && values.length > 0 && values.every((value) => TRUTHS.has(value.toLowerCase()));
  const kind =
    filled === 0 ? "empty" : isBoolean ? "boolean" : isNumeric ? (whole === numeric ? "whole" : "number") : "text";
  return {
    name,
    place: at + 1,
    kind,
    rows,
    missing: rows - filled,
    distinct: isCounted ? different : Math.min(counted.distinct, filled),
    isCounted,
    least: isNumeric ? counted.least : Number.NaN,
    most: isNumeric ? counted.most : Number.NaN,
    mean: isNumeric ? counted.mean : Number.NaN,
    negative: isNumeric ? counted.negative : 0,
    top: values.map((value, index) => ({ value, share: numbers(common, "count")[index] / sampled })),
    histogram: isNumeric ? await histogramOf({ sql }, sampledNumber(table, at)) : { from: 0, to: 0, counts: [] },
    ...(isNumeric && different > 2 ? { ends: await endsOf({ sql }, sampledNumber(table, at)) } : {}),
    strays: isNumeric ? filled - numeric : 0,
  };
}

async function endsOf({ sql }: Pick<SourceEnvironment, "sql">, cell: string): Promise<ColumnEnds> {
  const found = await sql.query(
    `WITH n AS (SELECT n FROM (SELECT ${cell} AS n FROM ${SAMPLE_TABLE}) WHERE isfinite(n)),
       e AS (SELECT min(n) AS least, max(n) AS most FROM n)
     SELECT any_value(least) AS least, any_value(most) AS most, count(*)::DOUBLE AS cells,
       count(*) FILTER (n = least)::DOUBLE AS at_least, count(*) FILTER (n = most)::DOUBLE AS at_most,
       min(n) FILTER (n > least) AS above_least, max(n) FILTER (n < most) AS below_most FROM n, e`,
  );
  const of = (name: string): number => numbers(found, name)[0];
  return {
    cells: of("cells"),
    least: of("least"),
    most: of("most"),
    atLeast: of("at_least"),
    atMost: of("at_most"),
    aboveLeast: of("above_least"),
    belowMost: of("below_most"),
  };
}

/** A cell of the sample as a number. */
export function sampledNumber(table: SourceTable, at: number): string {
  return table.numerals === undefined || table.types[at] !== "VARCHAR"
    ? `TRY_CAST(c${at} AS DOUBLE)`
    : numberOfText(table, `c${at}`);
}

/** Between the 0.5th and the 99.5th percentile: one far value does not press all others into one bin. */
async function histogramOf({ sql }: Pick<SourceEnvironment, "sql">, cell: string): Promise<ColumnProfile["histogram"]> {
  const ends = await sql.query(
    `SELECT quantile_cont(n, 0.005) AS low, quantile_cont(n, 0.995) AS high FROM (SELECT ${cell} AS n FROM ${SAMPLE_TABLE}) WHERE isfinite(n)`,
  );
  const [from, to] = [numbers(ends, "low")[0], numbers(ends, "high")[0]];
  if (!(to > from)) return { from, to, counts: [] };
  const found = await sql.query(
    `SELECT least(${BINS - 1}, floor((n - $1) / ($2 - $1) * ${BINS})) AS bin, count(*) AS count
     FROM (SELECT ${cell} AS n FROM ${SAMPLE_TABLE}) WHERE n BETWEEN $1 AND $2 GROUP BY bin`,
    [from, to],
  );
  const counts = Array.from({ length: BINS }, () => 0);
  for (let row = 0; row < found.rows; row++) counts[numbers(found, "bin")[row]] = numbers(found, "count")[row];
  return { from, to, counts };
}
