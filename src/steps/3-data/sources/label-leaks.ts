/**
 * Columns that give a label away: a few of their values hold nearly all positives and nearly nothing else, they are filled for positives alone, or
 * their numbers alone order the label.
 */

import { formatShare } from "../../../core/format-figure.ts";
import { logChoose } from "../../../core/gamma-function.ts";
import { numbers, texts } from "../../../core/table.ts";
import type { SourceEnvironment } from "./table-types.ts";

export interface Leak {
  readonly column: string;
  /** Why, for people. */
  readonly why: string;
}

/** A column of a sample: `text` is SQL for its cell as text, `number` for its cell as DOUBLE where it holds numbers. */
export interface SuspectColumn {
  readonly name: string;
  readonly text: string;
  readonly number?: string;
}

/** Different values of a column that are looked at one by one. */
const MOST_VALUES = 200;
/** Rows that numbers are ordered by. */
const ORDERED_ROWS = 20_000;
/** Positives below which nothing is said. */
const FEWEST_POSITIVES = 5;
const FEWEST_ORDERED = 20;
/** Filled cells below which nothing is said: where half of all rows are positive, chance fills so many of them alone once in a million columns. */
const FEWEST_FILLED = 20;
/** Values sort the label so well by chance less often than this, were the column to say nothing. */
const BY_CHANCE = 1e-6;
/** Area under the curve of one column alone that no honest column of a hard question has. */
export const TOO_GOOD = 0.995;

/** `sample` is an SQL table, `positive` SQL for whether a row of it is positive. */
export async function labelLeaks(
  { sql }: Pick<SourceEnvironment, "sql">,
  sample: string,
  positive: string,
  columns: readonly SuspectColumn[],
): Promise<readonly Leak[]> {
  const leaks: Leak[] = [];
  for (const column of columns) {
    const why =
      (await tellingValues({ sql }, sample, positive, column)) ??
      (await filledAfterwards({ sql }, sample, positive, column)) ??
      (await telling({ sql }, sample, positive, column));
    if (why !== undefined) leaks.push({ column: column.name, why });
  }
  return leaks;
}

async function tellingValues(
  { sql }: Pick<SourceEnvironment, "sql">,
  sample: string,
  positive: string,
  { text }: SuspectColumn,
): Promise<string | undefined> {
  const found = await sql.query(
    `SELECT coalesce(sum(p) FILTER (p >= 0.98 * n), 0) / greatest(1, sum(p)) AS caught, coalesce(sum(p), 0) AS positives, count(*) AS different,
       coalesce(sum(n), 0) AS n, count(*) FILTER (p >= 0.98 * n) AS sure, coalesce(sum(n) FILTER (p >= 0.98 * n), 0) AS rows, coalesce(sum(p) FILTER (p >= 0.98 * n), 0) AS found,
       coalesce(string_agg(v, ', ' ORDER BY p DESC, v) FILTER (p >= 0.98 * n AND p > 0), '') AS values
     FROM (SELECT coalesce(${text}, '(empty)') AS v, count(*) AS n, count(*) FILTER (${positive}) AS p FROM ${sample} GROUP BY v LIMIT ${MOST_VALUES + 1})`,
  );
  const of = (name: string): number => numbers(found, name)[0];
  if (of("different") > MOST_VALUES || of("different") < 2) return undefined;
  if (of("caught") < 0.9 || of("positives") < FEWEST_POSITIVES) return undefined;
  if (chanceOf(of) > BY_CHANCE) return undefined;
  const values = firstValues(texts(found, "values")[0]);
  return `${formatShare(of("caught"), 2)} of the positives have ${values} there, and hardly anything else has`;
}

/**
 * A bound on how often labels that are dealt at random leave so many positives to so few rows of as many values: whichever values may be taken, each
 * with the tail of the hypergeometric law. Values that hardly repeat can be taken so that they sort any labels.
 */
function chanceOf(of: (name: string) => number): number {
  const [n, positives, rows, found] = [of("n"), of("positives"), of("rows"), of("found")];
  let tail = 0;
  for (let k = found; k <= Math.min(rows, positives); k++)
    tail += Math.exp(logChoose(rows, k) + logChoose(n - rows, positives - k) - logChoose(n, positives));
  return Math.exp(logChoose(of("different"), of("sure")) + Math.log(of("different"))) * tail;
}

/** What fits a sentence: values whole, and whether there are others. */
function firstValues(all: string): string {
  const most = 60;
  if (all.length <= most) return all;
  const end = all.lastIndexOf(", ", most);
  return end < 0 ? `${all.slice(0, most)}…` : `${all.slice(0, end)} or others`;
}

/** What is filled in for positives alone was written after them, however few have it: the price of what was booked, beside a click. */
async function filledAfterwards(
  { sql }: Pick<SourceEnvironment, "sql">,
  sample: string,
  positive: string,
  { text }: SuspectColumn,
): Promise<string | undefined> {
  const found = await sql.query(
    `SELECT count(*) AS n, count(*) FILTER (${positive}) AS positives, count(${text}) AS filled,
       count(${text}) FILTER (${positive}) AS telling FROM ${sample}`,
  );
  const [n, positives, filled, telling] = ["n", "positives", "filled", "telling"].map(
    (name) => numbers(found, name)[0],
  );
  if (filled < FEWEST_FILLED || telling < 0.98 * filled || positives > n / 2) return undefined;
  return `it is filled in only ${filled} rows of ${n}, and ${telling === filled ? "all" : telling} of these are positive, as where a cell is written afterwards`;
}

/** How well the numbers order the label, either way round (Mann-Whitney, ties by their mean rank). */
async function telling(
  { sql }: Pick<SourceEnvironment, "sql">,
  sample: string,
  positive: string,
  { number }: SuspectColumn,
): Promise<string | undefined> {
  if (number === undefined) return undefined;
  const found = await sql.query(
    `WITH cells AS (SELECT ${number} AS x, coalesce(${positive}, false) AS p FROM ${sample} WHERE isfinite(${number}) LIMIT ${ORDERED_ROWS}),
       ranked AS (SELECT p, rank() OVER (ORDER BY x) + (count(*) OVER (PARTITION BY x) - 1) / 2 AS r FROM cells)
     SELECT count(*) FILTER (p) AS yes, count(*) FILTER (NOT p) AS no, coalesce(sum(r) FILTER (p), 0) AS ranks FROM ranked`,
  );
  const [yes, no, ranks] = ["yes", "no", "ranks"].map((name) => numbers(found, name)[0]);
  if (yes < FEWEST_ORDERED || no < FEWEST_ORDERED) return undefined;
  const area = (ranks - (yes * (yes + 1)) / 2) / (yes * no);
  if (Math.max(area, 1 - area) < TOO_GOOD) return undefined;
  return `its ${area > 0.5 ? "high" : "low"} numbers alone tell the positives apart (area under the curve ${Math.max(area, 1 - area).toFixed(3)})`;
}
