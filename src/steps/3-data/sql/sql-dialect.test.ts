import { expect, it } from "vitest";
import { SQL_DIALECTS } from "./sql-dialect.ts";

it("keeps rows for Spark as files that carry nothing of how they were made, and reads them from there", () => {
  expect(SQL_DIALECTS.spark.keep("heptad_events", "/it's/kept")).toEqual([
    "INSERT OVERWRITE DIRECTORY '/it\\'s/kept/heptad_events' USING parquet SELECT * FROM heptad_events",
    "CREATE OR REPLACE TEMPORARY VIEW heptad_events AS SELECT * FROM parquet.`/it's/kept/heptad_events`",
  ]);
});
