import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { countRepeated } from "./repeated-rows.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

const ROWS = 200_000;
const count = (cell: string, exactly?: number): Promise<number> =>
  countRepeated(
    { sql, files: createInputFiles() },
    {
      path: "rows",
      columns: ["a", "b"],
      from: `(SELECT ${cell} AS c0, 'x' AS c1 FROM range(${ROWS}) t(i))`,
      types: ["BIGINT", "VARCHAR"],
      understood: [],
      placeOf: async () => "rows",
    },
    ROWS,
    exactly,
  );

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
