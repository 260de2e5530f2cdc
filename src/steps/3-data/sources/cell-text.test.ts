import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { cellIsFilled, cellNumber, cellText, cellValue, uncheckedText } from "./cell-text.ts";
import { openSourceTable } from "./source-table.ts";

let sql: Duckdb;
const path = join(temporaryFolder(), "cells.parquet");
beforeAll(async () => {
  sql = await openDuckdb();
  await sql.query(
    `COPY (SELECT * FROM (VALUES (-1, -999.0::DOUBLE, 'NA', true, -999::DECIMAL(10, 2)), (7, 'nan'::DOUBLE, ' a ', false, 1.5), (NULL, NULL, NULL, NULL, NULL), (9007199254740993, 0.5, '-1', true, -1), (-999, 'inf'::DOUBLE, '', false, 12)) v(whole, real, word, yes, money)) TO '${path}' (FORMAT parquet)`,
  );
});
afterAll(() => sql.close());

const NAMES = ["whole", "real", "word", "yes", "money"];

async function read(nulls?: readonly string[]) {
  const table = await openSourceTable({ sql, files: createInputFiles() }, path, { kind: "parquet", nulls });
  const column = async (of: string): Promise<readonly unknown[]> => {
    const found = await sql.query(`SELECT CAST(${of} AS VARCHAR) AS v FROM ${table.from}`);
    return [...(found.columns.get("v") ?? [])];
  };
  return { table, column };
}

describe("cells of a table whose columns have types", () => {
  it("are missing where the note's word for none is a number: -999 was a value, and -1 a member", async () => {
    const { table, column } = await read(["-999", "-1"]);
    expect(await column(cellText(table, "whole"))).toEqual(["", "7", "", "9007199254740993", ""]);
    expect(await column(cellText(table, "real"))).toEqual(["", "nan", "", "0.5", "inf"]);
    expect(await column(cellNumber(table, "real"))).toEqual(["", "nan", "", "0.5", "inf"]);
    expect(await column(cellText(table, "money"))).toEqual(["", "1.50", "", "", "12.00"]);
    expect(await column(cellNumber(table, "money"))).toEqual(["", "1.5", "", "", "12.0"]);
    expect(await column(cellNumber(table, "whole"))).toEqual(["", "7.0", "", "9007199254740992.0", ""]);
  });

  it("of numbers are what they are under the usual words for none", async () => {
    const { table, column } = await read();
    expect(await column(cellText(table, "whole"))).toEqual(["-1", "7", "", "9007199254740993", "-999"]);
    expect(await column(cellText(table, "real"))).toEqual(["-999", "", "", "0.5", "inf"]);
    expect(await column(cellText(table, "word"))).toEqual(["", "a", "", "-1", ""]);
    expect(await column(uncheckedText(table, "word"))).toEqual(["NA", "a", "", "-1", ""]);
    expect(await column(cellText(table, "yes"))).toEqual(["true", "false", "", "true", "false"]);
  });

  it("are filled where they have a text, whatever stands for none", async () => {
    for (const nulls of [undefined, [], ["-999"], ["-999.0", "7"], ["inf"], ["nan", "true"]]) {
      const { table } = await read(nulls);
      for (const name of NAMES) {
        const differs = `(${cellIsFilled(table, name)}) IS DISTINCT FROM (${cellText(table, name)} IS NOT NULL)`;
        const found = await sql.query(`SELECT count(*) AS count FROM ${table.from} WHERE ${differs}`);
        expect(Number(found.columns.get("count")?.[0]), `${name} under ${nulls?.join()}`).toBe(0);
      }
    }
  });

  it("have values that differ, and hash otherwise, where their texts do, whatever stands for none", async () => {
    for (const nulls of [undefined, [], ["-999"], ["inf"]]) {
      const { table } = await read(nulls);
      const real = `c${NAMES.indexOf("real")}`;
      const others = ["0", "-0.0", "0.1", "1e300", "1e0 / 3", "0.3", "0.1e0 + 0.2e0"].map((one) => `(${one}::DOUBLE)`);
      const cells = `(SELECT ${real} FROM ${table.from} UNION ALL VALUES ${others.join(", ")}) cells(${real})`;
      const pairs = `SELECT ${cellValue(table, "real")} AS v, ${cellText(table, "real")} AS t FROM ${cells}`;
      const differs = `(hash(a.v) = hash(b.v)) <> (a.t IS NOT DISTINCT FROM b.t) OR (a.v IS NULL) <> (a.t IS NULL)`;
      const found = await sql.query(
        `WITH pairs AS (${pairs}) SELECT count(*) AS count FROM pairs a, pairs b WHERE ${differs}`,
      );
      expect(Number(found.columns.get("count")?.[0]), `under ${nulls?.join()}`).toBe(0);
    }
    const { table } = await read();
    expect(cellValue(table, "word")).toBe(cellText(table, "word"));
  });
});
