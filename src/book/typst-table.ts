/** Tables on paper: columns as wide as their words need, and records in place of columns where the page is too narrow. */

import { type BookTable, type Cell, type Inline, plainText, text } from "./document.ts";
import { bound } from "./typst-text.ts";

/**
 * `columns` is Typst's list of widths for the columns of `table`, which holds every word of the one that was given; `records` means that the
 * page cannot hold them side by side.
 */
export type TableLayout =
  | { readonly form: "columns"; readonly columns: string; readonly table: BookTable }
  | { readonly form: "records" };

/** Letters that a column takes beyond its words. */
const GUTTER = 2;
/** A longer word breaks. */
const LONGEST_UNBROKEN = 16;

export function layoutTable(table: BookTable, letters: number): TableLayout {
  const laid = columnsOf(table, letters);
  const plain = laid === undefined ? undefined : ({ form: "columns", columns: laid.widths, table } as const);
  if (laid !== undefined && plain !== undefined && !isMostlyBlank(table, letters) && !isCrowded(table, laid))
    return plain;
  const folded = letters < NARROW ? undefined : foldTable(table, letters);
  const rest = folded === undefined ? undefined : columnsOf(folded, letters);
  if (folded === undefined || rest === undefined) return plain ?? { form: "records" };
  return { form: "columns", columns: rest.widths, table: folded };
}

interface Columns {
  /** Typst's list of them. */
  readonly widths: string;
  /** About how many lines the longest cell takes. */
  readonly lines: number;
}

/** Many columns side by side leave one of them so little that its words stand below one another. */
function isCrowded({ header }: BookTable, { lines }: Columns): boolean {
  return header.length >= MANY && lines > MOST_LINES;
}

/** Blank columns take the room of words, which then stand one below the other in the others. */
function isMostlyBlank(table: BookTable, letters: number): boolean {
  const columns = columnCells(table);
  const blank = columns.filter(
    (cells) => cells.slice(1).filter((cell) => cell.length > 0).length < SELDOM * table.rows.length,
  );
  const wanted = sum(columns.map((cells) => Math.max(...cells.map(lengthOf)) + GUTTER));
  return blank.length >= MOST_BLANK && wanted > letters;
}

function columnCells({ header, rows }: BookTable): Cell[][] {
  const width = Math.max(header.length, ...rows.map((row) => row.length));
  return Array.from({ length: width }, (_, i) => [header[i] ?? [], ...rows.map((row) => row[i] ?? [])]);
}

/** The columns that most rows have stay, as far as there is room; what else a row says stands in a last one, with its names. */
function foldTable({ header, rows, right, isNamed }: BookTable, letters: number): BookTable | undefined {
  const width = Math.max(header.length, ...rows.map((row) => row.length));
  let room = letters * (1 - FOLDED);
  const kept: number[] = [];
  for (let i = 0; i < width; i++) {
    const cells = rows.map((row) => row[i] ?? []).filter((cell) => plainText(cell) !== "");
    if (i > 0 && cells.length < OFTEN * rows.length) continue;
    const words = [header[i] ?? [], ...cells];
    room -= Math.max(...words.map(longestWord), Math.min(SHORT, ...words.map(lengthOf))) + GUTTER;
    if (room < 0) break;
    kept.push(i);
  }
  const others = Array.from({ length: width }, (_, i) => i).filter((i) => !kept.includes(i));
  if (kept.length === 0 || others.length < 2) return undefined;
  const rest = (row: readonly Cell[]): Cell =>
    others
      .filter((i) => plainText(row[i] ?? []) !== "")
      .flatMap((i, at): Inline[] => [
        ...(at === 0 ? [] : [text(" · ")]),
        ...((header[i] ?? []).length === 0 ? [] : [{ kind: "small", of: header[i] } as const, text(" ")]),
        ...(row[i] ?? []),
      ]);
  return {
    kind: "table",
    header: header.every((cell) => cell.length === 0) ? [] : [...kept.map((i) => header[i] ?? []), [text("also")]],
    rows: rows.map((row) => [...kept.map((i) => row[i] ?? []), rest(row)]),
    right: [...kept.map((i) => right[i] === true), false],
    isNamed,
  };
}

/** Of a line, for what is folded. */
const FOLDED = 0.4;
/** Of the rows: a column that fewer have is mostly blank. */
const OFTEN = 0.75;
/** Of the rows: what fewer say, of so many columns, is no reason for a table of columns. */
const SELDOM = 0.5;
const MOST_BLANK = 3;
/** So many columns, and lines in a cell. */
const MANY = 8;
const MOST_LINES = 2.5;

function columnsOf(table: BookTable, letters: number): Columns | undefined {
  const columns = columnCells(table);
  const width = columns.length;
  const least = columns.map((cells) => Math.max(3, ...cells.map(longestWord)) + GUTTER);
  if (sum(least) > letters) return undefined;
  const most = columns.map((cells, i) => Math.max(least[i], ...cells.map((cell) => plainText(cell).length + GUTTER)));
  // Columns of sentences side by side on a phone are pillars of single words.
  const inAll = sum(most) / letters;
  if (letters < NARROW && ((width >= 4 && inAll > 1.5) || (width === 3 && inAll > 2))) return undefined;
  if (sum(most) <= letters) {
    // All fits on one line a row: the widest takes what is left.
    const widest = most.indexOf(Math.max(...most));
    return { widths: tuple(most.map((_, i) => (i === widest ? "1fr" : "auto"))), lines: 1 };
  }
  // Short columns take what they need; the others share what is left, after their longest words, by how much they hold.
  const isShort = most.map((one, i) => one <= Math.max(SHORT, least[i]));
  const fixed = sum(most.filter((_, i) => isShort[i]));
  const needed = sum(least.filter((_, i) => !isShort[i]));
  const linesOf = (wanted: readonly number[], widths: readonly number[]): number =>
    Math.max(...wanted.map((one, i) => one / widths[i]));
  if (fixed + needed > letters || isShort.every(Boolean)) {
    const all = shares(least, most, letters);
    return { widths: tuple(all.map(share)), lines: linesOf(most, all) };
  }
  const long = (values: readonly number[]): number[] => values.filter((_, i) => !isShort[i]);
  const parts = shares(long(least), long(most), letters - fixed);
  const lines = linesOf(long(most), parts);
  return { widths: tuple(isShort.map((short) => (short ? "auto" : share(parts.shift() ?? 1)))), lines };
}

/** Letters of a line, below which a page is a phone's. */
const NARROW = 60;

/** A column of so many letters is never broken while there is room. */
const SHORT = 18;

function share(width: number): string {
  return `${width.toFixed(1)}fr`;
}

function shares(least: readonly number[], most: readonly number[], letters: number): number[] {
  const left = letters - sum(least);
  const wanted = most.map((one, i) => Math.sqrt(Math.max(0, one - least[i])));
  const all = sum(wanted);
  return least.map((one, i) => one + (all === 0 ? left / least.length : (left * wanted[i]) / all));
}

function longestWord(cell: Cell): number {
  return Math.min(
    LONGEST_UNBROKEN,
    Math.max(
      0,
      ...bound(plainText(cell))
        .split(/[^\S\u00A0]+/u)
        .map((word) => word.length),
    ),
  );
}

function lengthOf(cell: Cell): number {
  return plainText(cell).length;
}

function tuple(widths: readonly string[]): string {
  return `(${widths.join(", ")},)`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}
