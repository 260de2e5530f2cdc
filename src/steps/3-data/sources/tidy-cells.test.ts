import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { cellText } from "./cell-text.ts";
import { openSourceTable } from "./source-table.ts";
import type { SourceTable, TextLayout } from "./table-types.ts";

let sql: Duckdb;
const folder = temporaryFolder();
const files = createInputFiles();
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

async function opened(text: string, layout: Partial<TextLayout> = {}): Promise<SourceTable> {
  const path = join(folder, "table.csv");
  writeFileSync(path, text);
  return openSourceTable({ sql, files }, path, { kind: "text", ...layout });
}

/** Rows in which a cell as it is taken differs from the cell with blanks and words for a missing value taken off one by one. */
async function differing(table: SourceTable): Promise<number> {
  const unknown = { ...table, tidy: undefined };
  const differs = table.columns.map((name) => `${cellText(table, name)} IS DISTINCT FROM ${cellText(unknown, name)}`);
  const found = await sql.query(`SELECT count(*) AS count FROM ${table.from} WHERE ${differs.join(" OR ")}`);
  return Number(found.columns.get("count")?.[0]);
}

const CELLS = ["1", "-7.5", "view", "north", "", "NA", "nan", "NULL", " a", "b ", " NA", "NULL ", "\u00a0x", "x\u2003"];
const OTHER_CELLS = ["é", "né", "\\N", "#N/A", "-999", '"q', 'q"', '"', "a,b", "?", "two words", " ", "\t"];
const cell = fc.constantFrom(...CELLS, ...OTHER_CELLS);
const written = (text: string, isQuoted: boolean): string =>
  isQuoted || /[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

describe("a column of a text whose cells are all what they are written as", () => {
  it("is known from the one reading of the text, by none of its cells having a blank at its ends or a word for none", async () => {
    const rows = (cells: readonly string[]): string => `n,who\n${cells.map((one) => `1,${one}`).join("\n")}\n`;
    const tidy = async (cells: readonly string[], layout: Partial<TextLayout> = {}) =>
      (await opened(rows(cells), layout)).tidy;
    expect(await tidy(["12", "view", "north", "two words", ""])).toEqual([true, true]);
    for (const dirt of [" a", "b ", "NA", "nan", "\\N", "\u00a0x", "x\u2003", '" a"', '"b "', '"NA"', '"q"" "'])
      expect(await tidy(["12", dirt, "view"]), dirt).toEqual([true, false]);
    // The header names the columns, and is not one of the cells.
    expect((await opened("NA,who\n1,a\n")).tidy).toEqual([true, true]);
    expect((await opened("NA,who\n1,a\n", { header: false })).tidy).toEqual([false, true]);
    // The words of a note take the place of the usual ones.
    expect(await tidy(["NA"], { nulls: ["-999"] })).toEqual([true, true]);
    expect(await tidy(["-999"], { nulls: ["-999"] })).toEqual([true, false]);
    expect(await tidy(["-99"], { nulls: ["-999", '"x'] })).toEqual([true, false]);
    expect(await tidy(['"""x"'], { nulls: ['"x'] })).toEqual([true, false]);
  });

  it("is taken as it stands, and every other one cell by cell, with the same outcome", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, fc.boolean()), { minLength: 1, maxLength: 12 }),
        fc.record({
          header: fc.boolean(),
          comment: fc.constantFrom(undefined, "#"),
          nulls: fc.constantFrom(undefined, ["-999", "?", '"q'], []),
        }),
        async (cells, layout) => {
          const lines = cells.map(
            ([one, other, isQuoted]) => `x,${written(one, isQuoted)},${written(other, !isQuoted)}`,
          );
          const table = await opened(`a,b,c\n${lines.join("\n")}\n`, layout);
          expect(await differing(table)).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
