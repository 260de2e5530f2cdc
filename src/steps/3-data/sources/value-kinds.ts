/** What the columns that features read as values hold: numbers, yes and no, or words. Found out from all of their cells. */

import { numbers } from "../../../core/table.ts";
import { cellNumber, cellText, columnIndex } from "./cell-text.ts";
import { queryFile } from "./source-table.ts";
import { sqlText } from "./sql-text.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";

export type ValueKind = "number" | "flag" | "words";

/** Of a column of numbers some cells may be none, which is dirt; with fewer numbers than this it is no column of numbers. */
const MOSTLY = 0.9;

/** One kind a column. Throws a `FailureError` for a column that is not there. */
export async function valueKinds(
  environment: SourceEnvironment,
  table: SourceTable,
  columns: readonly string[],
  layout: "text" | "parquet",
): Promise<readonly ValueKind[]> {
  const written = columns.filter((name) => table.types[columnIndex(table, name)] === "VARCHAR");
  if (written.length === 0) return columns.map(() => "number");
  const counts = written.flatMap((name, at) => [
    `count(${cellText(table, name)}) AS filled${at}`,
    `count(${cellNumber(table, name)}) AS numeric${at}`,
    `count(${flagOf(table, name)}) AS flags${at}`,
  ]);
  const found = await queryFile(environment, table, `SELECT ${counts.join(", ")} FROM ${table.from}`, layout);
  return columns.map((name): ValueKind => {
    const at = written.indexOf(name);
    if (at < 0) return "number";
    const of = (what: string): number => numbers(found, `${what}${at}`)[0];
    if (of("numeric") >= MOSTLY * of("filled")) return "number";
    return of("flags") === of("filled") ? "flag" : "words";
  });
}

const YES: readonly string[] = ["true", "t", "yes", "y"];
const NO: readonly string[] = ["false", "f", "no", "n"];

/** Yes and no, true and false, as 1 and 0 in SQL; NULL for all else. */
export function flagOf(table: SourceTable, name: string): string {
  const list = (words: readonly string[]): string => words.map(sqlText).join(", ");
  return `CASE WHEN lower(${cellText(table, name)}) IN (${list(YES)}) THEN 1 WHEN lower(${cellText(table, name)}) IN (${list(NO)}) THEN 0 END`;
}

/** The same of one word; NaN for all else. */
export function flagValue(word: string): number {
  const said = word.toLowerCase();
  return YES.includes(said) ? 1 : NO.includes(said) ? 0 : Number.NaN;
}

/** The values of a label's column that the note names: those that mean yes, and those that mean no. Plain data. */
export type LabelAnswers = { readonly yes: readonly string[]; readonly no: readonly string[] };

/** A label: what the note's answers say, else 0 or 1, or a word for no or yes; NULL where it is missing or anything else. */
export function labelOf(table: SourceTable, name: string, answers?: LabelAnswers): string {
  if (answers !== undefined) {
    const among = (values: readonly string[]): string =>
      `list_contains([${values.map(sqlText).join(", ")}], ${cellText(table, name)})`;
    return `CASE WHEN ${among(answers.yes)} THEN 1 WHEN ${among(answers.no)} THEN 0 END`;
  }
  return `coalesce(${cellNumber(table, name)}, ${flagOf(table, name)})`;
}
