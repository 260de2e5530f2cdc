import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import type { SourceTable } from "../sources/table-types.ts";
import { countRepeated, shareAgain } from "./repeated-rows.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

const ROWS = 200_000;
const environment = () => ({ sql, files: createInputFiles() });
const tableOf = (cell: string, other = "'x'"): SourceTable => ({
  path: "rows",
  columns: ["a", "b"],
  from: `(SELECT ${cell} AS c0, ${other} AS c1 FROM range(${ROWS}) t(i))`,
  types: ["BIGINT", "VARCHAR"],
  understood: [],
  placeOf: async () => "rows",
});
const count = (cell: string, exactly?: number): Promise<number> =>
  countRepeated(environment(), tableOf(cell), ROWS, exactly);

describe("rows that repeat others", () => {
  it("are counted", async () => {
    expect(await count("i")).toBe(0);
    expect(await count("i // 2")).toBe(ROWS / 2);
    expect(await count("i % 3")).toBe(ROWS - 3);
  });

  it("are estimated from a share of the rows, and are none where none is: 9 million were said of 100 that never repeat", async () => {
    expect(await count("i", 5000)).toBe(0);
    expect(Math.abs((await count("i // 2", 20_000)) - ROWS / 2)).toBeLessThan(ROWS / 40);
  });
});

it("tells how much is done again by who and what alone, in a part of the people where there are very many rows", async () => {
  const again = (other: string, rows = ROWS): Promise<number> =>
    shareAgain(environment(), tableOf("i % 1000", other), ["a", "b"], rows);
  expect(await again("'x'")).toBeCloseTo(1 - 1000 / ROWS, 12);
  expect(await again("CAST(i AS VARCHAR)")).toBe(0);
  // Who names nothing did nothing again.
  expect(await again("''")).toBe(0);
  expect(await again("'x'", 30_000_000)).toBeCloseTo(1 - 1000 / ROWS, 12);
});
