/** Writes a table as a Parquet file: under a temporary name first, so that a reader meets all of it or nothing. */

import { renameSync, rmSync } from "node:fs";
import type { Table } from "../../core/table.ts";
import { sqlText } from "../../steps/3-data/sources/sql-text.ts";
import type { Sql } from "../../system/environment.ts";
import { temporaryName } from "../atomic-write.ts";

/** Replaces a file of that name. Where it cannot be written, nothing of it is left. */
export async function writeParquet(sql: Sql, table: Table, path: string): Promise<void> {
  const name = "rows_to_write";
  await sql.register(name, table);
  const part = temporaryName(path);
  try {
    await sql.query(`COPY ${name} TO ${sqlText(part)} (FORMAT parquet)`);
    renameSync(part, path);
  } finally {
    rmSync(part, { force: true });
    await sql.query(`DROP TABLE ${name}`);
  }
}
