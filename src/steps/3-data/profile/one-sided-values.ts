/** Columns of few values of which one settles the label one way: a part of what is predicted, or a step towards it. */

import { formatNumber } from "../../../core/format-figure.ts";
import { numbers, texts } from "../../../core/table.ts";
import type { Leak, SuspectColumn } from "../sources/label-leaks.ts";
import type { SourceEnvironment } from "../sources/table-types.ts";

const MOST_VALUES = 20;
const EMPTY = "(empty)";
/** Chance gives rows of one value one and the same label less often than this, were the column to say nothing. */
const BY_CHANCE = 1e-8;
const FEWEST_ROWS = 10;
/** A smaller share of the rows may well be of a kind that never turns out so. */
const LEAST_SHARE = 0.1;

/**
 * A column is named where all rows of one of its values are positive, or where a good part of all rows has values of which none is. An honest column
 * may do so too, so this is a question and no fault. `sample` is an SQL table, `positive` SQL for whether a row of it is positive.
 */
export async function oneSidedValues(
  { sql }: Pick<SourceEnvironment, "sql">,
  sample: string,
  positive: string,
  columns: readonly Pick<SuspectColumn, "name" | "text">[],
): Promise<readonly Leak[]> {
  const leaks: Leak[] = [];
  for (const { name, text } of columns) {
    const found = await sql.query(
      `SELECT coalesce(${text}, '${EMPTY}') AS v, count(*) AS n, count(*) FILTER (${positive}) AS p FROM ${sample}
       GROUP BY v ORDER BY n DESC, v LIMIT ${MOST_VALUES + 1}`,
    );
    if (found.rows < 2 || found.rows > MOST_VALUES) continue;
    const values = Array.from({ length: found.rows }, (_, at) => ({
      value: texts(found, "v")[at],
      rows: numbers(found, "n")[at],
      positive: numbers(found, "p")[at],
    }));
    // Of an amount one expects it: who never called does not leave, and that is what makes the column worth having.
    if (isAmount(values.map(({ value }) => value))) continue;
    const why = settledOneWay(values);
    if (why !== undefined) leaks.push({ column: name, why });
  }
  return leaks;
}

/** More than two numbers, and nothing but numbers: a flag is none. */
function isAmount(values: readonly string[]): boolean {
  const given = values.filter((value) => value !== EMPTY);
  return given.length > 2 && given.every((value) => value.trim() !== "" && Number.isFinite(Number(value)));
}

interface Value {
  readonly value: string;
  readonly rows: number;
  readonly positive: number;
}

function settledOneWay(values: readonly Value[]): string | undefined {
  const all = values.reduce((sum, { rows }) => sum + rows, 0);
  const share = values.reduce((sum, { positive }) => sum + positive, 0) / all;
  if (!(share > 0 && share < 1)) return undefined;
  const isNoChance = (rows: number, of: number): boolean =>
    rows >= FEWEST_ROWS && rows * Math.log(of) < Math.log(BY_CHANCE);
  const sure = values.find(({ rows, positive }) => positive === rows && isNoChance(rows, share));
  if (sure !== undefined)
    return `all ${formatNumber(sure.rows)} rows that have \`${sure.value}\` there are positive, as where it is a part of what is predicted`;
  const never = values.filter(({ positive }) => positive === 0);
  const rows = never.reduce((sum, one) => sum + one.rows, 0);
  if (rows < LEAST_SHARE * all || !isNoChance(rows, 1 - share)) return undefined;
  return `none of the ${formatNumber(rows)} rows that have ${never
    .slice(0, 3)
    .map(({ value }) => `\`${value}\``)
    .join(
      ", ",
    )}${never.length > 3 ? " or others" : ""} there is positive, as where it is a step towards what is predicted`;
}
