import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { repairPolicyOf } from "./repair-policy.ts";
import { countUnsorted } from "./staged-rows.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

/** How many of these moments stood after a later one, in words; a plain count beside it is the oracle. */
async function unsorted(times: readonly number[]): Promise<{ readonly said: number; readonly counted: number }> {
  await sql.query(
    `CREATE OR REPLACE TEMP TABLE staged AS SELECT row, time FROM (VALUES ${times.map((time, at) => `(${at + 1}, ${time})`).join(", ")}) t(row, time)`,
  );
  const rows = {
    environment: { sql, files: createInputFiles() },
    table: { path: "t.csv", columns: [], types: [], from: "staged", understood: [], placeOf: async () => "t.csv" },
    name: "staged",
    policy: repairPolicyOf({}),
  };
  const repair = await countUnsorted(rows, "cases");
  return {
    said: repair?.count ?? 0,
    counted: times.filter((time, at) => times.slice(0, at).some((earlier) => earlier > time)).length,
  };
}

describe("rows that stood after a later one", () => {
  it("are all that have a later row anywhere above, and not only where time steps back", async () => {
    expect(await unsorted([9, 1, 2, 3, 4])).toEqual({ said: 4, counted: 4 });
    const mixed = Array.from({ length: 2000 }, (_, at) => (at * 7919) % 2003);
    const { said, counted } = await unsorted(mixed);
    expect(said).toBe(counted);
  });

  it("are none where rows are in order, and none that share their moment", async () => {
    expect(await unsorted([1, 2, 2, 3])).toEqual({ said: 0, counted: 0 });
  });
});
