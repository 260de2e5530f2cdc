/** How many rows of a table have been seen before: in every cell, or in who and what. */

import { numbers } from "../../../core/table.ts";
import { cellText } from "../sources/cell-text.ts";
import { queryFile } from "../sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";

/** All rows are compared up to this many; a share of them beyond. */
export const COUNTED_EXACTLY = 3_000_000;

/** Beyond `exactly` rows by those whose hash falls in a share of all: the same rows fall together, so that where none repeats the answer is 0. */
export async function countRepeated(
  environment: SourceEnvironment,
  table: SourceTable,
  rows: number,
  exactly = COUNTED_EXACTLY,
): Promise<number> {
  const cells = table.columns.map((_, at) => `c${at}`).join(", ");
  const share = Math.max(1, Math.ceil(rows / exactly));
  const found = await queryFile(
    environment,
    table,
    `SELECT count(*) - count(DISTINCT h) AS repeated FROM (SELECT hash(${cells}) AS h FROM ${table.from}) WHERE h % ${share} = 0`,
  );
  return numbers(found, "repeated")[0] * share;
}

/**
 * Share of the rows that say who and what, of which an earlier row says the same two: what somebody did again. By the share of people whose
 * hash is drawn where there are more rows than are counted exactly, each with all of their rows.
 */
export async function shareAgain(
  environment: SourceEnvironment,
  table: SourceTable,
  [who, what]: readonly [who: string, what: string],
  rows: number,
): Promise<number> {
  const [a, b] = [cellText(table, who), cellText(table, what)];
  const share = Math.max(1, Math.ceil(rows / COUNTED_EXACTLY));
  const found = await queryFile(
    environment,
    table,
    `SELECT 1 - count(DISTINCT h) / count(*) AS again FROM (SELECT hash(${a}, ${b}) AS h FROM ${table.from} WHERE ${a} IS NOT NULL AND ${b} IS NOT NULL AND hash(${a}) % ${share} = 0)`,
  );
  const [again] = numbers(found, "again");
  return Number.isFinite(again) ? again : 0;
}
