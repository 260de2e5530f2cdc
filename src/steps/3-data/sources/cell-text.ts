/** Cells as text in SQL: blanks around them gone, words for a missing value gone, numbers of identifiers whole. */

import { nearest } from "../../../core/nearest.ts";
import { FailureError } from "../../../core/outcome.ts";
import { numeralSql } from "./numerals.ts";
import { sqlText } from "./sql-text.ts";
import type { SourceTable } from "./table-types.ts";

/** What files write where there is no value; a note's `null` takes their place. */
const USUAL_NULLS: readonly string[] = [
  "",
  "NULL",
  "null",
  "Null",
  "NA",
  "N/A",
  "n/a",
  "#N/A",
  "<NA>",
  "nan",
  "NaN",
  "NAN",
  "None",
  "\\N",
  "\\\\N",
];

/** The words for a missing value of a source, without blanks around them. */
export function missingWords({ nulls }: Pick<SourceTable, "nulls">): readonly string[] {
  return (nulls ?? USUAL_NULLS).map((one) => one.trim());
}

/** The place of a column, by its name or, where none is called so, by its number from 1. Throws a `FailureError` naming the nearest. */
export function columnIndex(table: SourceTable, name: string): number {
  const index = table.columns.indexOf(name);
  if (index >= 0) return index;
  const place = /^\d{1,5}$/u.test(name) ? Number(name) : 0;
  if (place >= 1 && place <= table.columns.length) return place - 1;
  const suggestion =
    nearest(name, table.columns) ?? table.columns.find((one) => one.toLowerCase() === name.toLowerCase());
  const shown = table.columns.slice(0, 40).map((one) => `\`${one}\``);
  const more = table.columns.length > 40 ? ` and ${table.columns.length - 40} more` : "";
  throw new FailureError({
    code: "missing-column",
    message: `there is no column \`${name}\`; there are ${shown.join(", ")}${more}`,
    where: table.path,
    fix:
      suggestion === undefined
        ? "name the column in the source's `columns`, or give its number from 1"
        : `did you mean \`${suggestion}\`?`,
  });
}

/** Whether the file has the column, by name or number. */
export function hasColumn({ columns }: Pick<SourceTable, "columns">, name: string): boolean {
  return columns.includes(name) || (/^\d{1,5}$/u.test(name) && Number(name) >= 1 && Number(name) <= columns.length);
}

/** The cell as trimmed text, NULL where it is missing. A whole number of a floating column is written as one: an identifier keeps its digits. */
export function cellText(table: SourceTable, name: string): string {
  const index = columnIndex(table, name);
  const column = `c${index}`;
  const type = table.types[index];
  // Taking blanks off and comparing words takes as long as all else that is done with a cell.
  if (type === "VARCHAR" && table.tidy?.[index] === true) return column;
  const isFloating = type === "DOUBLE" || type === "FLOAT";
  const text = isFloating
    ? `CASE WHEN ${column} = trunc(${column}) AND abs(${column}) < 9007199254740992 THEN CAST(CAST(${column} AS BIGINT) AS VARCHAR) ELSE CAST(${column} AS VARCHAR) END`
    : `trim(CAST(${column} AS VARCHAR))`;
  if (type !== "VARCHAR" && !isFloating) return text;
  const nulls = missingWords(table).map(sqlText);
  const missing = nulls.length === 0 ? ["''"] : nulls;
  // `IN` becomes a join for so many words, which takes more than twice as long a cell.
  return `CASE WHEN list_contains([${missing.join(", ")}], ${text}) THEN NULL ELSE ${text} END`;
}

/** A text as a DOUBLE, NULL where it is none. Only what begins as a number may is tried: each failure takes longer than all else of a cell. */
function textNumber(text: string): string {
  const begins = ["n", "N", "i", "I"].map((letter) => `starts_with(${text}, '${letter}')`);
  return `TRY_CAST(CASE WHEN ${text} < ':' THEN ${text} WHEN ${begins.join(" OR ")} THEN ${text} END AS DOUBLE)`;
}

/** A text of the table as a DOUBLE, by the numerals that the note declares. */
export function numberOfText({ numerals }: Pick<SourceTable, "numerals">, text: string): string {
  return numerals === undefined ? textNumber(text) : numeralSql(text, numerals);
}

/** The cell as a DOUBLE, NULL where it is missing or no finite number. A decimal comma is no number unless the note says so. */
export function cellNumber(table: SourceTable, name: string): string {
  const index = columnIndex(table, name);
  if (table.types[index] === "VARCHAR") return numberOfText(table, cellText(table, name));
  return `TRY_CAST(c${index} AS DOUBLE)`;
}
