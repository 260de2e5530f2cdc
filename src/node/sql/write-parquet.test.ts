import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createTable, numbers } from "../../core/table.ts";
import type { Sql } from "../../system/environment.ts";
import { openDuckdb } from "../duckdb.ts";
import { writeParquet } from "./write-parquet.ts";

const TABLE = createTable({ n: Float64Array.of(1, 2, 3) });

it("writes the rows under the file's own name alone, in place of what stood there", async () => {
  const folder = temporaryFolder();
  const sql = await openDuckdb({ threads: 1 });
  const path = join(folder, "rows.parquet");
  writeFileSync(path, "old");
  await writeParquet(sql, TABLE, path);
  expect(readdirSync(folder)).toEqual(["rows.parquet"]);
  const read = await sql.query(`SELECT n FROM read_parquet('${path}')`);
  expect([...numbers(read, "n")]).toEqual([1, 2, 3]);
  sql.close();
});

it("leaves nothing of a file that could not be written, and what stood there as it was", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "rows.parquet"), "old");
  const asked: string[] = [];
  const sql: Sql = {
    async query(text) {
      asked.push(text.slice(0, 4));
      const part = /TO '(?<part>[^']+)'/u.exec(text)?.groups?.part;
      if (part === undefined) return createTable({});
      writeFileSync(part, "half");
      throw new Error("IO Error");
    },
    async register() {},
  };
  await expect(writeParquet(sql, TABLE, join(folder, "rows.parquet"))).rejects.toThrow("IO Error");
  expect(readdirSync(folder)).toEqual(["rows.parquet"]);
  expect(asked).toEqual(["COPY", "DROP"]);
});
