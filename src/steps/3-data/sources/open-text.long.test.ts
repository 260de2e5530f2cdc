import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { bytesOf, someTable } from "../../../../test/written-dialects.ts";
import { FailureError } from "../../../core/outcome.ts";
import { texts } from "../../../core/table.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { openSourceTable } from "./source-table.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

it("two thousand tables in any dialect are read back exactly, or stop with line and column", async () => {
  const path = join(temporaryFolder(), "table.txt");
  const files = createInputFiles();
  let stopped = 0;
  await fc.assert(
    fc.asyncProperty(someTable, async (written) => {
      const { delimiter, quote, comment, encoding } = written;
      writeFileSync(path, bytesOf(written));
      try {
        const table = await openSourceTable({ sql, files }, path, {
          kind: "text",
          delimiter,
          quote,
          escape: quote === "none" ? undefined : written.escape,
          comment: comment === "" ? undefined : comment,
          encoding: encoding.startsWith("utf-16") ? undefined : encoding,
        });
        const result = await sql.query(`SELECT * FROM ${table.from}`);
        const columns = table.columns.map((_, at) => texts(result, `c${at}`));
        const rows = Array.from({ length: result.rows }, (_, row) => columns.map((column) => column[row]));
        expect(table.columns).toEqual(written.header);
        expect(rows).toEqual(written.rows);
      } catch (error) {
        if (!(error instanceof FailureError)) throw error;
        expect(error.failure.where).toMatch(/line \d+, column \d+$/u);
        stopped++;
      }
    }),
    { numRuns: 2000 },
  );
  expect(stopped).toBeLessThan(200);
}, 300_000);
