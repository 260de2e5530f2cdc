import { describe, expect, it } from "vitest";
import { texts } from "../../../core/table.ts";
import { openDuckdb } from "../../../node/duckdb.ts";
import { sqlText } from "./sql-text.ts";
import { TIME_FORMATS } from "./time-formats.ts";
import { candidates, possibleReadings } from "./time-readings.ts";

const READINGS = candidates("t", "UTC", ["time"]);
const named = (cells: readonly string[]) => possibleReadings(READINGS, cells).map(({ name }) => name);
const COUNTS = ["s", "ms", "us", "ns", "spreadsheet"];

describe("the readings that are tried on cells", () => {
  it("are among others those of every pattern that wrote one of them", async () => {
    const sql = await openDuckdb();
    const patterns = TIME_FORMATS.flatMap((format) => format.patterns.map((pattern) => ({ format, pattern })));
    const moment = "TIMESTAMPTZ '2020-09-15 18:58:57.25+00'";
    const written = patterns.map(({ pattern }) => `strftime(${moment}, ${sqlText(pattern)})`);
    const found = await sql.query(`SELECT unnest([${written.join(", ")}]) AS cell`);
    sql.close();
    const cells = texts(found, "cell");
    patterns.forEach(({ format, pattern }, at) => {
      const says = possibleReadings(READINGS, [cells[at]]).map((one) => one.says);
      expect(
        says.some((one) => one.startsWith(format.says)),
        `${pattern}: ${cells[at]}`,
      ).toBe(true);
    });
  });

  it("leave out those whose signs no cell holds", () => {
    expect(named(["1600196337"])).toEqual([
      ...COUNTS.slice(0, 4),
      "spreadsheet",
      "compact",
      "compact-short",
      "year-first",
    ]);
    expect(named(["2020-09-15"])).toContain("iso");
    expect(named(["2020-09-15"])).not.toContain("month-name");
    expect(named(["15-SEP-2020"])).toContain("month-name");
    expect(named(["15.09.2020"])).not.toContain("iso");
    expect(named(["Sep 15 2020"])).not.toContain("us-comma");
  });

  it("are all that one cell or another could be read by", () => {
    expect(named(["1600196337", "9/15/2020"])).toEqual(expect.arrayContaining([...COUNTS, "us", "european"]));
    // A sign in one cell and a letter in another are no cell with both.
    expect(named(["Sep", "18:58"])).not.toContain("rfc-2822");
    expect(named(["Sep 18:58"])).toContain("rfc-2822");
  });
});
