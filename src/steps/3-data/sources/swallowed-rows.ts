/** A quote that was never meant to be one: the cell that it opens goes over lines that look like rows. */

import type { TextDialect } from "./text-dialect.ts";

export const SWALLOWED =
  "a quote is opened here and closed lines later, and what lies between looks like rows: a quote is missing";

/** Whether the lines inside a quoted cell look like rows of so many columns: then a quote is missing, not a cell long. */
export function looksLikeRows(cell: string, { delimiter, isBlank }: TextDialect, columns: number): boolean {
  if (columns < 2) return false;
  const lines = cell.split(/\r\n|\n|\r/u).slice(1);
  const parts = lines.map((one) => (isBlank ? one.trim().split(/[ \t]+/u) : one.split(delimiter)));
  if (columns > 2) return parts.some((one) => one.length === columns && one.every((cell) => !/^\s/u.test(cell)));
  return parts.every((one) => one.length === 2 && one.every((cell) => /^\S+$/u.test(cell)));
}
