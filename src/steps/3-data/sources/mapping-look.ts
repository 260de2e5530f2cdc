/** The cells that a mapping names, in one SQL table: read in one pass, and of huge sources only so far as a look needs. */

import { numbers } from "../../../core/table.ts";
import { cellNumber, cellText, cellValue, columnIndex } from "./cell-text.ts";
import { readTime, type TimeReading } from "./read-time.ts";
import { type MappedColumn, openMapped, type SourceMapping, WHOLE_ROW, writtenPaths } from "./source-mapping.ts";
import { describePaths, expandPaths } from "./source-paths.ts";
import { openSourceTable, queryFile } from "./source-table.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";
import { labelOf } from "./value-kinds.ts";

/** SQL table of the look: row, moment, known, `whole` for all cells where they make two rows the same, and t0, n0, t1, n1, … : text (of ratings what tells them apart) and number of each column of `columns`. */
export const LOOK = "mapping_look";

export interface MappingLook {
  readonly table: SourceTable;
  readonly columns: readonly MappedColumn[];
  readonly time?: TimeReading;
  readonly rows: number;
  /** What was looked at, where it was not all: `the first 200 MB of 3 GB`. */
  readonly limit?: string;
}

/** Texts of more than this are looked at up to `LOOKED_AT`. */
const HUGE_TEXT = 400e6;
const LOOKED_AT = 200e6;
/** Rows of Parquet that are looked at. */
const MOST_ROWS = 5_000_000;

/** Opens the files of a mapping for a look. Throws a `FailureError` where they cannot be read. */
export async function openForLook(
  environment: SourceEnvironment,
  { path, layout }: Pick<SourceMapping, "path" | "layout">,
): Promise<{ readonly table: SourceTable; readonly limit?: string }> {
  if (layout.kind === "parquet") return { table: await openMapped(environment, path, layout) };
  const files: string[] = [];
  for (const [, written] of writtenPaths(path)) files.push(...(await expandPaths(environment.files, written)));
  let bytes = 0;
  for (const file of files) if (await environment.files.exists(file)) bytes += await environment.files.size(file);
  if (bytes <= HUGE_TEXT || writtenPaths(path).length > 1)
    return { table: await openMapped(environment, path, layout) };
  const beginning = await environment.files.scratch(
    "look.csv",
    upTo(environment.files.text(files[0], { encoding: layout.encoding, compression: layout.compression }), LOOKED_AT),
  );
  const { encoding: _, compression: __, ...plain } = layout;
  const table = await openSourceTable(environment, beginning, { ...plain, malformed: "drop" });
  return {
    table: { ...table, path: describePaths(files), malformed: undefined },
    limit: `the first ${LOOKED_AT / 1e6} MB of ${Math.round(bytes / 1e6)} MB`,
  };
}

async function* upTo(pieces: AsyncIterable<string>, most: number): AsyncGenerator<string> {
  let left = most;
  for await (const piece of pieces) {
    if (piece.length < left) {
      left -= piece.length;
      yield piece;
      continue;
    }
    const end = piece.lastIndexOf("\n", left);
    yield piece.slice(0, end < 0 ? left : end + 1);
    return;
  }
}

type LookedAt = Pick<SourceMapping, "columns" | "time" | "known" | "layout" | "same" | "policy">;

/** Reads the cells. All columns have to be there. Throws a `FailureError` where a time cannot be read. */
export async function lookAt(
  environment: SourceEnvironment,
  opened: { readonly table: SourceTable; readonly limit?: string },
  { columns, time: written, known: writtenKnown, layout, same, policy }: LookedAt,
): Promise<MappingLook> {
  const { table } = opened;
  const time = written === undefined ? undefined : await readTime(environment, table, written);
  const known = writtenKnown === undefined ? undefined : await readTime(environment, table, writtenKnown);
  const all =
    layout.kind === "parquet"
      ? numbers(
          await queryFile(environment, table, `SELECT count(*) AS count FROM ${table.from}`, "parquet"),
          "count",
        )[0]
      : 0;
  const cells = columns.flatMap((one, at) => [
    `${one.holds === "rating" ? cellValue(table, one.column) : cellText(table, one.column)} AS t${at}`,
    `${numberOf(table, one)} AS n${at}`,
  ]);
  const isWhole = policy.duplicatesBy === undefined && same.includes(WHOLE_ROW);
  const whole = isWhole ? `, hash(${table.columns.map((_, at) => `c${at}`).join(", ")}) AS whole` : "";
  const when = (reading: TimeReading | undefined): string => reading?.sql ?? "CAST(NULL AS DOUBLE)";
  await queryFile(
    environment,
    table,
    `CREATE OR REPLACE TEMP TABLE ${LOOK} AS SELECT row_number() OVER () AS row, ${when(time)} AS moment, ${when(known)} AS known${whole}${cells
      .map((cell) => `, ${cell}`)
      .join("")} FROM ${table.from}${all > MOST_ROWS ? ` LIMIT ${MOST_ROWS}` : ""}`,
    layout.kind,
  );
  const rows = numbers(await environment.sql.query(`SELECT count(*) AS count FROM ${LOOK}`), "count")[0];
  const limit =
    all > MOST_ROWS
      ? `the first ${MOST_ROWS.toLocaleString("en-US")} of ${all.toLocaleString("en-US")} rows`
      : opened.limit;
  return { table, columns, time, rows, ...(limit === undefined ? {} : { limit }) };
}

function numberOf(table: SourceTable, { column, holds, answers }: MappedColumn): string {
  if (holds === "label") return labelOf(table, column, answers);
  if (holds === "number" || holds === "rating" || holds === "input") return cellNumber(table, column);
  return "CAST(NULL AS DOUBLE)";
}

/** File, line and column of a row of the look, and what stands in the cell. */
export async function cellAt(
  { sql }: SourceEnvironment,
  { table }: Pick<MappingLook, "table">,
  column: string,
  row: number,
): Promise<string> {
  const found = await sql.query(
    `SELECT left(CAST(cell AS VARCHAR), 40) AS cell FROM (SELECT row_number() OVER () AS row, c${columnIndex(table, column)} AS cell FROM ${table.from}) WHERE row = $1`,
    [row],
  );
  const [text] = Array.from(found.columns.get("cell") ?? [""], String);
  return text === "" || text === "null" ? "an empty cell" : `\`${text}\``;
}
