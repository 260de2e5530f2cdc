/** The results that docs/reproduced.md is generated from, one JSON file a table. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomically } from "../atomic-write.ts";
import { makeFolder } from "../make-folder.ts";
import { type Reproduced, reproducedPage } from "./page.ts";
import { readTable } from "./read-tables.ts";
import { resultSchema, type TableResult } from "./result.ts";

/** Below the folder that holds `docs`. */
const FOLDER = join("docs", "reproduced");
export const REPRODUCED_PAGE = join("docs", "reproduced.md");

/** What is kept below a folder, in the order of the tables' names. */
export function keptTables(root: string): readonly Reproduced[] {
  const folder = join(root, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => {
      const result = resultSchema.parse(JSON.parse(readFileSync(join(folder, file), "utf8")));
      return { table: readTable(result.table), result };
    });
}

/** Keeps a result and writes the page anew; the paths that were written are returned. */
export function keepTable(root: string, result: TableResult): readonly string[] {
  makeFolder(join(root, FOLDER));
  const path = join(FOLDER, `${result.table}.json`);
  writeFileAtomically(join(root, path), `${JSON.stringify(result, null, 2)}\n`);
  writeFileAtomically(join(root, REPRODUCED_PAGE), reproducedPage(keptTables(root)));
  return [path, REPRODUCED_PAGE];
}
