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
  if (isFloating(type)) {
    const whole = `${column} = trunc(${column}) AND abs(${column}) < 9007199254740992`;
    const text = `CASE WHEN ${whole} THEN CAST(CAST(${column} AS BIGINT) AS VARCHAR) ELSE CAST(${column} AS VARCHAR) END`;
    return `CASE WHEN ${cellIsFilled(table, name)} THEN ${text} END`;
  }
  if (type !== "VARCHAR") {
    const text = BLANKLESS.test(type) ? `CAST(${column} AS VARCHAR)` : `trim(CAST(${column} AS VARCHAR))`;
    return (WHOLE.test(type) || DECIMAL.test(type)) && missingNumbers(table).length > 0
      ? `CASE WHEN ${cellIsFilled(table, name)} THEN ${text} END`
      : text;
  }
  const text = uncheckedText(table, name);
  const nulls = missingWords(table).map(sqlText);
  const missing = nulls.length === 0 ? ["''"] : nulls;
  // `IN` becomes a join for so many words, which takes more than twice as long a cell.
  return `CASE WHEN list_contains([${missing.join(", ")}], ${text}) THEN NULL ELSE ${text} END`;
}

/** What tells the cell's value from others, NULL where it is missing: the text, or a floating number as it is, which takes far longer to write. */
export function cellValue(table: SourceTable, name: string): string {
  const index = columnIndex(table, name);
  if (!isFloating(table.types[index])) return cellText(table, name);
  // Both zeros are one value.
  return `CASE WHEN ${cellIsFilled(table, name)} THEN c${index} + 0 END`;
}

/** The text of a cell of text without blanks around it, whether or not it is a word for a missing value; of others as `cellText`. */
export function uncheckedText(table: SourceTable, name: string): string {
  const index = columnIndex(table, name);
  if (table.types[index] !== "VARCHAR") return cellText(table, name);
  return table.tidy?.[index] === true ? `c${index}` : `trim(CAST(c${index} AS VARCHAR))`;
}

/** Whether the cell holds anything, in SQL: as `cellText` is not NULL, without writing a number as text. */
export function cellIsFilled(table: SourceTable, name: string): string {
  const index = columnIndex(table, name);
  const [column, type] = [`c${index}`, table.types[index]];
  const none = missingNumbers(table);
  if (isFloating(type) || DECIMAL.test(type)) {
    const isNumber = isFloating(type) && missingWords(table).includes("nan") ? [`NOT isnan(${column})`] : [];
    const others =
      none.length === 0
        ? []
        : [`${column} NOT IN (${none.map((one) => `CAST(${sqlText(one)} AS DOUBLE)`).join(", ")})`];
    return `(${[`${column} IS NOT NULL`, ...isNumber, ...others].join(" AND ")})`;
  }
  if (!WHOLE.test(type)) return `${cellText(table, name)} IS NOT NULL`;
  // As text: a large one would be rounded as a DOUBLE.
  const wholes = none.flatMap((one) => (Number.isSafeInteger(Number(one)) ? [sqlText(String(Number(one)))] : []));
  const others = wholes.length === 0 ? "" : ` AND CAST(${column} AS VARCHAR) NOT IN (${wholes.join(", ")})`;
  return `(${column} IS NOT NULL${others})`;
}

/** Types of SQL whose text never begins or ends with a blank. */
const BLANKLESS = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BOOLEAN|DATE)$/u;
const DECIMAL = /^DECIMAL\b/u;
const WHOLE = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/u;

function isFloating(type: string): boolean {
  return type === "DOUBLE" || type === "FLOAT";
}

/** The words for a missing value that a column of numbers may hold: `-999`. */
function missingNumbers(table: Pick<SourceTable, "nulls">): readonly string[] {
  return missingWords(table).filter((word) => /^[-+]?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf(?:inity)?)$/iu.test(word));
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
  const number = `TRY_CAST(c${index} AS DOUBLE)`;
  return missingNumbers(table).length === 0 ? number : `CASE WHEN ${cellIsFilled(table, name)} THEN ${number} END`;
}
