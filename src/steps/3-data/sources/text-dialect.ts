/** How a delimited text is written, and what a whole one was found to be. */

/** Delimited text cut into rows and cells: the one reading of a dialect that every other way of reading is held against. */

/** How cells and rows are told apart. */
export interface TextDialect {
  /** One character or more, such as `,` or `::`; a run of white space where `isBlank`. */
  readonly delimiter: string;
  /** Any run of blanks and tabs parts cells; the delimiter itself is not looked at. */
  readonly isBlank: boolean;
  /** The sign around cells that hold a delimiter; empty where cells are never quoted. */
  readonly quote: string;
  /** What stands before a quote inside quotes: the quote itself (doubled), a backslash, or nothing. */
  readonly escaper: string;
  /** Lines that begin with it are no rows; empty where there are none. */
  readonly comment: string;
}

/** A row that is not as the others, with its place. */
export interface BrokenRow {
  /** One-based line and column (in characters) of what is wrong. */
  readonly line: number;
  readonly column: number;
  /** What is wrong, as a sentence without a full stop. */
  readonly says: string;
}

/** What a whole text was found to be. */
export interface TextCensus {
  /** Rows that are as they should be, the header included. */
  readonly rows: number;
  /** Rows that are not. */
  readonly broken: number;
  readonly firstBroken?: BrokenRow;
  /** Lines that are comments or blank. */
  readonly skipped: number;
  /** Whether a reader of plain RFC 4180 text finds the same cells: line ends of one kind, nothing beside a quote, nothing skipped but blank lines. */
  readonly isPlain: boolean;
  /** Whether a quoted cell goes over a line end. */
  readonly hasLongCells: boolean;
  /** Whether lines end with a carriage return and a line feed. */
  readonly endsWithReturn: boolean;
  /** Of each column, whether its cells are known to be what they are written as; empty where the reader was told no words for a missing value. */
  readonly tidy: readonly boolean[];
}
