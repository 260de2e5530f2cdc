import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { sqlText } from "../sources/sql-text.ts";
import type { SourceTable } from "../sources/table-types.ts";
import { type ColumnProfile, profileColumns } from "./column-profile.ts";
import { findContradictions } from "./contradicting-rows.ts";
import { listColumns } from "./list-cells.ts";
import type { Role } from "./seeming-role.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): SourceTable {
  const values = rows.map((row, at) => `(${at}, ${row.map(sqlText).join(", ")})`).join(", ");
  const named = columns.map((_, at) => `c${at}`);
  return {
    path: "rows.csv",
    columns,
    from: `(SELECT ${named.join(", ")} FROM (VALUES ${values}) AS t(place, ${named.join(", ")}) ORDER BY place)`,
    types: columns.map(() => "VARCHAR"),
    understood: [],
    placeOf: async () => "rows.csv",
  };
}

const environment = () => ({ sql, files: createInputFiles() });

describe("rows that contradict the last of the same", () => {
  const roles: readonly Role[] = ["member", "item", "value", "time"];
  const rows = [
    ["u1", "a", "4", "7"],
    ["u1", "a", "4", "7"],
    ["u1", "a", "1", "7"],
    ["u2", "a", "5", "7"],
    ["u2", "a", "5", "7"],
    ["u3", "a", "2", "8"],
    ["u3", "a", "3", "9"],
  ];
  const find = (columns: readonly Role[]) =>
    findContradictions(
      environment(),
      tableOf(["who", "what", "stars", "at"], rows),
      ["who", "what", "stars", "at"].map((name, at) => ({ name, role: columns[at], rows: 7, distinct: 3 })),
    );

  it("are counted each, and rows that only repeat are not", async () => {
    expect(await find(roles)).toEqual({ by: ["who", "what", "at"], differing: "stars", rows: 2 });
  });

  it("are none without a moment, or where nothing is measured", async () => {
    expect(await find(["member", "item", "value", "attribute"])).toBeUndefined();
    expect(await find(["member", "item", "attribute", "time"])).toBeUndefined();
  });

  it("are told by an identifier that comes again", async () => {
    expect(await find(["id", "attribute", "label", "attribute"])).toEqual({ by: ["who"], differing: "stars", rows: 3 });
  });
});

describe("cells that are lists", () => {
  const isList = async (cells: readonly string[]): Promise<boolean> => {
    const table = tableOf(
      ["cell"],
      cells.map((cell) => [cell]),
    );
    const columns: readonly ColumnProfile[] = await profileColumns(environment(), table);
    return (await listColumns(environment(), table, columns, () => false)).size > 0;
  };
  const many = (cell: (at: number) => string): readonly string[] => Array.from({ length: 40 }, (_, at) => cell(at));

  it("are told by identifiers side by side, and by how their number varies", async () => {
    expect(await isList(many((at) => `N${at} N${at + 1}`))).toBe(true);
    expect(await isList(many((at) => Array.from({ length: 1 + (at % 5) }, (_, one) => `${at}${one}`).join("|")))).toBe(
      true,
    );
  });

  it("are no numbers of telephones, no addresses and no names, whose parts are as many or hold no digit", async () => {
    expect(await isList(many((at) => `555 12${at} 45 67`))).toBe(false);
    expect(await isList(many((at) => `${at} High Street, Floor ${at % 3}`))).toBe(false);
    expect(await isList(many((at) => ["Ann", "Ann Lee", "Ann Maria Lee", "Ann M K Lee"][at % 4]))).toBe(false);
    expect(await isList(many((at) => `N${at}`))).toBe(false);
  });
});
