/** SQL at the edge: an in-memory DuckDB that hands results over as columns and reports its errors as failures people can act on. */

import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  type DuckDBVector,
  FLOAT,
  INTEGER,
  UINTEGER,
  UTINYINT,
  VARCHAR,
} from "@duckdb/node-api";
import { failureOf } from "../core/failure-of.ts";
import { type Failure, FailureError } from "../core/outcome.ts";
import { type Column, createTable, type Table } from "../core/table.ts";
import type { Sql } from "../system/environment.ts";
import { literalPaths } from "./input-files.ts";

/** What the database may use of the machine. */
export interface DuckdbOptions {
  /** Worker threads; default 2. */
  readonly threads?: number;
  /** Memory before a query fails, as DuckDB writes it, such as `2GB`; default four fifths of the machine's. Before that it writes to a folder for temporary files. */
  readonly memoryLimit?: string;
  /** Whether a path with `*`, `?` or `[` means all files that match; else it is the one file of that name. */
  readonly globs?: boolean;
}

/** An open database. `close` frees it; nothing of it is on disk. */
export interface Duckdb extends Sql {
  close(): void;
}

/** Opens an in-memory DuckDB that never installs or loads an extension, so no query reaches the network. */
export async function openDuckdb({ threads = 2, memoryLimit, globs = false }: DuckdbOptions = {}): Promise<Duckdb> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(threads),
    ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    // Nothing is made there until a query needs more than its memory, and DuckDB takes away what it made.
    temp_directory: join(tmpdir(), `heptad-spill-${process.pid}`),
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    query: (sql, parameters = [], { rows } = {}) =>
      reportFailures(sql, () => runQuery(connection, sql, globs ? parameters : literalPaths(sql, parameters), rows)),
    register: (name, table) => reportFailures(name, () => createFrom(connection, name, table)),
    // Where it is told its limit, DuckDB lets go of what it holds and trims the heap; without that gigabytes of a dropped table may stay for minutes.
    release: () =>
      reportFailures("memory_limit", async () => {
        await connection.run(memoryLimit === undefined ? "RESET memory_limit" : `SET memory_limit = '${memoryLimit}'`);
      }),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function runQuery(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly (string | number | boolean | null)[],
  expected: number | undefined,
): Promise<Table> {
  const result = parameters.some(isBeyondIntegers)
    ? await connection.stream(
        sql,
        byPlace(parameters),
        byPlace(parameters.map((one) => (isBeyondIntegers(one) ? DOUBLE : undefined))),
      )
    : await connection.stream(sql, [...parameters]);
  const readers = result.columnTypes().map((type) => columnReader(type, expected));
  for (;;) {
    const chunk = await result.fetchChunk();
    const rows = chunk?.rowCount ?? 0;
    if (chunk === null || rows === 0) break;
    readers.forEach((reader, index) => {
      const vector = chunk.getColumnVector(index);
      const values = reader.pushAll === undefined ? undefined : wholeColumn(vector);
      if (values !== undefined) reader.pushAll?.(values);
      else for (let row = 0; row < rows; row++) reader.push(vector.getItem(row));
    });
  }
  const names = result.deduplicatedColumnNames();
  return createTable(Object.fromEntries(readers.map((reader, index) => [names[index], reader.finish()])));
}

/** A whole number that no integer of SQL's holds: without a type it would be taken for one. */
function isBeyondIntegers(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
}

function byPlace<T>(values: readonly T[]): Record<string, T> {
  return Object.fromEntries(values.map((value, at) => [String(at + 1), value]));
}

/** What a vector holds, as it lies in memory; undefined where a value is missing, or the vector is of another make. */
function wholeColumn(vector: DuckDBVector): RawColumn | undefined {
  const [items, validity]: readonly unknown[] = [Reflect.get(vector, "items"), Reflect.get(vector, "validity")];
  const isWhole = typeof validity === "object" && validity !== null && Reflect.get(validity, "data") === null;
  return isWhole && isRawColumn(items) ? items : undefined;
}

type RawColumn = GrowableColumn | Int16Array | Int8Array | Uint16Array;

function isRawColumn(items: unknown): items is RawColumn {
  return (
    ArrayBuffer.isView(items) &&
    !(items instanceof DataView) &&
    !(items instanceof BigInt64Array) &&
    !(items instanceof BigUint64Array)
  );
}

interface ColumnReader {
  push(value: DuckDBValue): void;
  /** Many numbers at once, none of them missing. Absent where what lies in memory is not the value: days, microseconds, places of words. */
  pushAll?(values: RawColumn): void;
  finish(): Column;
}

function columnReader(type: DuckDBType, expected: number | undefined): ColumnReader {
  switch (type.typeId) {
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.INTEGER:
      return numberReader((length) => new Int32Array(length), false, expected);
    case DuckDBTypeId.UTINYINT:
      return numberReader((length) => new Uint8Array(length), false, expected);
    case DuckDBTypeId.UINTEGER:
      return numberReader((length) => new Uint32Array(length), false, expected);
    case DuckDBTypeId.FLOAT:
      return numberReader((length) => new Float32Array(length), true, expected);
    case DuckDBTypeId.DOUBLE:
      return numberReader((length) => new Float64Array(length), true, expected);
    case DuckDBTypeId.BOOLEAN:
      return oneByOne(numberReader((length) => new Uint8Array(length), false, expected));
    case DuckDBTypeId.VARCHAR:
    case DuckDBTypeId.ENUM:
      return textReader();
    default:
      return oneByOne(numberReader((length) => new Float64Array(length), true, expected));
  }
}

function oneByOne({ push, finish }: ColumnReader): ColumnReader {
  return { push, finish };
}

type GrowableColumn = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/** Doubles its room as it fills. An integer column with a missing value becomes float64, because only that can hold NaN. */
function numberReader(
  create: (length: number) => GrowableColumn,
  holdsNaN: boolean,
  expected: number = CHUNK_ROWS,
): ColumnReader {
  let column = create(Math.max(1, expected));
  let filled = 0;
  let canBeNaN = holdsNaN;
  const grow = (next: GrowableColumn): void => {
    next.set(column.subarray(0, filled));
    column = next;
  };
  return {
    push(value) {
      const number = asNumber(value);
      if (Number.isNaN(number) && !canBeNaN) {
        canBeNaN = true;
        create = (length) => new Float64Array(length);
        grow(create(column.length));
      }
      if (filled === column.length) grow(create(2 * filled));
      column[filled++] = number;
    },
    pushAll(values) {
      let room = column.length;
      while (room < filled + values.length) room *= 2;
      if (room > column.length) grow(create(room));
      column.set(values, filled);
      filled += values.length;
    },
    finish: () => (filled === column.length ? column : column.slice(0, filled)),
  };
}

const DAY_SECONDS = 86_400;

function asNumber(value: DuckDBValue): number {
  if (typeof value === "number") return value;
  if (value === null) return Number.NaN;
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return Number(value.micros) / 1e6;
  if (value instanceof DuckDBTimestampSecondsValue) return Number(value.seconds);
  if (value instanceof DuckDBTimestampMillisecondsValue) return Number(value.millis) / 1e3;
  if (value instanceof DuckDBTimestampNanosecondsValue) return Number(value.nanos) / 1e9;
  if (value instanceof DuckDBDateValue) return value.days * DAY_SECONDS;
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  throw new FailureError({
    code: "unsupported-column-type",
    message: `a query gave the value ${String(value)}, which no column can hold`,
    fix: "cast the column to a number, a text or a TIMESTAMP",
  });
}

function textReader(): ColumnReader {
  const column: string[] = [];
  return {
    push: (value) => column.push(value === null ? "" : String(value)),
    finish: () => column,
  };
}

/** Rows per data chunk: DuckDB's own vector size. */
const CHUNK_ROWS = 2048;

async function createFrom(connection: DuckDBConnection, name: string, table: Table): Promise<void> {
  const columns = [...table.columns];
  const types = columns.map(([, column]) => duckdbType(column));
  const declaration = columns.map(([title], index) => `${quoteName(title)} ${types[index]}`).join(", ");
  await connection.run(`CREATE OR REPLACE TABLE ${quoteName(name)} (${declaration})`);
  const appender = await connection.createAppender(name);
  for (let start = 0; start < table.rows; start += CHUNK_ROWS) {
    const end = Math.min(start + CHUNK_ROWS, table.rows);
    const chunk = DuckDBDataChunk.create(types, end - start);
    columns.forEach(([, column], index) => {
      chunk.setColumnValues(index, toValues(column, start, end));
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function toValues(column: Column, start: number, end: number): DuckDBValue[] {
  if (!ArrayBuffer.isView(column)) return column.slice(start, end);
  return Array.from(column.subarray(start, end), (value) => (Number.isNaN(value) ? null : value));
}

function duckdbType(column: Column): DuckDBType {
  if (column instanceof Float64Array) return DOUBLE;
  if (column instanceof Float32Array) return FLOAT;
  if (column instanceof Int32Array) return INTEGER;
  if (column instanceof Uint32Array) return UINTEGER;
  if (column instanceof Uint8Array) return UTINYINT;
  return VARCHAR;
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function reportFailures<T>(subject: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw new FailureError(explain(error instanceof Error ? error.message : String(error), subject));
  }
}

/** What DuckDB says, by the beginning or the middle of its message, and what to do about it. */
const KNOWN_ERRORS: readonly {
  readonly pattern: RegExp;
  readonly code: string;
  readonly say: string;
  readonly fix: string;
}[] = [
  {
    pattern: /No files found that match|Cannot open file|No such file/u,
    code: "no-such-file",
    say: "the file is not there or cannot be opened",
    fix: "check the path; one in a note is relative to the note",
  },
  {
    pattern: /^Out of Memory Error/u,
    code: "out-of-memory",
    say: "the data does not fit into the memory there is",
    fix: "use fewer rows, or a machine with more memory",
  },
  {
    pattern: /No magic bytes|Parquet file|Failed to read Parquet|Thrift|corrupt|too small to be a Parquet/iu,
    code: "damaged-parquet",
    say: "the file is no whole Parquet file: it was cut short, or is of another format",
    fix: "copy or write the file again, or name its true format",
  },
  {
    pattern: /not utf-8 encoded|byte sequence mismatch|INVALID ENCODING/iu,
    code: "not-utf8",
    say: "the text is not UTF-8",
    fix: "set `encoding: latin-1` in the source, or convert the file to UTF-8",
  },
  {
    pattern: /CSV Error on Line|sniffing file/u,
    code: "unreadable-csv",
    say: "the rows do not have the shape of delimited text",
    fix: "check the delimiter, the quotes and the header of the file",
  },
];

/** What the system itself says at the end of a message of DuckDB's, with its code: these are no faults of a query. */
const SYSTEM_ERRORS: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/No space left on device/u, "ENOSPC"],
  [/Disk quota exceeded/u, "EDQUOT"],
  [/Read-only file system/u, "EROFS"],
  [/Permission denied/u, "EACCES"],
  [/Too many open files/u, "EMFILE"],
  [/Input\/output error/u, "EIO"],
];

function explain(message: string, subject: string): Failure {
  const first = message.split("\n")[0];
  const system = SYSTEM_ERRORS.find(([pattern]) => pattern.test(first));
  if (system !== undefined && /^IO Error/u.test(first))
    return failureOf({ code: system[1], path: pathIn(first), syscall: "" });
  const known = KNOWN_ERRORS.find(({ pattern }) => pattern.test(message));
  if (known === undefined) {
    return { code: "sql-error", message: `DuckDB refused a query: ${first}`, where: subject.slice(0, 120) };
  }
  const where = known.code === "out-of-memory" ? undefined : placeIn(message);
  return { code: known.code, message: `${known.say} (DuckDB: ${first})`, where, fix: known.fix };
}

/** The file that a message names, where it names one. */
function pathIn(message: string): string {
  return /["'](?<path>[^"'\n]*[\\/][^"'\n]*)["']/u.exec(message)?.groups?.path ?? "";
}

/** The file and the line that a message of DuckDB speaks of. */
function placeIn(message: string): string | undefined {
  const line = /CSV Error on Line: (\d+)/u.exec(message)?.[1];
  const file = /file ?= ?(?<plain>\S+)|["'](?<quoted>[^"'\n]+\.\w+)["']/u.exec(message)?.groups;
  const parts = [file?.plain ?? file?.quoted, line === undefined ? undefined : `line ${line}`];
  return parts.filter((part) => part !== undefined).join(", ") || undefined;
}
