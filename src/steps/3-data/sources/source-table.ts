/** A file of rows as SQL can read it: checked, its columns known by name, before a single row is used. */

import { nearest } from "../../../core/nearest.ts";
import { FailureError } from "../../../core/outcome.ts";
import { numbers, type Table, texts } from "../../../core/table.ts";
import type { Environment } from "../../../system/environment.ts";

/** What reading a source needs of the outside world. */
export type SourceEnvironment = Pick<Environment, "sql" | "files">;

/** How the rows of a file are laid out. */
export type Layout = ParquetLayout | TextLayout;

/** Columns, names and types are in the file. */
export interface ParquetLayout {
  readonly kind: "parquet";
}

/** Delimited text, one row a line. */
export interface TextLayout {
  readonly kind: "text";
  /** One to four characters, such as `,` or `::`; found in the first line when absent. */
  readonly delimiter?: string;
  /** Names of the columns of a file without a header; read from the first line when absent. */
  readonly columns?: readonly string[];
  /** Default `utf-8`. */
  readonly encoding?: Encoding;
  /** Whether `"` encloses fields; default true. */
  readonly quoted?: boolean;
}

/** Text encodings that files come in. */
export type Encoding = "utf-8" | "latin-1";

/** A file that is there, holds bytes of the right kind, and has these columns. */
export interface SourceTable {
  readonly path: string;
  readonly columns: readonly string[];
  /** SQL after FROM; `$1` is the path. Its columns are called c0, c1, …; text files have text columns only. */
  readonly from: string;
  /** Line of the first row in the file, or 0 where rows have no lines. */
  readonly firstLine: number;
  /** SQL type of each column. */
  readonly types: readonly string[];
}

/** Opens a file. Throws a `FailureError` when it is absent, a folder, empty, binary, cut short or without a header. */
export async function openSourceTable(
  environment: SourceEnvironment,
  path: string,
  layout: Layout,
): Promise<SourceTable> {
  await checkFile(environment, path);
  return layout.kind === "parquet" ? openParquet(environment, path) : openText(environment, path, layout);
}

/** The SQL name of a column. Throws a `FailureError` naming the nearest column when there is none of that name. */
export function columnOf(table: SourceTable, name: string): string {
  const index = table.columns.indexOf(name);
  if (index >= 0) return `c${index}`;
  const suggestion = nearest(name, table.columns);
  throw new FailureError({
    code: "missing-column",
    message: `there is no column \`${name}\`; there are ${table.columns.map((one) => `\`${one}\``).join(", ")}`,
    where: table.path,
    fix: suggestion === undefined ? "name the column in the source's `columns`" : `did you mean \`${suggestion}\`?`,
  });
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

async function openParquet(environment: SourceEnvironment, path: string): Promise<SourceTable> {
  const description = await queryFile(environment, { path }, "parquet", "DESCRIBE SELECT * FROM read_parquet($1)");
  const columns = texts(description, "column_name");
  const aliases = columns.map((_, index) => `c${index}`).join(", ");
  return {
    path,
    columns,
    from: `read_parquet($1) AS source(${aliases})`,
    firstLine: 0,
    types: texts(description, "column_type"),
  };
}

const HEAD_BYTES = 1 << 16;

async function openText({ files }: SourceEnvironment, path: string, layout: TextLayout): Promise<SourceTable> {
  const head = await files.head(path, HEAD_BYTES);
  if (head.includes(0)) {
    throw new FailureError({
      code: "nul-bytes",
      message: `the text holds a NUL byte, ${head.indexOf(0)} bytes from its start: it is binary, UTF-16 or damaged`,
      where: path,
      fix: "convert it to UTF-8 text, or set the source's `format`",
    });
  }
  const first = decodeFirstLine(head, layout.encoding ?? "utf-8");
  const delimiter = layout.delimiter ?? likelyDelimiter(first);
  const quoted = layout.quoted ?? true;
  const columns = layout.columns ?? splitHeader(first, delimiter, quoted);
  checkHeader(columns, path);
  const declared = columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  const quote = quoted ? `'"'` : "''";
  return {
    path,
    columns,
    from:
      `read_csv($1, auto_detect=false, header=${layout.columns === undefined}, delim='${delimiter}', quote=${quote}, ` +
      `escape=${quote}, encoding='${layout.encoding ?? "utf-8"}', columns={${declared}}, store_rejects=true)`,
    firstLine: layout.columns === undefined ? 2 : 1,
    types: columns.map(() => "VARCHAR"),
  };
}

function decodeFirstLine(head: Uint8Array, encoding: Encoding): string {
  const end = head.findIndex((byte) => byte === LINE_FEED || byte === CARRIAGE_RETURN);
  const line = end < 0 ? head : head.subarray(0, end);
  const isPlain = encoding === "latin-1" || !isUtf8(line);
  const text = Array.from(line, isPlain ? (byte) => String.fromCharCode(byte) : escapeByte).join("");
  return (isPlain ? text : decodeURIComponent(text)).replace(/^\uFEFF/u, "");
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Whether bytes are UTF-8 text, judged by percent decoding: the one decoder that every runtime of the language has. */
export function isUtf8(bytes: Uint8Array): boolean {
  let run = "";
  for (const byte of bytes) {
    if (byte >= 0x80) run += escapeByte(byte);
    else if (run !== "") {
      if (!isDecodable(run)) return false;
      run = "";
    }
  }
  return isDecodable(run);
}

function escapeByte(byte: number): string {
  return `%${byte.toString(16).padStart(2, "0")}`;
}

function isDecodable(escaped: string): boolean {
  try {
    decodeURIComponent(escaped);
    return true;
  } catch {
    return false;
  }
}

const DELIMITERS = ["\t", ",", ";", "|"] as const;

function likelyDelimiter(line: string): string {
  const counts = DELIMITERS.map((one) => line.split(one).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

function splitHeader(line: string, delimiter: string, quoted: boolean): readonly string[] {
  if (!quoted || !line.includes('"')) return line.split(delimiter).map((name) => name.trim());
  const names: string[] = [];
  let name = "";
  let inside = false;
  for (const character of line) {
    if (character === '"') inside = !inside;
    else if (character === delimiter && !inside) {
      names.push(name.trim());
      name = "";
    } else name += character;
  }
  return [...names, name.trim()];
}

function checkHeader(columns: readonly string[], path: string): void {
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new FailureError({
      code: "repeated-column",
      message: `the header has \`${repeated}\` twice`,
      where: `${path}, line 1`,
      fix: "give every column a name of its own",
    });
  }
}

/**
 * Runs a query over the rows of a file; `$1` is its path. What SQL says of a file that it cannot make sense of becomes a
 * `FailureError` about the file.
 */
export async function queryFile(
  { sql }: SourceEnvironment,
  table: Pick<SourceTable, "path">,
  layout: Layout["kind"],
  query: string,
  parameters: readonly (string | number)[] = [],
): Promise<Table> {
  try {
    return await sql.query(query, [table.path, ...parameters]);
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code !== "sql-error") throw error;
    const isParquet = layout === "parquet";
    throw new FailureError({
      code: isParquet ? "damaged-parquet" : "unreadable-text",
      message: `${isParquet ? "the Parquet file is damaged" : "a row is not as the rows before it"} (${error.failure.message})`,
      where: table.path,
      fix: isParquet
        ? "copy or write the file again"
        : "look for mixed line ends, a quote that is not closed, or another encoding, and write the file again",
    });
  }
}

/** Rows that have too few or too many fields or broken quotes, as DuckDB counted them while a text file was read. */
export interface Malformed {
  readonly count: number;
  readonly firstLine: number;
  readonly reason: string;
}

/** Forgets the malformed rows of earlier reads. Call before reading a text file. */
export async function forgetMalformed({ sql }: SourceEnvironment): Promise<void> {
  await sql.query("DROP TABLE IF EXISTS reject_errors");
  await sql.query("DROP TABLE IF EXISTS reject_scans");
}

/** The malformed rows of the last read, or undefined when there are none. Throws a `FailureError` when the text is not UTF-8. */
export async function findMalformed({ sql }: SourceEnvironment, table: SourceTable): Promise<Malformed | undefined> {
  if (table.firstLine === 0) return undefined;
  const errors = await sql.query(
    "SELECT count(DISTINCT line) AS count, min(line) AS first, arg_min(CAST(error_type AS VARCHAR), line) AS reason, " +
      "min(line) FILTER (error_type = 'INVALID ENCODING') AS encoding FROM reject_errors",
  );
  const encoding = numbers(errors, "encoding")[0];
  if (!Number.isNaN(encoding)) {
    throw new FailureError({
      code: "not-utf8",
      message: "the text is not UTF-8",
      where: `${table.path}, line ${encoding}`,
      fix: "convert the file, for example with `iconv -f latin1 -t utf-8`",
    });
  }
  const count = numbers(errors, "count")[0];
  return count === 0
    ? undefined
    : { count, firstLine: numbers(errors, "first")[0], reason: texts(errors, "reason")[0].toLowerCase() };
}
