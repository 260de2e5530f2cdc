/** Tables on paper: columns as wide as their words need, and records in place of columns where the page is too narrow. */

import { type BookTable, type Cell, plainText } from "./document.ts";

/** `columns` is Typst's list of widths; `records` means that the page cannot hold the columns side by side. */
export type TableLayout = { readonly form: "columns"; readonly columns: string } | { readonly form: "records" };

/** Letters that a column takes beyond its words. */
const GUTTER = 2;
/** A longer word breaks. */
const LONGEST_UNBROKEN = 16;

export function layoutTable({ header, rows }: BookTable, letters: number): TableLayout {
  const width = Math.max(header.length, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, i) => [header[i] ?? [], ...rows.map((row) => row[i] ?? [])]);
  const least = columns.map((cells) => Math.max(3, ...cells.map(longestWord)) + GUTTER);
  if (sum(least) > letters) return { form: "records" };
  const most = columns.map((cells, i) => Math.max(least[i], ...cells.map((cell) => plainText(cell).length + GUTTER)));
  // Columns of sentences side by side on a phone are pillars of single words.
  const lines = sum(most) / letters;
  if (letters < NARROW && ((width >= 4 && lines > 1.5) || (width === 3 && lines > 3))) return { form: "records" };
  if (sum(most) <= letters) {
    // All fits on one line a row: the widest takes what is left.
    const widest = most.indexOf(Math.max(...most));
    return { form: "columns", columns: tuple(most.map((_, i) => (i === widest ? "1fr" : "auto"))) };
  }
  // Short columns take what they need; the others share what is left, after their longest words, by how much they hold.
  const isShort = most.map((one, i) => one <= Math.max(SHORT, least[i]));
  const fixed = sum(most.filter((_, i) => isShort[i]));
  const needed = sum(least.filter((_, i) => !isShort[i]));
  if (fixed + needed > letters || isShort.every(Boolean))
    return { form: "columns", columns: tuple(shares(least, most, letters)) };
  const long = (values: readonly number[]): number[] => values.filter((_, i) => !isShort[i]);
  const parts = shares(long(least), long(most), letters - fixed);
  return { form: "columns", columns: tuple(isShort.map((short) => (short ? "auto" : (parts.shift() ?? "1fr")))) };
}

/** Letters of a line, below which a page is a phone's. */
const NARROW = 60;

/** A column of so many letters is never broken while there is room. */
const SHORT = 18;

function shares(least: readonly number[], most: readonly number[], letters: number): string[] {
  const left = letters - sum(least);
  const wanted = most.map((one, i) => Math.sqrt(Math.max(0, one - least[i])));
  const all = sum(wanted);
  return least.map((one, i) => `${(one + (all === 0 ? left / least.length : (left * wanted[i]) / all)).toFixed(1)}fr`);
}

function longestWord(cell: Cell): number {
  return Math.min(
    LONGEST_UNBROKEN,
    Math.max(
      0,
      ...plainText(cell)
        .split(/\s+/u)
        .map((word) => word.length),
    ),
  );
}

function tuple(widths: readonly string[]): string {
  return `(${widths.join(", ")},)`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0);
}
