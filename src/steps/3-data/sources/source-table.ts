/** A file or several of rows as SQL can read them: checked, columns known by name, before a single row is used. */

import { isJson } from "../../../core/is-json.ts";
import { type Failure, FailureError } from "../../../core/outcome.ts";
import { type Table, texts } from "../../../core/table.ts";
import { columnIndex } from "./cell-text.ts";
import { openText } from "./open-text.ts";
import { describePaths } from "./source-paths.ts";
import { sqlFile } from "./sql-text.ts";
import type { Layout, ParquetLayout, SourceEnvironment, SourceTable } from "./table-types.ts";

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
  { nulls, numerals, isJson = false }: ParquetLayout,
): Promise<SourceTable> {
  const path = describePaths(paths);
  const files = `[${paths.map(sqlFile).join(", ")}]`;
  const reader = isJson
    ? `read_json(${files}, format='${(await isOneList(environment, paths[0])) ? "array" : "newline_delimited"}')`
    : `read_parquet(${files})`;
  const fields = await listFields(environment, path, reader, "*", "", 0);
  const selected = fields.map(({ sql }, index) => `${sql} AS c${index}`).join(", ");
  return {
    path,
    columns: fields.map(({ name }) => name),
    from: `(SELECT ${selected} FROM ${reader} AS source)`,
    types: fields.map(({ type }) => type),
    nulls,
    numerals,
    understood: [],
    placeOf: async (row) => `${path}, row ${row}`,
  };
}

/** Whether a text is one list of objects in place of one object a line. */
export function isListOfObjects(beginning: string): boolean {
  return /^\uFEFF?\s*\[\s*\{\s*"/u.test(beginning);
}

async function isOneList({ files }: SourceEnvironment, path: string): Promise<boolean> {
  for await (const piece of files.text(path)) return isListOfObjects(piece.slice(0, 1000));
  return false;
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
  { sql, files }: SourceEnvironment,
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
    // What is wrong with a line of JSON the engine says itself, with the line.
    if (/JSON/u.test(failure.message) && layout === "parquet") {
      const cut = await cutLine(files, failure.message);
      if (cut !== undefined) throw new FailureError(cut);
      throw new FailureError({
        code: "damaged-json",
        message: `a line is no JSON object, or not as those before it (${failure.message.slice(0, 300)})`,
        where: table.path,
        fix: "mend the line; each has to hold one object, with values of one kind under one name",
      });
    }
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

/** The failure of a file whose last line ends in the middle of its object: what a copy that was broken off leaves. */
async function cutLine(files: SourceEnvironment["files"], said: string): Promise<Failure | undefined> {
  const path = /in file "(?<path>[^"\n]+)"[\s\S]*unexpected end of data/u.exec(said)?.groups?.path;
  if (path === undefined) return undefined;
  let [lines, last] = [0, ""];
  for await (const piece of files.text(path)) {
    const parts = (last + piece).split("\n");
    last = parts.pop() ?? "";
    lines += parts.length;
  }
  // A file that ends with the end of a line ends with a whole one.
  if (last.trim() === "" || isJson(last)) return undefined;
  return {
    code: "cut-json",
    message: "the file ends in the middle of its last line: it was cut short",
    where: `${path}, line ${lines + 1}`,
    fix: "copy or write the file again; or take the last line out, and know that rows after it are missing",
  };
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
    return decodeURIComponent(escaped).length <= escaped.length;
  } catch {
    return false;
  }
}
