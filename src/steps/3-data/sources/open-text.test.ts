import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { bytesOf, someTable, type WrittenTable } from "../../../../test/written-dialects.ts";
import { FailureError } from "../../../core/outcome.ts";
import { texts } from "../../../core/table.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { openSourceTable } from "./source-table.ts";
import type { TextLayout } from "./table-types.ts";

let sql: Duckdb;
const folder = temporaryFolder();
const files = createInputFiles();
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

async function readBack(bytes: string | Uint8Array, layout: Partial<TextLayout> = {}) {
  const path = join(folder, "table.txt");
  writeFileSync(path, bytes);
  const table = await openSourceTable({ sql, files }, path, { kind: "text", ...layout });
  const result = await sql.query(`SELECT * FROM ${table.from}`);
  const columns = table.columns.map((_, at) => texts(result, `c${at}`));
  return {
    table,
    columns,
    rows: Array.from({ length: result.rows }, (_, row) => columns.map((column) => column[row])),
  };
}

async function failureOf(bytes: string | Uint8Array, layout: Partial<TextLayout> = {}) {
  const error = await readBack(bytes, layout).catch((reason: unknown) => reason);
  if (error instanceof FailureError) return error.failure;
  throw new Error("expected a failure");
}

/** Reads a written table back with its dialect stated, or stops with a place. */
async function holds(table: WrittenTable): Promise<"read" | "stopped"> {
  const { delimiter, quote, escape: escaper, encoding, comment } = table;
  try {
    const { rows, table: read } = await readBack(bytesOf(table), {
      delimiter,
      quote,
      escape: quote === "none" ? undefined : escaper,
      comment: comment === "" ? undefined : comment,
      encoding: encoding.startsWith("utf-16") ? undefined : encoding,
    });
    expect(read.columns).toEqual(table.header);
    expect(rows).toEqual(table.rows);
    return "read";
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    expect(error.failure.where).toMatch(/line \d+, column \d+$/u);
    return "stopped";
  }
}

describe("a text in any dialect", () => {
  it("is read back exactly as it was written, or stops with line and column", async () => {
    const seen = { read: 0, stopped: 0 };
    await fc.assert(
      fc.asyncProperty(someTable, async (table) => {
        seen[await holds(table)]++;
      }),
      { numRuns: 50, seed: 11 },
    );
    expect(seen.read).toBeGreaterThan(45);
  });

  it.each([
    ["commas", "a,b,c\n1,2,3\n4,5,6\n"],
    ["semicolons", "a;b;c\n1;2,5;3\n4;5,5;6\n"],
    ["tabs", "a\tb\tc\n1\t2\t3\n4\t5\t6\n"],
    ["bars", "a|b|c\n1|2|3\n4|5|6\n"],
    ["double colons", "a::b::c\n1::2::3\n4::5::6\n"],
    ["blanks of any length", "a b  c\n 1 2\t3\n4  5 6 \n"],
  ])("shows its delimiter: %s", async (_, text) => {
    expect((await readBack(text)).table.columns).toEqual(["a", "b", "c"]);
  });

  it("has a header where its first row is words, and none where it is data", async () => {
    const guess = async (text: string) => (await readBack(text, { header: "guess" })).table.columns;
    expect(await guess("user,item,stars\nx,y,4\n")).toEqual(["user", "item", "stars"]);
    expect(await guess("A1,B1,5.0,1158019200\nA1,B2,4.0,1158019300\n")).toEqual(["1", "2", "3", "4"]);
    expect(await guess("1 1 2\n1 2 4\n1 3 3.5\n")).toEqual(["1", "2", "3"]);
  });

  it("has a header whatever signs its names hold, where one of them stands over numbers, moments or codes", async () => {
    const columns = async (header: string, row: (at: number) => string) => {
      const rows = Array.from({ length: 12 }, (_, at) => row(at + 1)).join("\n");
      return (await readBack(`${header}\n${rows}\n`, { header: "guess" })).table.columns;
    };
    const timed = (at: number): string => `u${at % 5},t${at},2024-03-${String(at).padStart(2, "0")} 03:00:00`;
    for (const [written, name] of [
      ["Preis (€)", "Preis (€)"],
      ["what?", "what?"],
      ["% done", "% done"],
      ["user's name", "user's name"],
      ["a & b", "a & b"],
      ['"user, id"', "user, id"],
      ['"item ""name"""', 'item "name"'],
    ]) {
      expect(await columns(`${written},item,time`, timed)).toEqual([name, "item", "time"]);
      expect(await columns(`${written},item`, (at) => `u${at},t${at % 3}`)).toEqual([name, "item"]);
    }
    expect(await columns("wer,was,wann", (at) => `anna,rot,${at}-SEP-2020`)).toEqual(["wer", "was", "wann"]);
  });

  it("has no header where its first row holds a moment, a code, or a word for what is missing", async () => {
    const columns = async (first: string) => {
      const rows = Array.from({ length: 12 }, (_, at) => `u${at + 2},t${at},2024-03-${at + 10} 03:00`).join("\n");
      return (await readBack(`${first}\n${rows}\n`, { header: "guess" })).table.columns;
    };
    const none = ["1", "2", "3"];
    expect(await columns("u1,t4,2024-03-05 03:00")).toEqual(none);
    expect(await columns("u1,t4,unknown")).toEqual(none);
    expect(await columns("u1,?,n/a")).toEqual(none);
  });

  it("may have a header longer than any buffer, and cells over many lines", async () => {
    const names = Array.from({ length: 6000 }, (_, at) => `column_number_${at}`);
    const { table } = await readBack(`${names.join(",")}\n${names.map(() => "1").join(",")}\n`);
    expect(table.columns.length).toBe(6000);
    const { rows } = await readBack('id,text\n1,"one\n\ntwo, three"\n2,x\n');
    expect(rows).toEqual([
      ["1", "one\n\ntwo, three"],
      ["2", "x"],
    ]);
  });

  it("lets a backslash before a quote be a quote where quotes are never doubled", async () => {
    const { rows } = await readBack('"id";"title"\n"1";"Salt \\"and\\" stone; a novel"\n');
    expect(rows).toEqual([["1", 'Salt "and" stone; a novel']]);
  });

  it("gives the line of a row in the file, not its number, whatever lies above it", async () => {
    const { table } = await readBack('# made up\nid,text\n\n1,"a\nb"\n2,x\n', { comment: "#" });
    expect(await table.placeOf(1, "text")).toMatch(/line 4, column 2$/u);
    expect(await table.placeOf(2)).toMatch(/line 6$/u);
  });

  it("of several files has one header, and says which file differs", async () => {
    const [one, two, three] = ["1.csv", "2.csv", "3.csv"].map((name) => join(folder, name));
    writeFileSync(one, "a,b\n1,2\n");
    writeFileSync(two, "a,b\n3,4\n5,6\n");
    writeFileSync(three, "a,c\n3,4\n");
    const table = await openSourceTable({ sql, files }, [one, two], { kind: "text" });
    expect(table.rows).toBe(3);
    expect(await table.placeOf(3)).toBe(`${two}, line 3`);
    await expect(openSourceTable({ sql, files }, [one, three], { kind: "text" })).rejects.toMatchObject({
      failure: { code: "other-header", where: `${three}, line 1` },
    });
  });

  it("of lists is one row an item, in the order of the line", async () => {
    const { rows, table } = await readBack("7 3 1 2\n8 9\n", { rows: "list" });
    expect(table.columns).toEqual(["member", "item", "place"]);
    expect(rows).toEqual([
      ["7", "3", "1"],
      ["7", "1", "2"],
      ["7", "2", "3"],
      ["8", "9", "1"],
    ]);
    expect(await table.placeOf(4)).toMatch(/line 2$/u);
  });
});

describe("a text that cannot be read", () => {
  it.each([
    ["a,b\n1,2\n1,2,3\n", "the row has 3 cells where 2 are due", 3, 1],
    ['a,b\n1,"x\n2,3\n', "a quote is opened and never closed", 2, 3],
    ['a,b\n1,"x"y\n2,3\n', "a quote that is opened here is followed by more text where it closes", 2, 3],
    [
      'a,b,c\n1,"x,2\n3,4,5\n6,7",8\n',
      "a quote is opened here and closed lines later, and what lies between looks like rows: a quote is missing",
      2,
      3,
    ],
  ])("says what and where: %j", async (text, message, line, column) => {
    const failure = await failureOf(text);
    expect(failure.message).toContain(message);
    expect(failure.where).toMatch(new RegExp(`line ${line}, column ${column}$`, "u"));
  });

  it("loses one line to a broken row and none after it, where such rows are left out", async () => {
    const { rows, table } = await readBack('a,b\n1,"x\n2,3\n4,5\n', { malformed: "drop" });
    expect(rows).toEqual([
      ["2", "3"],
      ["4", "5"],
    ]);
    expect(table.malformed).toMatchObject({ count: 1 });
  });

  it.each(["a\0,b\n", "a,b\n1\n"])(
    "is refused with its place where leaving rows out would leave none: %j",
    async (text) => {
      const failure = await failureOf(text, { malformed: "drop" });
      expect(failure.code).toBe("malformed-row");
      expect(failure.where).toMatch(/line [12], column \d+$/u);
      expect(failure.fix).not.toContain("repair");
    },
  );

  it("names an encoding that nobody knows, and a packing that is not read", async () => {
    expect((await failureOf("a,b\n1,2\n", { encoding: "klingon" })).code).toBe("unknown-encoding");
    expect(await failureOf(Buffer.from("504b0304140000000800", "hex"))).toMatchObject({ code: "packed-file" });
  });
});
