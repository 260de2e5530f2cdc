/** Delimited text cut into rows and cells: the one reading of a dialect that every other way of reading is held against. */

import { looksLikeRows, SWALLOWED } from "./swallowed-rows.ts";
import type { BrokenRow, TextCensus, TextDialect } from "./text-dialect.ts";
import { BLANK, CARRIAGE_RETURN, createSignTable, EDGE, LINE_FEED, MARK, PART, RETURN, STOP } from "./text-signs.ts";

/** Takes text piece by piece. */
export interface RowReader {
  push(text: string): void;
  /** Ends the text and says what it was. */
  end(): TextCensus;
}

/** Called for each good row with its cells and its one-based line; false ends the reading, `enough` goes on without calling again. */
export type RowSink = (cells: readonly string[], line: number) => false | "enough" | undefined;

export interface RowReaderOptions {
  /** Cells that a row must have; those of the first row where absent. */
  readonly columns?: number;
  /** Lines before the first row that are not looked at. */
  readonly skip?: number;
  /** Rows may be of any length: lists. */
  readonly ragged?: boolean;
  readonly sink?: RowSink;
  /** Words for a missing value: the census then says of each column whether none of its cells may be one, nor has a blank at its ends. */
  readonly missing?: readonly string[];
  /** Whether the first row names the columns: its cells are not looked at for `missing`. */
  readonly hasHeader?: boolean;
}

/** A cell, or a row that no quote ends, is not longer than this. */
const LONGEST_ROW = 8 << 20;

const TAB = 9;

/** Reads rows in one pass; memory stays at one row. A broken row costs its first line and nothing after it. */
export function createRowReader(dialect: TextDialect, options: RowReaderOptions = {}): RowReader {
  const { ragged = false, hasHeader = false } = options;
  let { sink } = options;
  const { delimiter, isBlank, comment } = dialect;
  const quote = dialect.quote === "" ? -1 : dialect.quote.charCodeAt(0);
  const escaper = dialect.escaper === "" ? -1 : dialect.escaper.charCodeAt(0);
  const first = isBlank ? BLANK : delimiter.charCodeAt(0);
  const isLong = !isBlank && delimiter.length > 1;
  let columns = options.columns ?? 0;
  let toSkip = options.skip ?? 0;
  let text = "";
  let line = 1;
  let rows = 0;
  let broken = 0;
  let skipped = 0;
  let firstBroken: BrokenRow | undefined;
  let isPlain = toSkip === 0;
  let feeds = 0;
  let returns = 0;
  let isOver = false;
  let hasLongCells = false;
  /** Made for readers that need it: most read the same few rows to find out how they are parted. */
  let signTable: Uint8Array | undefined;
  const signsOf = (): Uint8Array => {
    signTable ??= createSignTable(dialect, options.missing ?? []);
    return signTable;
  };
  const longest = Math.max(0, ...(options.missing ?? []).map((word) => word.length));
  /** Of each column, 1 where a cell may mean something else than it is written as. */
  let untidy = new Uint8Array(columns);

  // Of the row that is being read.
  let cells: string[] = [];
  let count = 0;
  let linesInRow = 0;
  let trouble = "";
  let troubleAt = 0;

  const isDelimiter = (at: number, code: number): boolean => {
    if (isBlank) return code === BLANK || code === TAB;
    return code === first && (!isLong || text.startsWith(delimiter, at));
  };
  /** Where the delimiter at `at` ends. */
  const afterDelimiter = (at: number): number => {
    if (!isBlank) return at + delimiter.length;
    let next = at + 1;
    while (next < text.length && isDelimiter(next, text.charCodeAt(next))) next++;
    return next;
  };
  const keep = (from: number, to: number): void => {
    count++;
    if (sink !== undefined) cells.push(text.slice(from, to));
    judge(from, to);
  };
  const mark = (column: number): void => {
    if (column >= untidy.length) untidy = widened(untidy, column + 1);
    untidy[column] = 1;
  };
  /** Marks the column of the cell that was counted last, where the cell has a blank at its ends, or may be a word for a missing value. An empty cell is missing as it stands. */
  const judge = (from: number, to: number): void => {
    if (options.missing === undefined || from === to || (rows === 0 && hasHeader)) return;
    const signs = signsOf();
    const begins = signs[text.charCodeAt(from)];
    const isWord = begins > 0 && to - from <= longest;
    if (isWord || begins === EDGE || signs[text.charCodeAt(to - 1)] === EDGE) mark(count - 1);
  };
  const stop = (at: number, says: string): void => {
    if (trouble !== "") return;
    trouble = says;
    troubleAt = at;
  };

  /** Reads a quoted cell whose quote is at `at`; gives where it ends, or -1 where more text is needed. */
  const readQuoted = (at: number, isLast: boolean): number => {
    let value = "";
    let from = at + 1;
    let feedsInside = 0;
    for (let next = from; ; next++) {
      if (next >= text.length) {
        if (!isLast && next - at < LONGEST_ROW) return -1;
        stop(at, "a quote is opened and never closed");
        return text.length;
      }
      const code = text.charCodeAt(next);
      if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(next + 1) !== LINE_FEED)) feedsInside++;
      if (code === escaper && code !== quote) {
        if (next + 1 >= text.length) {
          if (!isLast) return -1;
          continue;
        }
        isPlain = false;
        const escaped = text.charCodeAt(next + 1);
        if (escaped === quote || escaped === escaper) {
          if (sink !== undefined) value += text.slice(from, next);
          from = next + 1;
          next++;
        }
        continue;
      }
      if (code !== quote) continue;
      if (next + 1 >= text.length && !isLast) return -1;
      if (escaper === quote && text.charCodeAt(next + 1) === quote) {
        if (sink !== undefined) value += text.slice(from, next + 1);
        from = next + 2;
        next++;
        continue;
      }
      count++;
      if (sink !== undefined) cells.push(value + text.slice(from, next));
      // What stands between the quotes is not the cell where some of it is escaped.
      if (from > at + 1) mark(count - 1);
      else judge(at + 1, next);
      linesInRow += feedsInside;
      if (feedsInside > 0) hasLongCells = true;
      if (feedsInside > 0 && !ragged && looksLikeRows(text.slice(at + 1, next), dialect, columns)) stop(at, SWALLOWED);
      return next + 1;
    }
  };

  /** Reads the row at `start`; gives where the next one begins, or -1 where more text is needed. */
  const readRow = (start: number, isLast: boolean): number => {
    cells = [];
    count = 0;
    linesInRow = 0;
    trouble = "";
    let at = start;
    if (isBlank) while (at < text.length && isDelimiter(at, text.charCodeAt(at))) at++;
    if (at > start) isPlain = false;
    for (;;) {
      // A cell begins here.
      let code = at < text.length ? text.charCodeAt(at) : -1;
      let opening = at;
      if (quote >= 0 && code === BLANK && !isBlank) {
        while (opening < text.length && text.charCodeAt(opening) === BLANK) opening++;
        if (opening >= text.length && !isLast) return -1;
        if (text.charCodeAt(opening) === quote && text.charCodeAt(opening) !== first) code = quote;
        else opening = at;
      }
      let end: number;
      if (quote >= 0 && code === quote) {
        if (opening > at) {
          isPlain = false;
          mark(count);
        }
        end = readQuoted(opening, isLast);
        if (end < 0) return -1;
        if (!isBlank) {
          const closing = end;
          while (end < text.length && text.charCodeAt(end) === BLANK && first !== BLANK) end++;
          if (end > closing) isPlain = false;
        }
        if (end >= text.length && !isLast) return -1;
        const after = end < text.length ? text.charCodeAt(end) : LINE_FEED;
        if (!isLast && isLong && end + delimiter.length > text.length && after === first) return -1;
        if (after !== LINE_FEED && after !== CARRIAGE_RETURN && !isDelimiter(end, after))
          stop(opening, "a quote that is opened here is followed by more text where it closes");
      } else {
        end = at;
        while (end < text.length) {
          const next = text.charCodeAt(end);
          if (next === LINE_FEED || next === CARRIAGE_RETURN) break;
          if (next === first || isBlank) {
            if (isDelimiter(end, next)) break;
            if (isLong && !isLast && end + delimiter.length > text.length) return -1;
          }
          if (next === 0) stop(end, "the text holds a NUL byte: it is binary, cut or in another encoding");
          end++;
        }
        if (end >= text.length && !isLast) return -1;
        keep(at, end);
      }
      if (trouble !== "") return end;
      if (end >= text.length) return end;
      const code2 = text.charCodeAt(end);
      if (code2 === LINE_FEED || code2 === CARRIAGE_RETURN) {
        if (code2 === CARRIAGE_RETURN && end + 1 >= text.length && !isLast) return -1;
        return end;
      }
      at = afterDelimiter(end);
      if (at >= text.length && !isLast) return -1;
      // Blanks at the end of a line part nothing.
      if (
        isBlank &&
        (at >= text.length || text.charCodeAt(at) === LINE_FEED || text.charCodeAt(at) === CARRIAGE_RETURN)
      ) {
        isPlain = false;
        return at;
      }
    }
  };

  /** Steps over the line end at `at` and counts it. */
  const afterLineEnd = (at: number): number => {
    if (at >= text.length) return at;
    line++;
    if (text.charCodeAt(at) === LINE_FEED) {
      feeds++;
      return at + 1;
    }
    if (text.charCodeAt(at + 1) === LINE_FEED) {
      returns++;
      return at + 2;
    }
    isPlain = false;
    return at + 1;
  };

  const lineEndFrom = (start: number): number => {
    let end = start;
    while (end < text.length && text.charCodeAt(end) !== LINE_FEED && text.charCodeAt(end) !== CARRIAGE_RETURN) end++;
    return end;
  };

  /**
   * Steps over rows that hold nothing but cells and delimiters, which is nearly all of most files: one look at each character. Gives where the
   * first other row begins (a quote, a comment, another count, no end in sight), which `readRow` then reads.
   */
  const afterOrdinaryRows = (from: number): number => {
    if (columns > untidy.length) untidy = widened(untidy, columns);
    // Variables of its own: those of the reader are reached through memory at each character.
    const [whole, table, marked, most, due] = [text, signsOf(), untidy, longest, columns - 1];
    let start = from;
    let cell = from;
    let edge = -2;
    let word = -2;
    let parted = 0;
    let lines = 0;
    let withReturn = 0;
    for (let at = from; at < whole.length; at++) {
      const sign = table[whole.charCodeAt(at)];
      if (sign === 0) continue;
      if (sign >= EDGE) {
        if (sign === MARK && at === start) break;
        if (sign === EDGE) {
          edge = at;
          if (at === cell) marked[parted] = 1;
        } else if (at === cell) word = at;
        continue;
      }
      if (sign === STOP) break;
      if (edge === at - 1 || (word === cell && at - cell <= most)) marked[parted] = 1;
      if (sign === PART) {
        parted++;
        cell = at + 1;
        continue;
      }
      const isReturn = sign === RETURN;
      if (at === start || parted !== due || (isReturn && whole.charCodeAt(at + 1) !== LINE_FEED)) break;
      lines++;
      if (isReturn) {
        withReturn++;
        at++;
      }
      start = at + 1;
      cell = start;
      parted = 0;
    }
    rows += lines;
    line += lines;
    returns += withReturn;
    feeds += lines - withReturn;
    return start;
  };
  const hasOrdinaryRows = !ragged && !isBlank && !isLong;

  const work = (isLast: boolean, from = 0): void => {
    let start = from;
    while (start < text.length && !isOver) {
      if (hasOrdinaryRows && sink === undefined && toSkip === 0 && columns > 0 && (rows > 0 || !hasHeader))
        start = afterOrdinaryRows(start);
      if (start >= text.length) break;
      if (!isLast && start + comment.length > text.length) break;
      const code = text.charCodeAt(start);
      const isComment = comment !== "" && text.startsWith(comment, start);
      if (toSkip > 0 || isComment || code === LINE_FEED || code === CARRIAGE_RETURN) {
        const end = lineEndFrom(start);
        if (!isLast && end + 1 >= text.length) break;
        if (toSkip > 0) toSkip--;
        else skipped++;
        if (isComment || end > start || columns === 1) isPlain = false;
        start = afterLineEnd(end);
        continue;
      }
      const end = readRow(start, isLast);
      if (end < 0) break;
      if (trouble === "" && columns === 0 && !ragged) columns = count;
      if (trouble === "" && !ragged && count !== columns)
        stop(start, `the row has ${count} ${count === 1 ? "cell" : "cells"} where ${columns} are due`);
      if (trouble !== "") {
        broken++;
        firstBroken ??= placed(start);
        // The rest of a line that cannot be read is left out; the lines after it are rows again.
        const lineEnd = lineEndFrom(start);
        // A carriage return at the end of a piece may have its line feed in the next.
        if (lineEnd + 1 >= text.length && !isLast) {
          broken--;
          break;
        }
        start = afterLineEnd(lineEnd);
        continue;
      }
      if (count === 1 && columns > 1 && ragged) skipped++;
      rows++;
      const at = line;
      line += linesInRow;
      const answer = sink?.(cells, at);
      if (answer === false) isOver = true;
      else if (answer === "enough") sink = undefined;
      start = afterLineEnd(end);
    }
    text = text.slice(start);
  };

  /** Line and column of what is wrong with the row that begins at `start`. */
  const placed = (start: number): BrokenRow => {
    const before = text.slice(start, troubleAt).split(/\r\n|\n|\r/u);
    return { line: line + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1, says: trouble };
  };

  return {
    push(piece) {
      if (isOver) return;
      // Text that was put together is slow to walk through: what is left of a piece before is ended first, and the piece is read as it came.
      const first = text === "" ? 0 : piece.indexOf("\n") + 1;
      if (first > 0) {
        text += piece.slice(0, first);
        work(false);
        if (isOver) return;
      }
      if (text === "") {
        text = piece;
        work(false, first);
      } else {
        text += piece.slice(first);
        work(false);
      }
    },
    end() {
      if (!isOver) work(true);
      return {
        rows,
        broken,
        firstBroken,
        skipped,
        isPlain: isPlain && broken === 0 && (feeds === 0 || returns === 0),
        hasLongCells,
        endsWithReturn: returns > 0,
        tidy: options.missing === undefined ? [] : Array.from({ length: columns }, (_, at) => untidy[at] !== 1),
      };
    },
  };
}

function widened(flags: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(length);
  wider.set(flags);
  return wider;
}
