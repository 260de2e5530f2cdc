import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTable, numbers } from "../../../core/table.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { keySlices, timeSlices } from "./row-slices.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

async function made(times: readonly number[]): Promise<void> {
  await sql.register(
    "sliced",
    createTable({
      row: Float64Array.from(times, (_, at) => at + 1),
      time: Float64Array.from(times),
      id: Int32Array.from(times, (_, at) => at % 13),
    }),
  );
}

it("parts a table by time so that each row is in one part, the parts in the order of time, and moments are whole", async () => {
  const moment = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.double({ min: 1e9, max: 2e9, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(fc.array(moment, { maxLength: 120 }), fc.integer({ min: 1, max: 40 }), async (times, most) => {
      await made(times);
      const seen: number[] = [];
      for (const slice of await timeSlices(sql, "sliced", most)) {
        const part = await sql.query(`SELECT time FROM sliced WHERE ${slice} ORDER BY time, row`);
        seen.push(...numbers(part, "time"));
      }
      expect(seen).toEqual([...times].sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});

it("cuts near equal parts, as many as are wanted, and none of a small table", async () => {
  await made(Array.from({ length: 1000 }, (_, at) => 1e9 + at));
  const slices = await timeSlices(sql, "sliced", 100);
  expect(slices).toHaveLength(10);
  for (const slice of slices) {
    const part = await sql.query(`SELECT count(*) AS count FROM sliced WHERE ${slice}`);
    expect(Math.abs(numbers(part, "count")[0] - 100)).toBeLessThan(15);
  }
  expect(await timeSlices(sql, "sliced", 1000)).toEqual(["true"]);
  expect(await keySlices(sql, "sliced", "id", 1000)).toEqual(["true"]);
});

it("keeps a row without a moment, in one part", async () => {
  await made([1, 2, 3, 4, 5, 6]);
  await sql.query("UPDATE sliced SET time = NULL WHERE row = 2");
  let rows = 0;
  for (const slice of await timeSlices(sql, "sliced", 2))
    rows += numbers(await sql.query(`SELECT count(*) AS count FROM sliced WHERE ${slice}`), "count")[0];
  expect(rows).toBe(6);
});

it("parts a table by key so that equal keys stay together and each row is in one part", async () => {
  await made(Array.from({ length: 500 }, (_, at) => at));
  const ids: number[] = [];
  let rows = 0;
  const slices = await keySlices(sql, "sliced", "id", 100);
  expect(slices).toHaveLength(5);
  for (const slice of slices) {
    const part = await sql.query(`SELECT id, count(*) AS count FROM sliced WHERE ${slice} GROUP BY id`);
    ids.push(...numbers(part, "id"));
    rows += Array.from(numbers(part, "count")).reduce((sum, one) => sum + one, 0);
  }
  expect(rows).toBe(500);
  expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, at) => at));
});
