import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { profileFiles } from "./files-profile.ts";

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

const START = 1_600_000_000;

/** What is said of time in a table of members and items with these further columns. */
async function timeOf(names: string, line: (at: number) => string) {
  const path = join(temporaryFolder(), "log.csv");
  const rows = Array.from({ length: 60 }, (_, at) => `u${at % 7},i${at % 11},${line(at)}`);
  writeFileSync(path, `user_id,item_id,${names}\n${rows.join("\n")}\n`);
  const { files } = await profileFiles({ sql, files: createInputFiles() }, [path]);
  const { time, timeQuestion, timeAsked, dateInParts } = files[0].profile;
  return { column: time?.column, first: time?.first, timeQuestion, timeAsked, dateInParts };
}

it("takes the first of several columns that are called moments, before any that only counts like one", async () => {
  const count = (at: number): number => START - 90_000_000 + at * 911;
  expect(
    (await timeOf("credit,created_at,updated_at", (at) => `${count(at)},${START + at},${START + at + 9}`)).column,
  ).toBe("created_at");
  expect((await timeOf("seen_at,noted_at", (at) => `${START + at},${START + at + 9}`)).column).toBe("seen_at");
  expect((await timeOf("credit", (at) => String(count(at)))).column).toBe("credit");
});

it("takes a moment that speaks of somebody's beginning, or of what became of the row, only where there is no other", async () => {
  const moments = (at: number): string => `${START + at - 86_400 * (at % 50)},${START + at}`;
  for (const other of ["signup_time", "registeredAt", "status_date"])
    expect([other, (await timeOf(`${other},bought_at`, moments)).column]).toEqual([other, "bought_at"]);
  expect((await timeOf("age,updated_at", (at) => `${20 + at},${START + at}`)).column).toBe("updated_at");
});

it("takes no identifier for a moment, whatever range its numbers lie in", async () => {
  for (const name of ["session_id", "sessionId", "id_session", "ID", "CUSTOMER_ID", "account_number"])
    expect((await timeOf(name, (at) => String(START + at * 60))).column, name).toBeUndefined();
  expect((await timeOf("seen", (at) => String(START + at * 60))).column).toBe("seen");
});

it("asks for no time where a column that is called one holds words", async () => {
  expect(await timeOf("daytime", (at) => ["morning", "noon"][at % 2])).toMatchObject({
    column: undefined,
    timeQuestion: undefined,
  });
  expect((await timeOf("time", (at) => `round ${at % 9}`)).timeQuestion).toContain(
    "in no format of time that is known",
  );
});

it("reads hours behind a date, and milliseconds behind compact digits", async () => {
  const first = Date.parse("2014-12-06T02:00:00Z") / 1000;
  const hour = (at: number): string => new Date((first + at * 3600) * 1000).toISOString();
  expect((await timeOf("time", (at) => hour(at).slice(0, 13).replace("T", " "))).first).toBe(first);
  const digits = (at: number): string => hour(at).replaceAll(/\D/gu, "").slice(0, 17);
  expect((await timeOf("timestamp", digits)).first).toBe(first);
  expect((await timeOf("timestamp", (at) => `${digits(at).slice(0, 14)}250`)).first).toBe(first + 0.25);
});

it("asks for a date that stands in parts, alone or beside a moment that may be another", async () => {
  const parts = (at: number): string => `2016,${["July", "August"][at % 2]},${1 + (at % 28)}`;
  const names = "arrival_date_year,arrival_date_month,arrival_date_day_of_month";
  const alone = await timeOf(names, parts);
  expect(alone).toMatchObject({ column: undefined, timeAsked: "arrival_date_day_of_month" });
  expect(alone.timeQuestion).toContain("The date stands in parts, in `arrival_date_year`, `arrival_date_month` and");
  const beside = await timeOf(`${names},noted_date`, (at) => `${parts(at)},2016-09-${10 + (at % 9)}`);
  expect(beside.column).toBe("noted_date");
  expect(beside.dateInParts).toBe(alone.timeQuestion);
  const after = await timeOf(`${names},status_date`, (at) => `${parts(at)},2016-09-${10 + (at % 9)}`);
  expect(after).toMatchObject({ column: undefined, timeQuestion: alone.timeQuestion });
});

it("asks for the year of months and days, and takes the column for no input", async () => {
  const found = await timeOf("time_stamp", (at) => String(511 + (at % 18)));
  expect(found).toMatchObject({ column: undefined, timeAsked: "time_stamp" });
  expect(found.timeQuestion).toContain("`time_stamp` holds months and days without a year, such as `511`");
  expect(found.timeQuestion).toContain("write the year before it, as in 20200511");
  const counter = await timeOf("step", (at) => String(511 + at));
  expect(counter.timeQuestion).toContain("holds numbers from 511 to 570");
});

it("says of a column of moments how many of its filled cells are none", async () => {
  const path = join(temporaryFolder(), "log.csv");
  const rows = Array.from({ length: 90 }, (_, at) => {
    const iso = new Date((START + at * 3600) * 1000).toISOString().slice(0, 19);
    return `u${at % 7},i${at % 11},${at % 9 === 0 ? "" : at % 3 === 1 ? `soon ${at}` : iso}`;
  });
  writeFileSync(path, `user_id,item_id,seen_at\n${rows.join("\n")}\n`);
  const { files } = await profileFiles({ sql, files: createInputFiles() }, [path]);
  const column = files[0].profile.columns.find(({ name }) => name === "seen_at");
  // 10 of 90 are empty, and 30 of the other 80 hold words.
  expect(column).toMatchObject({ role: "time", missing: 10 });
  expect(column?.why).toMatch(/; so 30 cells \(38%\) are no moment, or before 1980, or after today$/u);
});
