/** Lines above the rows and their names: notes of who wrote the file, and a first of two lines of names. */

import { FailureError } from "../../../core/outcome.ts";
import { sniffDialect } from "../sources/sniff-text.ts";
import { createRowReader } from "../sources/text-rows.ts";

/** Rows that are looked at. */
const LOOKED_AT = 60;
/** More lines of another length than this are no heading. */
const MOST_LEADING = 20;

/**
 * How many lines stand above the header or the first row. `beginning` may end within a row. Throws a `FailureError` where a second line of
 * words stands between the names and the rows, and is no line of names itself.
 */
export function leadingLines(beginning: string, path: string): number {
  const rows: { readonly cells: readonly string[]; readonly line: number }[] = [];
  const reader = createRowReader(sniffDialect(beginning), {
    ragged: true,
    sink: (cells, line) => {
      rows.push({ cells, line });
      return rows.length < LOOKED_AT ? undefined : false;
    },
  });
  reader.push(beginning);
  const usual = usualLength(rows.map(({ cells }) => cells.length));
  const first = rows.findIndex(({ cells }) => cells.length === usual);
  if (first < 0 || usual < 2) return 0;
  const isHeaded = first <= MOST_LEADING && rows.slice(0, first).every(({ cells }) => cells.length < usual);
  const above = isHeaded ? rows[first].line - 1 : 0;
  const table = rows.slice(isHeaded ? first : 0).filter(({ cells }) => cells.length === usual);
  if (!hasTwoHeaders(table.map(({ cells }) => cells))) return above;
  const [names, second] = table;
  if (namesColumns(second.cells) && !namesColumns(names.cells)) return second.line - 1;
  throw new FailureError({
    code: "two-headers",
    message: `line ${second.line} holds words above numbers, as line ${names.line} does: one of the two is no row and names no column`,
    where: `${path}, line ${second.line}`,
    fix: `take the line out that names no columns: sed '${second.line}d' FILE > rows.csv`,
  });
}

function usualLength(lengths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [usual = 0] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one), [0, 0]);
  return usual;
}

/** Rows below the second line that have to be there for its words to be told from theirs. */
const FEWEST_BELOW = 3;

/** Whether the first two lines hold words in columns that hold nothing but numbers below them, in most of those columns. */
function hasTwoHeaders(rows: readonly (readonly string[])[]): boolean {
  const [first, second, ...below] = rows;
  if (below.length < FEWEST_BELOW) return false;
  const numeric = first.flatMap((_, at) => {
    const cells = below.map((row) => row[at].trim()).filter((cell) => cell !== "");
    return cells.length >= FEWEST_BELOW && cells.every((cell) => NUMBER.test(cell)) ? [at] : [];
  });
  const isWord = (cell: string): boolean =>
    cell.trim() !== "" && !NUMBER.test(cell.trim()) && !MISSING.test(cell.trim());
  const under = numeric.filter((at) => isWord(first[at]) && isWord(second[at]));
  return numeric.length >= 2 && under.length > numeric.length / 2;
}

const NUMBER = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/u;
const MISSING = /^(?:null|na|n\/a|nan|none|\\n|\?|-)$/iu;

/** Names are all different; types and units come again. */
function namesColumns(cells: readonly string[]): boolean {
  const named = cells.map((cell) => cell.trim());
  return named.every((cell) => cell !== "") && new Set(named).size === named.length;
}
