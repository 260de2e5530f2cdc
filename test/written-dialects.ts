/** Tables written in dialects of every kind, for tests that read them back. */

import { gzipSync } from "node:zlib";
import fc from "fast-check";
import iconv from "iconv-lite";

/** A table and how it is written. */
export interface WrittenTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  readonly encoding: string;
  readonly lineEnd: string;
  readonly comment: string;
  readonly isGzipped: boolean;
  readonly endsWithLine: boolean;
}

const letters = fc.constantFrom("a", "b", "Z", "0", "7", ".", "-", "é", "ü", " ", "'");
const plainCell = fc.array(letters, { minLength: 1, maxLength: 6 }).map((all) => all.join("").trim() || "x");
const wildCell = fc
  .array(fc.oneof(letters, fc.constantFrom('"', ",", ";", "\t", "|", "::", "\n", "\r\n", "\\", "#", "日")), {
    maxLength: 8,
  })
  .map((all) => all.join(""));

/** Tables in any dialect; the cells of an unquoted dialect hold nothing that would need quotes. */
export const someTable: fc.Arbitrary<WrittenTable> = fc
  .record({
    delimiter: fc.constantFrom(",", ";", "\t", "|", "::", "||", "<>", "~", "\u0001", "@#@#@#"),
    isQuoted: fc.boolean(),
    isEscaped: fc.boolean(),
    encoding: fc.constantFrom("utf-8", "utf-8", "utf-8", "utf-16le", "utf-16be", "windows-1252", "latin-1", "gb18030"),
    lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
    comment: fc.constantFrom("", "", "#", "//"),
    isGzipped: fc.constantFrom(false, false, true),
    endsWithLine: fc.boolean(),
    columns: fc.integer({ min: 1, max: 5 }),
    count: fc.integer({ min: 1, max: 12 }),
  })
  .chain(({ columns, count, isQuoted, isEscaped, ...dialect }) => {
    const quote = isQuoted ? '"' : "none";
    const cell = isQuoted ? wildCell : plainCell;
    return fc
      .array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: count, maxLength: count })
      .map((rows) => ({
        ...dialect,
        header: Array.from({ length: columns }, (_, at) => `column_${at}`),
        rows: rows.map((row) => row.map((one) => writable(one, dialect, isQuoted))),
        quote,
        escape: isEscaped ? "\\" : '"',
      }));
  });

/** The cell without what its encoding or its dialect cannot hold. */
function writable(
  cell: string,
  { encoding, delimiter }: Pick<WrittenTable, "encoding" | "delimiter">,
  isQuoted: boolean,
): string {
  const held = /1252|latin/u.test(encoding) ? cell.replaceAll("日", "?") : cell;
  return isQuoted
    ? held
    : held
        .replaceAll(delimiter, "")
        .replaceAll(/[\t|~<>@#]/gu, "")
        .trim() || "x";
}

/** The bytes of the file. Every cell of a quoted dialect is quoted where it has to be, a comment stands after the header. */
export function bytesOf(table: WrittenTable): Uint8Array {
  const lines = [table.header, ...table.rows].map((row) =>
    row.map((cell) => writeCell(cell, table)).join(table.delimiter),
  );
  if (table.comment !== "") lines.splice(1, 0, `${table.comment} a remark, with ; all | signs`);
  const text = lines.join(table.lineEnd) + (table.endsWithLine ? table.lineEnd : "");
  const bytes = iconv.encode(text, table.encoding, { addBOM: table.encoding.startsWith("utf-16") });
  return table.isGzipped ? gzipSync(bytes) : bytes;
}

function writeCell(cell: string, { delimiter, quote, escape: escaper, comment }: WrittenTable): string {
  if (quote === "none") return cell;
  const isNeeded =
    cell === "" ||
    /["\r\n\\]|^\s|\s$/u.test(cell) ||
    cell.includes(delimiter) ||
    (comment !== "" && cell.startsWith(comment)) ||
    [...delimiter].some((sign) => cell.includes(sign));
  if (!isNeeded) return cell;
  return `"${escaper === "\\" ? cell.replaceAll(/["\\]/gu, (sign) => `\\${sign}`) : cell.replaceAll('"', '""')}"`;
}
