/** Opens files without a mapping: what is found out is what a note would say of how they are written. */

import { FailureError } from "../../../core/outcome.ts";
import { firstRows, sniffDialect } from "../sources/sniff-text.ts";
import { isListOfObjects, openSourceTable, queryFile } from "../sources/source-table.ts";
import type { Layout, SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import { leadingLines } from "./leading-lines.ts";
import type { ProfiledFile } from "./profiled-files.ts";
import { refuseText } from "./refused-texts.ts";
import { seemingNumerals } from "./seeming-numerals.ts";

export interface Opened {
  readonly table: SourceTable;
  readonly format: ProfiledFile["format"];
  readonly said: Readonly<Record<string, string>>;
}

const LOOKED_AT = 1 << 17;

/** Throws a `FailureError` for what cannot be opened at all, and for texts that are no table of rows. */
export async function openForLook(environment: SourceEnvironment, paths: readonly string[]): Promise<Opened> {
  const [first] = paths;
  const head = (await environment.files.exists(first)) ? await environment.files.head(first, 4) : new Uint8Array();
  if (String.fromCharCode(...head) === "PAR1") {
    return { table: await openSourceTable(environment, paths, { kind: "parquet" }), format: "parquet", said: {} };
  }
  if (await isJson(environment, first)) {
    const table = await openSourceTable(environment, paths, { kind: "parquet", isJson: true });
    return { table, format: "json", said: {} };
  }
  const format = /\.tsv(?:\.\w+)?$/iu.test(first) ? "tsv" : "csv";
  try {
    return await openText(environment, paths, format, {});
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.code !== "not-utf8") throw error;
    return openText(environment, paths, format, { encoding: "windows-1252" });
  }
}

/** Whether the first line is a JSON object, whole, or the text one list of objects. */
async function isJson(environment: SourceEnvironment, path: string): Promise<boolean> {
  if (!(await environment.files.exists(path)) || (await environment.files.list(path)) !== undefined) return false;
  // Another encoding, or an archive, is said by whoever opens the file as text.
  const beginning = await beginningOf(environment, path, undefined).catch(() => "");
  if (isListOfObjects(beginning)) return true;
  const [line] = beginning.split(/\r?\n/u);
  if (!line.startsWith("{")) return false;
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}

async function openText(
  environment: SourceEnvironment,
  paths: readonly string[],
  format: "csv" | "tsv",
  said: { readonly encoding?: string },
): Promise<Opened> {
  const beginning = await beginningOf(environment, paths[0], said.encoding);
  refuseText(beginning, paths[0]);
  const isList = looksLikeLists(beginning);
  const skip = isList ? 0 : leadingLines(beginning, paths[0]);
  const above = skip === 0 ? {} : { skip };
  const layout: Layout = {
    kind: "text",
    header: "guess",
    malformed: "drop",
    ...said,
    ...above,
    ...(isList ? { rows: "list" } : {}),
  };
  const table = await loaded(environment, paths, await openSourceTable(environment, paths, layout));
  const numerals = isList ? undefined : await seemingNumerals(environment, table);
  const spoken = Object.entries(numerals ?? {}).map(([key, value]) => [key, JSON.stringify(value)] as const);
  return {
    table: numerals === undefined ? table : { ...table, numerals },
    format,
    said: {
      ...said,
      ...(skip === 0 ? {} : { skip: String(skip) }),
      ...(isList ? { rows: "list" } : {}),
      ...Object.fromEntries(spoken),
    },
  };
}

/** Texts of this size and less are parsed once and held; larger ones are parsed again for each question. */
const HELD_BYTES = 1e9;

/** The rows in a table of their own: a look asks half a dozen questions, and parsing is the dearest part of each. */
async function loaded(
  environment: SourceEnvironment,
  paths: readonly string[],
  table: SourceTable,
): Promise<SourceTable> {
  let bytes = 0;
  for (const path of paths) bytes += await environment.files.size(path);
  if (bytes > HELD_BYTES) return table;
  const name = `looked_at_${paths[0].replaceAll(/[^a-zA-Z0-9]+/gu, "_").slice(-80)}`;
  await queryFile(environment, table, `CREATE OR REPLACE TEMP TABLE ${name} AS SELECT * FROM ${table.from}`);
  return { ...table, from: name };
}

async function beginningOf({ files }: SourceEnvironment, path: string, encoding: string | undefined): Promise<string> {
  let text = "";
  for await (const piece of files.text(path, { encoding })) {
    text += piece;
    if (text.length >= LOOKED_AT) break;
  }
  return text;
}

/** Lines of whole numbers, of many lengths, parted by blanks: a member and its items. */
function looksLikeLists(beginning: string): boolean {
  const dialect = { ...sniffDialect(beginning, { rows: "list", quote: "none" }) };
  const rows = firstRows(beginning, dialect, 0, 200).filter((row) => row.length > 1);
  const lengths = new Set(rows.map((row) => row.length));
  return (
    rows.length >= 5 &&
    lengths.size >= Math.min(4, rows.length / 3) &&
    rows.every((row) => row.every((cell) => /^\d+$/u.test(cell.trim())))
  );
}
