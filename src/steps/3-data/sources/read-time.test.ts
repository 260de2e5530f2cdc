import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { FailureError } from "../../../core/outcome.ts";
import { numbers } from "../../../core/table.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { readTime } from "./read-time.ts";
import { openSourceTable } from "./source-table.ts";
import type { TimeColumn } from "./time-column.ts";

let sql: Duckdb;
const folder = temporaryFolder();
const files = createInputFiles();
beforeAll(async () => {
  sql = await openDuckdb();
});
afterAll(() => sql.close());

async function read(header: string, cells: readonly string[], written: TimeColumn) {
  const path = join(folder, "times.csv");
  writeFileSync(path, `${header}\n${cells.join("\n")}\n`);
  const table = await openSourceTable({ sql, files }, path, { kind: "text", delimiter: "\t" });
  const reading = await readTime({ sql, files }, table, written);
  const result = await sql.query(`SELECT ${reading.sql} AS time FROM ${table.from}`);
  return { says: reading.says, seconds: [...numbers(result, "time")] };
}

async function failureOf(header: string, cells: readonly string[], written: TimeColumn) {
  const error = await read(header, cells, written).catch((reason: unknown) => reason);
  if (error instanceof FailureError) return error.failure;
  throw new Error("expected a failure");
}

/** The oracle: JavaScript's own calendar. */
const utc = (iso: string): number => Date.parse(iso) / 1000;
const MOMENT = utc("2020-09-15T18:58:57Z");
const DAY_OF = utc("2020-09-15T00:00:00Z");

describe("a column of moments", () => {
  it.each([
    ["ISO 8601 with a zone", ["2020-09-15T18:58:57Z"], MOMENT],
    ["ISO 8601 with an offset", ["2020-09-15 20:58:57+02:00"], MOMENT],
    ["an offset without a colon", ["2020-09-15 20:58:57 +0200"], MOMENT],
    ["a stamp that ends in UTC", ["2020-09-15 18:58:57 UTC"], MOMENT],
    ["fractions of a second", ["2020-09-15 18:58:57.250"], MOMENT + 0.25],
    ["a bare date", ["2020-09-15"], DAY_OF],
    ["seconds", ["1600196337"], MOMENT],
    ["seconds with a fraction", ["1600196337.5"], MOMENT + 0.5],
    ["milliseconds", ["1600196337000"], MOMENT],
    ["microseconds", ["1600196337000000"], MOMENT],
    ["nanoseconds", ["1600196337000000000"], MOMENT],
    ["compact dates", ["20200915"], DAY_OF],
    ["compact dates and times", ["20200915185857"], MOMENT],
    ["short compact hours", ["14102100", "14102101"], utc("2014-10-21T00:00:00Z")],
    ["American dates", ["09/15/2020 18:58"], utc("2020-09-15T18:58:00Z")],
    ["American dates with AM and PM", ["9/15/2020 6:58:57 PM"], MOMENT],
    ["American dates with a short year", ["9/15/20 18:58"], utc("2020-09-15T18:58:00Z")],
    ["European dates with points", ["15.09.2020 18:58:57"], MOMENT],
    ["European dates with slashes", ["15/09/2020"], DAY_OF],
    ["dates with a month's name", ["15-SEP-2020"], DAY_OF],
    ["dates with a month's name before the day", ["Sep 15, 2020"], DAY_OF],
    ["a month's number, a day, a comma and a year", ["09 15, 2020"], DAY_OF],
    ["mail dates", ["Tue, 15 Sep 2020 18:58:57 +0000"], MOMENT],
    ["dates of posts", ["Tue Sep 15 20:58:57 +0200 2020"], MOMENT],
    ["year first with slashes", ["2020/09/15 18:58:57"], MOMENT],
    ["days of a spreadsheet", ["44089.5"], utc("2020-09-15T12:00:00Z")],
  ])("is read as %s", async (_, cells, seconds) => {
    expect((await read("ts", cells, { column: "ts" })).seconds[0]).toBe(seconds);
  });

  it("in two columns is one moment", async () => {
    const { seconds } = await read("day\tclock", ["09/15/2020\t18:58:57", "09/16/2020\t00:00:00"], {
      column: ["day", "clock"],
    });
    expect(seconds).toEqual([MOMENT, utc("2020-09-16T00:00:00Z")]);
  });

  it("counts steps from a start", async () => {
    const { seconds, says } = await read("step", ["1", "743"], { column: "step", unit: "h", start: "2020-01-01" });
    expect(seconds).toEqual([utc("2020-01-01T01:00:00Z"), utc("2020-01-31T23:00:00Z")]);
    expect(says).toBe("steps of h from 2020-01-01");
    const quarters = await read("step", ["2"], { column: "step", unit: "15 min", start: "2020-01-01" });
    expect(quarters.seconds).toEqual([utc("2020-01-01T00:30:00Z")]);
  });

  it("lies in the zone that the note says, where a cell says none", async () => {
    const zone = "Europe/Vilnius";
    expect((await read("ts", ["2020-09-15 21:58:57"], { column: "ts", zone })).seconds).toEqual([MOMENT]);
    expect((await read("ts", ["2020-09-15 18:58:57Z"], { column: "ts", zone })).seconds).toEqual([MOMENT]);
    expect((await read("ts", ["15.09.2020 21:58:57"], { column: "ts", zone })).seconds).toEqual([MOMENT]);
    const wrong = await failureOf("ts", ["2020-09-15"], { column: "ts", zone: "Europe/Vilnus" });
    expect(wrong.fix).toBe("did you mean `Europe/Vilnius`?");
  });

  it("is of one encoding: what is written otherwise is no moment of it", async () => {
    const { seconds } = await read("ts", ["1600196337", "1600196338", "1600196339000", "2020-09-15"], { column: "ts" });
    expect(seconds[2]).toBe(1_600_196_339_000);
    expect(seconds[3]).toBeNaN();
  });

  it("is settled by one row where day and month could be either", async () => {
    const { seconds } = await read("d", ["03/04/2020", "05/06/2020", "25/12/2020"], { column: "d" });
    expect(seconds[0]).toBe(utc("2020-04-03T00:00:00Z"));
  });
});

describe("a column that does not say how to be read", () => {
  it("is asked about where no row settles day and month", async () => {
    const failure = await failureOf("d", ["03/04/2020", "05/06/2020"], { column: "d" });
    expect(failure.code).toBe("ambiguous-time");
    expect(failure.fix).toContain("time: { column: d, format: us }");
    const said = await read("d", ["03/04/2020"], { column: "d", format: "european" });
    expect(said.seconds).toEqual([utc("2020-04-03T00:00:00Z")]);
  });

  it("is asked about where it counts something else, and where it is words", async () => {
    const counted = await failureOf("step", ["1", "2", "743"], { column: "step" });
    expect(counted.message).toContain("numbers from 1 to 743");
    expect(counted.fix).toContain("time: { column: step, unit: h, start: 2020-01-01 }");
    expect((await failureOf("ts", ["soon", "later"], { column: "ts" })).code).toBe("which-time");
  });

  it("refuses a format that no cell has, and names that nobody knows", async () => {
    expect((await failureOf("ts", ["2020-09-15"], { column: "ts", format: "%d.%m.%Y" })).code).toBe(
      "wrong-time-format",
    );
    expect((await failureOf("ts", ["2020-09-15"], { column: "ts", format: "europian" })).fix).toContain(
      "did you mean `european`?",
    );
    expect((await failureOf("ts", ["1"], { column: "ts", unit: "h" })).fix).toContain("start: 2020-01-01");
    expect((await failureOf("ts", ["1"], { column: "ts", unit: "huor", start: "2020-01-01" })).fix).toBe(
      "did you mean `hour`?",
    );
  });
});
