import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { FailureError } from "../../../core/outcome.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { createNamesWatch } from "./repeated-names.ts";
import { openSourceTable } from "./source-table.ts";
import type { TextLayout } from "./table-types.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

const path = join(temporaryFolder(), "two exports.csv");

async function opened(text: string, layout: Partial<TextLayout> = {}): Promise<FailureError | number | undefined> {
  writeFileSync(path, text);
  try {
    return (await openSourceTable({ sql, files: createInputFiles() }, path, { kind: "text", ...layout })).rows;
  } catch (error) {
    if (error instanceof FailureError) return error;
    throw error;
  }
}

describe("a line of names among the rows", () => {
  const cases: [what: string, text: string, line: number, layout?: Partial<TextLayout>][] = [
    ["as it was", "user,item\n1,2\nuser,item\n3,4\n", 3],
    ["with carriage returns", "user,item\r\n1,2\r\n3,4\r\nuser,item\r\n5,6\r\n", 4],
    ["behind the mark of another file", "user,item\n1,2\n\uFEFFuser,item\n3,4\n", 3],
    ["as the last line, without an end", "user,item\n1,2\nuser,item", 3],
    ["below lines that are no rows", "# of May\nuser,item\n1,2\nuser,item\n3,4\n", 4, { skip: 1 }],
    ["where torn rows are left out", "user,item\n1,2\n7\nuser,item\n3,4\n", 4, { malformed: "drop" }],
  ];
  it.each(cases)("is refused with its line, %s, and what is said takes it out", async (_, text, line, layout) => {
    const error = await opened(text, layout);
    if (!(error instanceof FailureError)) throw new Error("it was read");
    const { code, where, fix = "" } = error.failure;
    expect([code, where]).toEqual(["names-again", `${path}, line ${line}, column 1`]);
    const command = fix.replace(/^take it out: /u, "").replace(/ > rows\.csv$/u, "");
    const kept = execFileSync("/bin/sh", ["-c", command], { encoding: "utf8" });
    const lines = text.split("\n");
    expect(kept.trimEnd()).toBe([...lines.slice(0, line - 1), ...lines.slice(line)].join("\n").trimEnd());
  });

  it.each([
    ["a row that holds one of the names", "user,item\nuser,2\n3,item\n"],
    ["names within one cell", 'user,item\n1,"user,item"\n2,3\n'],
    ["a single column, whose value is called as it is", "user\n1\nuser\n"],
  ])("is none: %s", async (_, text) => {
    expect(await opened(text)).toBe(2);
  });

  it("is none in a file without names", async () => {
    expect(await opened("a,b\nc,d\na,b\n", { header: false })).toBe(3);
  });

  it("is met however the text is cut into pieces", () => {
    const text = "\uFEFFuser,item\n1,2\n3,4\nuser,item";
    for (const size of [1, 2, 3, 5, 8, 13]) {
      const watch = createNamesWatch();
      watch.stand(1);
      for (let at = 0; at < text.length; at += size) {
        expect(watch.mayComeAgain()).toBe(false);
        watch.push(text.slice(at, at + size));
      }
      expect(watch.mayComeAgain()).toBe(true);
    }
  });
});
