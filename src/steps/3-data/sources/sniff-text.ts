/** Finds out how a text parts its cells, and whether its first line names them, from its beginning. */

import type { TextDialect } from "./text-dialect.ts";
import { createRowReader } from "./text-rows.ts";

/** What the note says about a text; the rest is found out. */
export interface WrittenDialect {
  readonly delimiter?: string;
  readonly quote?: string;
  readonly escape?: string;
  readonly comment?: string;
  readonly skip?: number;
  /** `list` where lines are lists of any length. */
  readonly rows?: "list";
}

/** Delimiters that are looked for; where two fit alike, the earlier one is taken. */
const DELIMITERS = ["\t", ",", ";", "|", "::", "\u0001", "^", "~"] as const;
const LOOKED_AT = 60;

/** Words for white space of any length as a delimiter. */
const BLANK_WORDS = new Set(["space", "spaces", "whitespace", "white space", "blank", " "]);
const NAMED: Readonly<Record<string, string>> = {
  tab: "\t",
  comma: ",",
  semicolon: ";",
  pipe: "|",
  "\\t": "\t",
  "\\x01": "\u0001",
};

/** The dialect of a text from its beginning. `beginning` may end within a row. */
export function sniffDialect(beginning: string, written: WrittenDialect = {}): TextDialect {
  const quote = written.quote === "none" ? "" : (written.quote ?? '"');
  const comment = written.comment === "none" ? "" : (written.comment ?? "");
  const known = { quote, comment };
  const escaper = written.escape ?? (quote === "" ? "" : likelyEscape(beginning, quote));
  if (written.delimiter !== undefined) {
    const delimiter = NAMED[written.delimiter] ?? written.delimiter;
    return BLANK_WORDS.has(delimiter)
      ? { ...known, escaper, delimiter: " ", isBlank: true }
      : { ...known, escaper, delimiter, isBlank: false };
  }
  const fits = DELIMITERS.map((delimiter) => {
    const dialect: TextDialect = { ...known, escaper, delimiter, isBlank: false };
    return { dialect, ...fitOf(beginning, dialect, written.skip ?? 0) };
  });
  const blank: TextDialect = { ...known, escaper, delimiter: " ", isBlank: true };
  if (written.rows === "list") {
    const [line = ""] = beginning.split(/[\r\n]/u);
    return fits.find(({ dialect }) => line.includes(dialect.delimiter))?.dialect ?? blank;
  }
  const best = fits.reduce((one, other) => (other.score > one.score ? other : one));
  if (best.score > 0) return best.dialect;
  const blankFit = fitOf(beginning, blank, written.skip ?? 0);
  return blankFit.score > 0 ? blank : { ...known, escaper, delimiter: ",", isBlank: false };
}

/** Share of rows that agree in their cells, times how many cells that is; 0 where nothing is parted. */
function fitOf(beginning: string, dialect: TextDialect, skip: number): { score: number } {
  const rows = firstRows(beginning, dialect, skip);
  if (rows.length === 0) return { score: 0 };
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [cells, agreeing] = [...counts].reduce((one, other) => (other[1] > one[1] ? other : one));
  if (cells < 2) return { score: 0 };
  const share = agreeing / rows.length;
  return { score: share < 0.7 ? 0 : share * 100 + Math.min(cells, 50) / 100 };
}

/** The first rows of a text, whatever their lengths. */
export function firstRows(
  beginning: string,
  dialect: TextDialect,
  skip: number,
  limit = LOOKED_AT,
): (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  const reader = createRowReader(dialect, {
    ragged: true,
    skip,
    sink: (cells) => {
      rows.push(cells);
      return rows.length < limit ? undefined : false;
    },
  });
  reader.push(beginning);
  // A cut last line is no row, unless it is the only one.
  if (rows.length === 0) reader.end();
  return rows;
}

/** A backslash before a quote and no doubled quote: the way of MySQL. */
function likelyEscape(beginning: string, quote: string): string {
  const slashed = beginning.includes(`\\${quote}`);
  const doubled = new RegExp(`[^\\s,;|\\t]${quote}${quote}|${quote}${quote}[^\\s,;|\\t]`, "u").test(beginning);
  return slashed && !doubled ? "\\" : quote;
}

/** Whether the first row names the columns, and why it seems so. */
export interface HeaderGuess {
  readonly isHeader: boolean;
  readonly why: string;
}

/** Names carry units, shares and apostrophes too: `Preis (€)`, `% done`, `user's name`. */
const NAME = /^[\p{L}\p{Sc}_#@%("][\p{L}\p{N}\p{Sc}_ .#/()[\]:%&?,;'’"+*-]{0,60}$/u;

/**
 * A first row with a number, an empty cell or a value that comes again is a row of data; words over numbers or moments are a header,
 * whatever else the row holds, and so is a word over many cells that all hold digits.
 */
export function guessHeader(rows: readonly (readonly string[])[], expected: readonly string[] = []): HeaderGuess {
  const [first, ...others] = rows;
  if (first === undefined) return { isHeader: false, why: "there is no row" };
  // A delimiter at the end of every row parts nothing.
  const width = 1 + first.findLastIndex((_, at) => rows.some((row) => (row[at] ?? "").trim() !== ""));
  const filled = first.slice(0, width).map((cell) => cell.trim());
  const named = filled.find((cell) => expected.includes(cell));
  if (named !== undefined) return { isHeader: true, why: `\`${named}\` is the name of a column` };
  const number = filled.find(isNumber);
  if (number !== undefined) return { isHeader: false, why: `the first row holds the number ${number}` };
  const isIndex = filled[0] === "" && others.length > 0 && others.every((row) => /^\d+$/u.test((row[0] ?? "").trim()));
  if (isIndex && filled.slice(1).every((cell) => cell !== "" && NAME.test(cell)))
    return { isHeader: true, why: "its first cell is empty over row numbers, and the others are names" };
  if (filled.some((cell) => cell === "")) return { isHeader: false, why: "the first row has an empty cell" };
  const twice = filled.find((cell, at) => filled.indexOf(cell) !== at);
  if (twice !== undefined && (others.length === 0 || !isNamedTwice(filled, others, twice)))
    return { isHeader: false, why: "the first row holds a value twice" };
  if (others.length === 0) return { isHeader: true, why: "the only row holds words" };
  const names = filled.findIndex((cell, at) => !MISSING.test(cell) && isOverNumbers(others, at));
  if (names >= 0) return { isHeader: true, why: `\`${filled[names]}\` stands over numbers` };
  const moments = filled.findIndex((cell, at) => isWord(cell) && isOver(others, at, MOMENT));
  if (moments >= 0) return { isHeader: true, why: `\`${filled[moments]}\` stands over moments` };
  const again = filled.find((cell, at) => others.some((row) => row[at]?.trim() === cell));
  if (again !== undefined) return { isHeader: false, why: `\`${again}\` of the first row comes again below it` };
  const coded =
    others.length < MANY_CODES ? -1 : filled.findIndex((cell, at) => isWord(cell) && isOver(others, at, /\d/u));
  if (coded >= 0) return { isHeader: true, why: `\`${filled[coded]}\` stands over cells that all hold digits` };
  const looksNamed = filled.every((cell) => NAME.test(cell));
  return looksNamed
    ? { isHeader: true, why: "the first row holds words like names" }
    : { isHeader: false, why: "the first row does not look like names" };
}

/** Names over numbers, of which one comes twice and never below: a header that has to be mended, not a row. */
function isNamedTwice(first: readonly string[], others: readonly (readonly string[])[], twice: string): boolean {
  const isOver = first.some(
    (cell, at) => cell !== twice && isOverNumbers(others, at) && others.some((row) => isNumber((row[at] ?? "").trim())),
  );
  const comesAgain = others.some((row) => row.some((cell) => cell.trim() === twice));
  return isOver && !comesAgain && first.every((cell) => NAME.test(cell) && !NONE.test(cell));
}

/** What files write where they have nothing to say: it names no column. */
const MISSING = /^(?:null|na|n\/a|nan|none|nil|unknown|\\n|\?+|-+|\.+)$/iu;
/** A day in any order, with or without a time of day: `2024-03-05 03:00:00`, `15.09.2020`, `15-SEP-2020`. */
const MOMENT = /^\d{1,4}[-/.](?:\d{1,2}|\p{L}{3,9})[-/.]\d{1,4}(?:[T ,].*)?$/u;
/** So many cells that all hold digits, under one that holds none, are no accident. */
const MANY_CODES = 10;

function isWord(cell: string): boolean {
  return /\p{L}/u.test(cell) && !/\d/u.test(cell) && !MISSING.test(cell);
}

/** Whether every cell below that is filled has this form, and one is. */
function isOver(others: readonly (readonly string[])[], at: number, form: RegExp): boolean {
  const cells = others.map((row) => (row[at] ?? "").trim()).filter((cell) => cell !== "");
  return cells.length > 0 && cells.every((cell) => form.test(cell));
}

const NONE = /^(?:null|na|nan|none|nil)$/iu;

function isOverNumbers(others: readonly (readonly string[])[], at: number): boolean {
  return others.every((row) => isNumber((row[at] ?? "").trim()) || (row[at] ?? "").trim() === "");
}

/** Whether a cell is a number as files write it. */
function isNumber(cell: string): boolean {
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/u.test(cell);
}
