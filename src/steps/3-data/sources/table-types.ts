/** What a source is: its files, how their rows are laid out, and the table that they make. */

import type { Environment } from "../../../system/environment.ts";
import type { Numerals } from "./numerals.ts";

/** What reading a source needs of the outside world. */
export type SourceEnvironment = Pick<Environment, "sql" | "files">;

/** A file of rows as a note names its form. */
export type RowFormat = "csv" | "tsv" | "parquet" | "json";

/** The form that a file's name says, packed or not; delimited text where it says nothing else. */
export function formatByName(path: string): RowFormat {
  const ending = /\.(?<ending>parquet|tsv|jsonl|ndjson|json)(?:\.\w+)?$/iu.exec(path)?.groups?.ending.toLowerCase();
  if (ending === undefined) return "csv";
  return ending === "parquet" || ending === "tsv" ? ending : "json";
}

/** How the rows of a file are laid out. */
export type Layout = ParquetLayout | TextLayout;

/** Columns, names and types are in the file. */
export interface ParquetLayout {
  readonly kind: "parquet";
  /** One JSON object a line in place of Parquet: its names and types are in the file too. */
  readonly isJson?: boolean;
  /** Words for a missing value in its text columns. */
  readonly nulls?: readonly string[];
  /** How its text columns write numbers. */
  readonly numerals?: Numerals;
}

/** Delimited text, one row a line; what is absent is found out. */
export interface TextLayout {
  readonly kind: "text";
  /** One character or more, such as `,` or `::`; `space` for a run of white space. */
  readonly delimiter?: string;
  /** Names of the columns of a file without a header. */
  readonly columns?: readonly string[];
  /** Whether the first row names the columns; true where neither this nor `columns` is given, `guess` to find out. */
  readonly header?: boolean | "guess";
  /** Names that a header is likely to hold. */
  readonly expected?: readonly string[];
  /** Any name of the IANA register, such as `latin-1`; UTF-8 where absent and no byte-order mark says otherwise. */
  readonly encoding?: string;
  readonly compression?: "none" | "gzip" | "zstd";
  /** Whether `"` encloses fields; default true. */
  readonly quoted?: boolean;
  /** The sign around cells, or `none`. */
  readonly quote?: string;
  readonly escape?: string;
  readonly comment?: string;
  /** Lines above the header or the first row. */
  readonly skip?: number;
  /** Words for a missing value. */
  readonly nulls?: readonly string[];
  /** How numbers are written; a point before decimals where absent. */
  readonly numerals?: Numerals;
  /** What is done about rows that are not as the others; to stop where absent. */
  readonly malformed?: "error" | "drop";
  /** One line a member: an identifier, then its items, oldest first. Its columns are `member`, `item` and `place`. */
  readonly rows?: "list";
}

/** Rows with too few or too many cells or broken quotes that were left out. */
export interface Malformed {
  readonly count: number;
  /** File, line and column of the first. */
  readonly where: string;
  readonly reason: string;
}

/** Files that are there, hold bytes of the right kind, and have these columns. */
export interface SourceTable {
  /** The file, or what names them all, for people. */
  readonly path: string;
  readonly columns: readonly string[];
  /** SQL after FROM. Its columns are called c0, c1, …; text files have text columns only. */
  readonly from: string;
  /** SQL type of each column. */
  readonly types: readonly string[];
  /** Rows, where they had to be counted to be checked. */
  readonly rows?: number;
  /** Words for a missing value; the usual ones where absent. */
  readonly nulls?: readonly string[];
  /** Of each column, whether the whole text was read and each cell is known to mean what it is written as: no blank at its ends, no word of `nulls`. */
  readonly tidy?: readonly boolean[];
  readonly numerals?: Numerals;
  readonly malformed?: Malformed;
  /** How the text was understood, for people; empty for Parquet. */
  readonly understood: readonly string[];
  /** File and line (and column, where a column is named) of a row, 1 for the first; file and row where rows have no lines. */
  placeOf(row: number, column?: string): Promise<string>;
}
