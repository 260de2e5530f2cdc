import { expect, it } from "vitest";
import { numbers } from "../../../core/table.ts";
import { openDuckdb } from "../../../node/duckdb.ts";
import { SQL_DIALECTS } from "./sql-dialect.ts";

it("keeps rows for Spark as files that carry nothing of how they were made, and reads them from there", () => {
  expect(SQL_DIALECTS.spark.keep("heptad_events", "/it's/kept")).toEqual([
    "INSERT OVERWRITE DIRECTORY '/it\\'s/kept/heptad_events' USING parquet SELECT * FROM heptad_events",
    "CREATE OR REPLACE TEMPORARY VIEW heptad_events AS SELECT * FROM parquet.`/it's/kept/heptad_events`",
  ]);
});

it("asks DuckDB for the same seconds whatever the session's zone is, and refuses text, which each engine reads in its own way", async () => {
  const sql = await openDuckdb({ threads: 1 });
  await sql.query("SET TimeZone = 'America/New_York'");
  const secondsOf = async (moment: string): Promise<number> => {
    const seconds = SQL_DIALECTS.duckdb.seconds("t");
    return numbers(await sql.query(`SELECT ${seconds} AS s FROM (SELECT ${moment} AS t)`), "s")[0];
  };
  expect(await secondsOf("TIMESTAMP '2024-07-01 12:00:00.25'")).toBe(Date.UTC(2024, 6, 1, 12, 0, 0, 250) / 1000);
  expect(await secondsOf("TIMESTAMPTZ '2024-07-01 12:00:00Z'")).toBe(Date.UTC(2024, 6, 1, 12) / 1000);
  expect(await secondsOf("DATE '2024-07-01'")).toBe(Date.UTC(2024, 6, 1) / 1000);
  await expect(secondsOf("'2024-07-01'::VARCHAR")).rejects.toThrow(/epoch_us\(VARCHAR\)/u);
  sql.close();
});
