/** Moments in Parquet by each of the types that they are kept as, and the query by which an engine of Spark's SQL is asked for their seconds. */

import { join } from "node:path";
import { numbers } from "../src/core/table.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import { SQL_DIALECTS } from "../src/steps/3-data/sql/sql-dialect.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Moments that no zone with summer time leaves alone, one of them before 1970. */
const MOMENTS = ["2024-03-10 02:30:04.123457", "2023-11-05 01:30:00", "1960-02-29 23:00:00.5"];

const KINDS = {
  "timestamps without a zone": "t::TIMESTAMP",
  "timestamps with a zone": "(t || 'Z')::TIMESTAMPTZ",
  dates: "t::DATE",
} as const;

export const STAMPED_KINDS = ["timestamps without a zone", "timestamps with a zone", "dates"] as const;

/** `seconds` are those that DuckDB reads, in the order of the file. */
export async function stampedParquet(
  kind: (typeof STAMPED_KINDS)[number],
): Promise<{ readonly seconds: readonly number[]; readonly query: string }> {
  const path = join(temporaryFolder(), "stamped.parquet");
  const sql = await openDuckdb({ threads: 1 });
  const values = MOMENTS.map((one) => `('${one}')`).join(", ");
  await sql.query(`COPY (SELECT ${KINDS[kind]} AS moment FROM (VALUES ${values}) v(t)) TO '${path}' (FORMAT parquet)`);
  const { duckdb, spark } = SQL_DIALECTS;
  const read = await sql.query(`SELECT ${duckdb.seconds("moment")} AS s FROM ${duckdb.parquet(path)}`);
  sql.close();
  return {
    seconds: [...numbers(read, "s")],
    query: `SELECT ${spark.seconds("moment")} AS s FROM ${spark.parquet(path)}`,
  };
}
