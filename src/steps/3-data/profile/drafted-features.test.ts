/** How a draft calls the columns of a file in its own words. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { draftNote } from "./draft-note.ts";
import { profileFiles } from "./files-profile.ts";

let sql: Duckdb;
const folder = temporaryFolder();
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

async function draftOf(header: string, label: string): Promise<string> {
  const path = join(folder, "rows.csv");
  const rows = Array.from({ length: 200 }, (_, at) => [at % 40, at % 17, at % 7 === 0 ? "ja" : "nein"].join(","));
  writeFileSync(path, `${header},${label}\n${rows.join("\n")}\n`);
  const profile = await profileFiles({ sql, files: createInputFiles() }, [path], { label });
  return draftNote(profile, { title: "Rows", date: "2026-01-31", relative: () => "rows.csv" });
}

it("writes letters of other languages in plain ones, and parts no word", async () => {
  const note = await draftOf("Größe,Umsatz (€)", "gekündigt");
  expect(note).toContain("event: gekuendigt   #");
  expect(note).toContain("{ name: groesse_1, ");
  expect(note).toContain("{ name: umsatz_2, ");
  expect(note).toContain('label: gekündigt, groesse_1: Größe, umsatz_2: "Umsatz (€)"');
});

it("calls what no plain letter is left of by its place, and what is predicted positive", async () => {
  const note = await draftOf("возраст,сумма", "отток");
  expect(note).toContain("event: positive   #");
  expect(note).toContain("{ name: column_1, ");
});

it("makes a feature of words that come back, and none of words that name the row", async () => {
  const path = join(folder, "words.csv");
  const rows = Array.from({ length: 400 }, (_, at) =>
    [`town${at % 9}`, `note about ${at}`, at % 30, at % 7 === 0 ? 1 : 0].join(","),
  );
  writeFileSync(path, `town,remark,height,late\n${rows.join("\n")}\n`);
  const profile = await profileFiles({ sql, files: createInputFiles() }, [path], { label: "late" });
  const note = draftNote(profile, { title: "Rows", date: "2026-01-31", relative: () => "words.csv" });
  expect(note).toContain("{ name: height, ");
  expect(note).toContain("{ name: town, ");
  expect(note).not.toContain("{ name: remark, ");
});
