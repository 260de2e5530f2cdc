/** How large a source is, told before it is read: Parquet says its rows itself, of text they follow from its size and its first lines. */

import { numbers } from "../../../core/table.ts";
import { type SourceMapping, writtenPaths } from "./source-mapping.ts";
import { expandPaths } from "./source-paths.ts";
import { queryFile } from "./source-table.ts";
import { sqlFile } from "./sql-text.ts";
import type { SourceEnvironment } from "./table-types.ts";

export interface SourceSize {
  readonly files: number;
  /** On disk. */
  readonly bytes: number;
  /** Rows; of text with one line a member, its items. */
  readonly rows: number;
  /** Whether the files say how many rows they have; else it is an estimate. */
  readonly isCounted: boolean;
  /** Whether the text is packed, so that the estimate rests on a usual ratio. */
  readonly isPacked: boolean;
}

/** Characters of a text that its rows are counted in. */
const LOOKED_AT = 1 << 18;
/** Bytes of packed text stand for about four times as many. */
const PACKED = 4;
/** gzip and zstd. */
const PACKED_BEGINNINGS: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x28, 0xb5, 0x2f, 0xfd],
];
/** The marks of UTF-16: two bytes a character. */
const WIDE_BEGINNINGS: readonly (readonly number[])[] = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** Throws a `FailureError` for files that are not there or cannot be opened. */
export async function sizeOfSource(
  environment: SourceEnvironment,
  { path, layout }: Pick<SourceMapping, "path" | "layout">,
): Promise<SourceSize> {
  const { files } = environment;
  const paths: string[] = [];
  for (const [, written] of writtenPaths(path)) paths.push(...(await expandPaths(files, written)));
  let bytes = 0;
  for (const one of paths) bytes += await files.size(one);
  if (layout.kind === "parquet" && layout.isJson !== true) {
    const reader = `read_parquet([${paths.map(sqlFile).join(", ")}], union_by_name = true)`;
    const found = await queryFile(environment, { path: paths[0] }, `SELECT count(*) AS rows FROM ${reader}`, "parquet");
    return { files: paths.length, bytes, rows: numbers(found, "rows")[0], isCounted: true, isPacked: false };
  }
  const options = layout.kind === "parquet" ? {} : layout;
  const head = await files.head(paths[0], 4);
  const isPacked = PACKED_BEGINNINGS.some((begin) => begin.every((byte, at) => head[at] === byte));
  const bytesEach = WIDE_BEGINNINGS.some((begin) => begin.every((byte, at) => head[at] === byte)) ? 2 : 1;
  let text = "";
  for await (const piece of files.text(paths[0], options)) {
    text += piece;
    if (text.length >= LOOKED_AT) break;
  }
  const isList = layout.kind === "text" && layout.rows === "list";
  const share = text.length === 0 ? 0 : rowsIn(text, isList) / (text.length * bytesEach);
  const rows = Math.round(share * bytes * (isPacked ? PACKED : 1));
  return { files: paths.length, bytes, rows, isCounted: false, isPacked };
}

/** Lines with something on them; of lists, the cells behind the first of each line. */
function rowsIn(text: string, isList: boolean): number {
  const lines = text.split(/\r\n|[\r\n]/u).filter((line) => line.trim() !== "");
  if (!isList) return lines.length;
  return lines.reduce((sum, line) => sum + line.trim().split(/[\s,;|]+/u).length - 1, 0);
}
