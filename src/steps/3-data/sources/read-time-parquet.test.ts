import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { readTime } from "./read-time.ts";
import { openSourceTable } from "./source-table.ts";
import type { TimeColumn } from "./time-column.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());
const folder = temporaryFolder();
let files = 0;

/** The moments of a Parquet column that holds these values, in seconds. */
async function momentsOf(values: readonly string[], written: Omit<TimeColumn, "column"> = {}) {
  const path = `${folder}/${files++}.parquet`;
  const rows = values.map((value, at) => `(${at}, ${value})`).join(", ");
  await sql.query(`COPY (SELECT moment FROM (VALUES ${rows}) v(i, moment) ORDER BY i) TO '${path}' (FORMAT PARQUET)`);
  const environment = { sql, files: createInputFiles() };
  const table = await openSourceTable(environment, path, { kind: "parquet" });
  const reading = await readTime(environment, table, { column: "moment", ...written });
  const read = await sql.query(`SELECT ${reading.sql} AS read FROM ${table.from}`);
  return { says: reading.says, at: Array.from(read.columns.get("read") ?? [], Number) };
}

const NOON = Date.UTC(2021, 6, 1, 12) / 1000;

describe("moments that a Parquet file declares", () => {
  it.each([
    ["DATE", "DATE '2021-07-01'", NOON - 12 * 3600],
    ["TIMESTAMP", "TIMESTAMP '2021-07-01 12:00:00.25'", NOON + 0.25],
    ["TIMESTAMP_S", "'2021-07-01 12:00:00'::TIMESTAMP_S", NOON],
    ["TIMESTAMP_MS", "'2021-07-01 12:00:00.5'::TIMESTAMP_MS", NOON + 0.5],
    ["TIMESTAMP_NS", "'2021-07-01 12:00:00.125'::TIMESTAMP_NS", NOON + 0.125],
    ["TIMESTAMPTZ", "TIMESTAMPTZ '2021-07-01 14:00:00+02:00'", NOON],
  ])("%s is read as it stands, and a missing one as missing", async (type, value, expected) => {
    const { at } = await momentsOf([value, value.replace(/'2021/u, "'2022"), `CAST(NULL AS ${type})`]);
    expect(at).toEqual([expected, expected + 365 * 86_400, Number.NaN]);
  });

  it.each([
    ["seconds", String(NOON)],
    ["milliseconds", `${NOON}000`],
    ["microseconds", `${NOON}000000`],
    ["nanoseconds", `${NOON}000000000`],
  ])("whole numbers are known for %s by their size", async (unit, value) => {
    const { at, says } = await momentsOf([`${value}::BIGINT`, "NULL"]);
    expect(at).toEqual([NOON, Number.NaN]);
    expect(says).toContain(unit);
  });

  it("endless ones are no moments, and break nothing", async () => {
    for (const type of ["TIMESTAMP", "DATE", "TIMESTAMPTZ"]) {
      const { at } = await momentsOf([`'infinity'::${type}`, `'2021-07-01'::${type}`, `'-infinity'::${type}`]);
      expect(at[1], type).toBe(NOON - 12 * 3600);
      expect(
        [at[0], at[2]].some((one) => Math.abs(one) < 1e11),
        type,
      ).toBe(false);
    }
  });
});
