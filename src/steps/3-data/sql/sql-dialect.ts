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
  /** Seconds since 1970 of a moment, as a DOUBLE; of one without a zone in UTC, as our own reader takes it, whatever the session's zone is. */
  seconds(expression: string): string;
  /** The number in a cell whatever its type, NULL where it is none. */
  number(expression: string): string;
  /** Statements after which the rows of a view are read and not made again. `folder` is where an engine may lay them that keeps none itself. */
  keep(view: string, folder: string): readonly string[];
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
  keep: (view) => [
    `CREATE OR REPLACE TEMPORARY TABLE kept_${view} AS SELECT * FROM ${view}`,
    `CREATE OR REPLACE TEMPORARY VIEW ${view} AS SELECT * FROM kept_${view}`,
  ],
  write: (table, path) => `COPY (SELECT * FROM ${table}) TO ${sqlText(path)} (FORMAT parquet)`,
};

const spark: SqlDialect = {
  name: "spark",
  name_: (name) => `\`${name.replaceAll("`", "``")}\``,
  // Spark reads backslashes in literals as escapes.
  text: (value) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`,
  parquet: (path) => `parquet.\`${path.replaceAll("`", "``")}\``,
  // No statement sets the zone in every engine that takes Spark's SQL, so none is set: what has no zone is written out and given that of UTC.
  seconds: (expression) => {
    const zoned = (ending: string): string =>
      `TRY_CAST(concat(CAST(${expression} AS STRING), '${ending}') AS TIMESTAMP)`;
    const moment = `coalesce(${zoned("Z")}, ${zoned("T00:00:00Z")}, TRY_CAST(${expression} AS TIMESTAMP))`;
    const typed = `CASE typeof(${expression}) WHEN 'timestamp' THEN CAST(${expression} AS TIMESTAMP) ELSE ${moment} END`;
    return `(CAST(unix_micros(${typed}) AS DOUBLE) / 1000000e0)`;
  },
  number: (expression) => `TRY_CAST(${expression} AS DOUBLE)`,
  // Every task of a query over cached views carries how each of them was made: with seven on top of each other nearly all time goes into reading that. Files carry nothing.
  keep: (view, folder) => {
    const path = `${folder}/${view}`;
    return [
      spark.write(view, path),
      `CREATE OR REPLACE TEMPORARY VIEW ${view} AS SELECT * FROM ${spark.parquet(path)}`,
    ];
  },
  write: (table, path) => `INSERT OVERWRITE DIRECTORY ${spark.text(path)} USING parquet SELECT * FROM ${table}`,
};

/** Every dialect, by the name that `--dialect` takes. */
export const SQL_DIALECTS: Readonly<Record<SqlDialect["name"], SqlDialect>> = { duckdb, spark };

/** A number as a DOUBLE literal: without an exponent both engines would read a decimal, and divide it with fewer digits. */
export function double(value: number): string {
  const text = String(value);
  return text.includes("e") ? text : `${text}e0`;
}

/** The nearest whole number as a DOUBLE: halves go up as `Math.round` takes them, where SQL's `round` takes those below 0 down. */
export function nearestWhole(expression: string): string {
  return `(floor(${expression}) + CASE WHEN ${expression} - floor(${expression}) >= 0.5e0 THEN 1e0 ELSE 0e0 END)`;
}

/** Fixed units of 2^-20. A DOUBLE without a fraction. */
export function unitsOf(expression: string): string {
  return nearestWhole(`(${expression}) * ${double(2 ** 20)}`);
}

/** The number that so many units are. */
export function fromUnits(expression: string): string {
  return `CAST(${expression} AS DOUBLE) / ${double(2 ** 20)}`;
}
