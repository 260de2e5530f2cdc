/** The photos that a CSV or Parquet of paths and labels names. */

import { fileName } from "../../core/file-name.ts";
import { FailureError } from "../../core/outcome.ts";
import type { Sql } from "../../system/environment.ts";
import { countLeftOut, type LeftOut } from "./folder-photos.ts";
import { partOf } from "./given-parts.ts";

export interface ListColumns {
  readonly path: string;
  readonly label: string;
  /** The column of the item; each photo is an item of its own where absent. */
  readonly item: string | null;
  /** The column that says which part a photo stands in; null where the split is drawn. */
  readonly split: string | null;
}

export interface ListedPhoto {
  readonly path: string;
  /** As the data names it. */
  readonly name: string;
  readonly label: string;
  readonly item: string;
  /** As the data says it; null where the split is drawn. */
  readonly part: number | null;
}

/** The first of the names that is a column of the list and says nothing else; undefined where none is. */
export async function firstColumn(
  names: readonly string[],
  others: readonly string[],
  list: string,
  sql: Sql,
): Promise<string | undefined> {
  const found = (await columnsOf(list, sql)).map((one) => one.toLowerCase());
  const taken = others.map((one) => one.toLowerCase());
  return names.find((name) => found.includes(name.toLowerCase()) && !taken.includes(name.toLowerCase()));
}

async function columnsOf(list: string, sql: Sql): Promise<readonly string[]> {
  const { columns } = await sql.query(`SELECT * FROM ${readerOf(list)} LIMIT 0`, [list]);
  return [...columns.keys()];
}

/** Throws a `FailureError` for a column that the list lacks; `itemFrom` is the fact that names the item's. */
export async function checkColumns(columns: ListColumns, list: string, sql: Sql, itemFrom: string): Promise<void> {
  const names = await columnsOf(list, sql);
  // Names of columns are the same to SQL in capitals.
  const has = (name: string): boolean => names.some((one) => one.toLowerCase() === name.toLowerCase());
  for (const [meaning, name] of Object.entries(columns)) {
    if (name === null || has(name)) continue;
    throw new FailureError({
      code: "unknown-column",
      message: `${fileName(list)} has no column \`${name}\`, which is to say the ${MEANINGS[meaning]} of each photo; it has ${names.map((one) => `\`${one}\``).join(", ")}`,
      where: meaning === "item" ? itemFrom : meaning === "split" ? "3.split.by" : "3.source",
      fix: `name the column that says it: \`source: { columns: { ${meaning}: … } }\`${meaning === "item" ? "; where none does, add one, or photos of one item are torn apart" : ""}`,
    });
  }
}

const MEANINGS: Readonly<Record<string, string>> = { path: "file", label: "class", item: "item", split: "part" };

/** All photos of the list, each once; rows that name no photo or no class are counted. */
export async function readList(
  { path, label, item, split }: ListColumns,
  list: string,
  sql: Sql,
): Promise<{ readonly photos: readonly ListedPhoto[]; readonly leftOut: readonly LeftOut[] }> {
  const quoted = [path, label, ...[item, split].filter((name) => name !== null)].map(
    (name) => `"${name.replaceAll('"', '""')}"`,
  );
  const columns = quoted.map((name, at) => `CAST(${name} AS VARCHAR) AS c${at}`).join(", ");
  const { rows, columns: read } = await sql.query(`SELECT ${columns} FROM ${readerOf(list)}`, [list]);
  const folder = list.replace(/[^/\\]*$/u, "");
  const at = (name: string, row: number): string => String(read.get(name)?.[row] ?? "").trim();
  const photos = new Map<string, ListedPhoto>();
  const leftOut = countLeftOut();
  for (let row = 0; row < rows; row++) {
    const [name, own] = [at("c0", row), at("c1", row)];
    const place = `row ${row + 1}`;
    const known = photos.get(name);
    if (name === "") leftOut.add("left out: it names no photo", place, "row");
    else if (own === "") leftOut.add("left out: it names no class", `${place}, ${name}`, "row");
    else if (known !== undefined)
      leftOut.add(
        known.label === own
          ? "left out: its photo was named before"
          : "left out: its photo was named before, under another class",
        `${place}, ${name}`,
        "row",
      );
    else {
      const told = item === null ? "" : at("c2", row);
      if (item !== null && told === "") leftOut.add("counted as an item by itself: the list names none", name);
      photos.set(name, {
        path: /^(?:[/\\]|[a-z]:)/iu.test(name) ? name : `${folder}${name}`,
        name,
        label: own,
        // A path is never the name of an item: the two are told apart by what stands before them.
        item: told === "" ? `photo ${name}` : `item ${told}`,
        part: split === null ? null : partOf(at(item === null ? "c2" : "c3", row), name, split),
      });
    }
  }
  return { photos: [...photos.values()], leftOut: leftOut.all() };
}

export function readerOf(list: string): string {
  return /\.parquet$/iu.test(list) ? "read_parquet($1)" : "read_csv($1, all_varchar = true, header = true)";
}
