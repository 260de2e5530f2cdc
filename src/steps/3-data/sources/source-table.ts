/** A file or several of rows as SQL can read them: checked, columns known by name, before a single row is used. */

import { FailureError } from "../../../core/outcome.ts";
import { type Table, texts } from "../../../core/table.ts";
import type { Environment } from "../../../system/environment.ts";
import { columnIndex } from "./cell-text.ts";
import { openText } from "./open-text.ts";
import { describePaths } from "./source-paths.ts";
import { sqlFile } from "./sql-text.ts";

/** What reading a source needs of the outside world. */
export type SourceEnvironment = Pick<Environment, "sql" | "files">;

/** How the rows of a file are laid out. */
export type Layout = ParquetLayout | TextLayout;

/** Columns, names and types are in the file. */
export interface ParquetLayout {
  readonly kind: "parquet";
  /** Words for a missing value in its text columns. */
  readonly nulls?: readonly string[];
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
  readonly malformed?: Malformed;
  /** How the text was understood, for people; empty for Parquet. */
  readonly understood: readonly string[];
  /** File and line (and column, where a column is named) of a row, 1 for the first; file and row where rows have no lines. */
  placeOf(row: number, column?: string): Promise<string>;
}

/** Opens files of one layout. Throws a `FailureError` when one is absent, a folder, empty, binary, cut short, without a header or malformed. */
export async function openSourceTable(
  environment: SourceEnvironment,
  path: string | readonly string[],
  layout: Layout,
): Promise<SourceTable> {
  const paths = typeof path === "string" ? [path] : path;
  for (const one of paths) await checkFile(environment, one);
  return layout.kind === "parquet" ? openParquet(environment, paths, layout) : openText(environment, paths, layout);
}

/** The SQL name of a column, by its name or number. Throws a `FailureError` naming the nearest column when there is none. */
export function columnOf(table: SourceTable, name: string): string {
  return `c${columnIndex(table, name)}`;
}

async function checkFile({ files }: SourceEnvironment, path: string): Promise<void> {
  const problem = async (): Promise<{ code: string; message: string; fix: string } | undefined> => {
    if (!(await files.exists(path))) {
      return {
        code: "no-such-file",
        message: "there is no such file",
        fix: "check the path; one in a note is relative to the note",
      };
    }
    if ((await files.list(path)) !== undefined) {
      return { code: "not-a-file", message: "this is a folder, a file is needed", fix: "name a file inside it" };
    }
    if ((await files.size(path)) === 0) {
      return { code: "empty-file", message: "the file is empty", fix: "name a file that has rows" };
    }
    return undefined;
  };
  const found = await problem();
  if (found !== undefined) throw new FailureError({ ...found, where: path });
}

/** Nested fields become columns of their own, such as `user.id`. */
async function openParquet(
  environment: SourceEnvironment,
  paths: readonly string[],
  { nulls }: ParquetLayout,
): Promise<SourceTable> {
  const path = describePaths(paths);
  const reader = `read_parquet([${paths.map(sqlFile).join(", ")}])`;
  const fields = await listFields(environment, path, reader, "*", "", 0);
  const selected = fields.map(({ sql }, index) => `${sql} AS c${index}`).join(", ");
  return {
    path,
    columns: fields.map(({ name }) => name),
    from: `(SELECT ${selected} FROM ${reader} AS source)`,
    types: fields.map(({ type }) => type),
    nulls,
    understood: [],
    placeOf: async (row) => `${path}, row ${row}`,
  };
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly sql: string;
}

const DEEPEST = 6;

async function listFields(
  environment: SourceEnvironment,
  path: string,
  reader: string,
  of: string,
  prefix: string,
  depth: number,
): Promise<readonly Field[]> {
  const description = await queryFile(
    environment,
    { path },
    `DESCRIBE SELECT ${of === "*" ? "*" : `unnest(${of})`} FROM ${reader} AS source`,
    "parquet",
  );
  const names = texts(description, "column_name");
  const types = texts(description, "column_type");
  const fields: Field[] = [];
  for (let at = 0; at < names.length; at++) {
    const quoted = `"${names[at].replaceAll('"', '""')}"`;
    const sql = of === "*" ? `source.${quoted}` : `struct_extract(${of}, '${names[at].replaceAll("'", "''")}')`;
    const name = `${prefix}${names[at]}`;
    if (/^STRUCT\(/u.test(types[at]) && !types[at].endsWith("]") && depth < DEEPEST)
      fields.push(...(await listFields(environment, path, reader, sql, `${name}.`, depth + 1)));
    else fields.push({ name, type: types[at], sql });
  }
  return fields;
}

/** Runs a query over the rows of a file. What SQL says of a file that it cannot make sense of becomes a `FailureError` about the file. */
export async function queryFile(
  { sql }: SourceEnvironment,
  table: Pick<SourceTable, "path">,
  query: string,
  layout: Layout["kind"] = "text",
  parameters: readonly (string | number)[] = [],
): Promise<Table> {
  try {
    return await sql.query(query, parameters);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { failure } = error;
    if (failure.code === "damaged-parquet") throw new FailureError({ ...failure, where: table.path });
    if (failure.code !== "sql-error") throw error;
    const isParquet = layout === "parquet";
    throw new FailureError({
      code: isParquet ? "damaged-parquet" : "unreadable-text",
      message: `${isParquet ? "the Parquet file is damaged" : "a row is not as the rows before it"} (${failure.message})`,
      where: table.path,
      fix: isParquet
        ? "copy or write the file again"
        : "look for mixed line ends, a quote that is not closed, or another encoding, and write the file again",
    });
  }
}

/** Whether bytes are UTF-8 text, judged by percent decoding: the one decoder that every runtime of the language has. */
export function isUtf8(bytes: Uint8Array): boolean {
  let run = "";
  for (const byte of bytes) {
    if (byte >= 0x80) run += `%${byte.toString(16).padStart(2, "0")}`;
    else if (run !== "") {
      if (!isDecodable(run)) return false;
      run = "";
    }
  }
  return isDecodable(run);
}

function isDecodable(escaped: string): boolean {
  try {
    decodeURIComponent(escaped);
    return true;
  } catch {
    return false;
  }
}
