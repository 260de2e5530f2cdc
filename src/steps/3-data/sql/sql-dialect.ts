/** How the engines that a note's SQL is written for spell the few things that they spell differently. */

import { sqlText } from "../sources/sql-text.ts";

/** An engine's way of writing SQL. All else that we write is the same in each. */
export interface SqlDialect {
  readonly name: "duckdb" | "spark";
  /** A name as it stands: whatever it holds, it is one identifier. */
  name_(name: string): string;
  /** A string literal. */
  text(value: string): string;
  /** The rows of a Parquet file, or of a folder of them, as what follows FROM. */
  parquet(path: string): string;
  /** Seconds since 1970 of a TIMESTAMP, as a DOUBLE. */
  seconds(expression: string): string;
  /** The number in a cell whatever its type, NULL where it is none. */
  number(expression: string): string;
  /** A statement that makes moments without a zone UTC, as our own reader takes them. */
  readonly utc: string;
  /** A statement that writes the rows of a table as Parquet. */
  write(table: string, path: string): string;
}

const duckdb: SqlDialect = {
  name: "duckdb",
  name_: (name) => `"${name.replaceAll('"', '""')}"`,
  text: sqlText,
  parquet: (path) => `read_parquet(${sqlText(/\.parquet$|[*?[]/u.test(path) ? path : `${path}/*.parquet`)})`,
  seconds: (expression) => `(CAST(epoch_us(${expression}) AS DOUBLE) / 1000000e0)`,
  number: (expression) => `TRY_CAST(${expression} AS DOUBLE)`,
  utc: "SET TimeZone = 'UTC'",
  write: (table, path) => `COPY (SELECT * FROM ${table}) TO ${sqlText(path)} (FORMAT parquet)`,
};

const spark: SqlDialect = {
  name: "spark",
  name_: (name) => `\`${name.replaceAll("`", "``")}\``,
  // Spark reads backslashes in literals as escapes.
  text: (value) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
  parquet: (path) => `parquet.\`${path.replaceAll("`", "``")}\``,
  seconds: (expression) => `(CAST(unix_micros(CAST(${expression} AS TIMESTAMP)) AS DOUBLE) / 1000000e0)`,
  number: (expression) => `TRY_CAST(${expression} AS DOUBLE)`,
  utc: "SET TIME ZONE 'UTC'",
  write: (table, path) => `INSERT OVERWRITE DIRECTORY ${spark.text(path)} USING parquet SELECT * FROM ${table}`,
};

/** Every dialect, by the name that `--dialect` takes. */
export const SQL_DIALECTS: Readonly<Record<SqlDialect["name"], SqlDialect>> = { duckdb, spark };

/** A number as a DOUBLE literal: without an exponent both engines would read a decimal, and divide it with fewer digits. */
export function double(value: number): string {
  const text = String(value);
  return text.includes("e") ? text : `${text}e0`;
}

/** Fixed units of 2^-20: halves go up as `Math.round` takes them, where SQL's `round` takes those of refunds down. A DOUBLE without a fraction. */
export function unitsOf(expression: string): string {
  const scaled = `(${expression}) * ${double(2 ** 20)}`;
  return `(floor(${scaled}) + CASE WHEN ${scaled} - floor(${scaled}) >= 0.5e0 THEN 1e0 ELSE 0e0 END)`;
}

/** The number that so many units are. */
export function fromUnits(expression: string): string {
  return `CAST(${expression} AS DOUBLE) / ${double(2 ** 20)}`;
}
