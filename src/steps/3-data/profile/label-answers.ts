/** What the two values of a label mean: which of them says yes, and how often it does. */

import { numbers } from "../../../core/table.ts";
import { cellText } from "../sources/cell-text.ts";
import { queryFile } from "../sources/source-table.ts";
import { sqlText } from "../sources/sql-text.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import type { ProfiledColumn } from "./profiled-table.ts";

/** The value of a label that stands for yes: the rarer one where the values do not say. */
export function yesOf(label: Pick<ProfiledColumn, "top">): string {
  const values = label.top.map(({ value }) => value);
  const said = speaksForItself(label) ? values.find((value) => YES.test(value)) : undefined;
  return said ?? values.at(-1) ?? "1";
}

const YES = /^(?:1|1\.0|true|t|yes|y)$/iu;
const NO = /^(?:0|0\.0|false|f|no|n)$/iu;

/** Whether a label's values are 0 and 1, or words for no and yes. */
export function speaksForItself({ top }: Pick<ProfiledColumn, "top">): boolean {
  return top.every(({ value }) => YES.test(value) || NO.test(value)) && top.some(({ value }) => YES.test(value));
}

/** The share of the filled cells that say yes. */
export async function positivesOf(
  environment: SourceEnvironment,
  table: SourceTable,
  label: ProfiledColumn,
): Promise<number> {
  const cell = cellText(table, label.name);
  const found = await queryFile(
    environment,
    table,
    `SELECT count(*) FILTER (${cell} = ${sqlText(yesOf(label))}) / count(${cell}) AS share FROM ${table.from}`,
  );
  return numbers(found, "share")[0];
}
