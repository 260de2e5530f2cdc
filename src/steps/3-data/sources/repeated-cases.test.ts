import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { profileTable } from "../profile/table-profile.ts";
import { DEFAULT_REPAIR_POLICY, type RepairPolicy } from "./repair-policy.ts";
import { type CaseTable, readCases } from "./scored-table.ts";
import { openSourceTable } from "./source-table.ts";

let sql: Duckdb;
const folder = temporaryFolder();
const files = createInputFiles();
const path = join(folder, "cases.csv");
beforeAll(async () => {
  sql = await openDuckdb();
  const day = (at: number): string => `2024-01-${String(1 + (at % 28)).padStart(2, "0")}`;
  const rows = Array.from({ length: 60 }, (_, at) => `${at},${day(at)},${at % 7},${Number(at % 5 === 0)}`);
  // Three are written again, and a fourth with another number of its own.
  writeFileSync(path, `no,day,a,bad\n${[...rows, ...rows.slice(10, 13), rows[20].replace("20,", "60,")].join("\n")}\n`);
});
afterAll(() => sql.close());

const TIMED: Partial<CaseTable> = { time: { column: "day" } };
const DEALT: Partial<CaseTable> = { dealt: { group: null, validation: 0, test: 0.2 } };

async function read(policy: Partial<RepairPolicy> = {}, when = TIMED) {
  const { time, repairs } = await readCases(
    { sql, files },
    {
      path,
      layout: { kind: "text" },
      label: "bad",
      entities: [],
      hasUnit: false,
      values: [{ name: "a", column: "a" }],
      policy: { ...DEFAULT_REPAIR_POLICY, ...policy },
      ...when,
    },
  );
  const said = repairs.filter(({ kind }) => kind === "duplicate-cases");
  return { cases: time.length, said: said.map(({ count, description }) => `${count}: ${description}`) };
}

describe("cases that are written twice", () => {
  it("are one at one moment where they are the same in every cell, mapped or not, and that is said", async () => {
    expect(await read()).toEqual({
      cases: 61,
      said: [expect.stringMatching(/^3: the same row, cell by cell, occurs twice \(.*\): the last of each was kept$/u)],
    });
  });

  it("all count without time, and that is said; the note may say otherwise", async () => {
    expect(await read({}, DEALT)).toEqual({ cases: 64, said: [expect.stringMatching(/^3: .*: all were kept$/u)] });
    expect((await read({ isDuplicatesSaid: true }, DEALT)).cases).toBe(61);
  });

  it("all count where the note says so, and stop the run where it says that", async () => {
    const all = await read({ duplicates: "keep-all", isDuplicatesSaid: true });
    expect(all).toEqual({ cases: 64, said: [expect.stringMatching(/: all were kept$/u)] });
    await expect(read({ duplicates: "error", isDuplicatesSaid: true })).rejects.toMatchObject({
      failure: { code: "duplicate-cases" },
    });
  });

  it("are none where they have no identifier: an empty one is nobody's", async () => {
    const gaps = join(folder, "gaps.csv");
    const rows = Array.from({ length: 30 }, (_, at) => `${at % 3 === 0 ? "" : at},2024-01-02,${at},${at % 2}`);
    writeFileSync(gaps, `no,day,a,bad\n${[...rows, rows[1]].join("\n")}\n`);
    expect(await read({}, { ...TIMED, path: gaps, id: "no" })).toEqual({
      cases: 30,
      said: [expect.stringMatching(/^1: the same no occurs twice/u)],
    });
  });

  it("leave the column that numbers them its role", async () => {
    const table = await openSourceTable({ sql, files }, path, { kind: "text" });
    const { columns, repeated } = await profileTable({ sql, files }, table, { label: "bad" });
    expect(repeated).toBe(3);
    expect(columns.find(({ name }) => name === "no")?.role).toBe("id");
  });
});
