import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { FailureError } from "../../core/outcome.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { DEFAULT_REPAIR_POLICY, type RepairPolicy } from "../../steps/3-data/sources/repair-policy.ts";
import { EVENT_KINDS } from "./interactions.ts";
import { listMappedFiles, type MappedFilesSource, readMappedFiles } from "./mapped-files.ts";

let sql: Duckdb;
let folder: string;
beforeAll(async () => {
  sql = await openDuckdb();
  folder = temporaryFolder();
});
afterAll(() => sql.close());

const RATINGS = { member: "user", title: "item", time: "ts", rating: "stars" };

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function readText(text: string | Uint8Array, options: Partial<MappedFilesSource> = {}) {
  const path = await write("events.csv", text);
  // Small moments make short tests: the note says their unit, as it has to for times before 1980.
  const time = { column: "ts", unit: "s" };
  return readMappedFiles(
    { sql, files: createInputFiles() },
    { path, format: "csv", columns: RATINGS, time, ...options },
  );
}

/** The failure that reading gives; the test fails when there is none. */
async function failureOf(text: string | Uint8Array, options: Partial<MappedFilesSource> = {}) {
  const error = await readText(text, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof FailureError) return error.failure;
  throw new Error(`expected a failure, got ${String(error)}`);
}

function policy(changes: Partial<RepairPolicy>): Partial<MappedFilesSource> {
  return { policy: { ...DEFAULT_REPAIR_POLICY, ...changes } };
}

const HEADER = "user,item,stars,ts\n";

describe("a clean file", () => {
  it("gives events sorted by time with identifiers in numeric order", async () => {
    const { events, members, titles, repairs } = await readText(`${HEADER}10,7,4,200\n9,8,3.5,100\n`);
    expect(members.ids).toEqual(["9", "10"]);
    expect(titles.ids).toEqual(["7", "8"]);
    expect([...events.member]).toEqual([0, 1]);
    expect([...events.value]).toEqual([3.5, 4]);
    expect([...events.time]).toEqual([100, 200]);
    expect(repairs.map(({ kind, count }) => [kind, count])).toEqual([["unsorted-time", 1]]);
  });

  it.each([
    ["seconds", "1704067200"],
    ["milliseconds", "1704067200000"],
    ["microseconds", "1704067200000000"],
    ["ISO text", "2024-01-01T00:00:00Z"],
    ["ISO text with an offset", "2024-01-01T02:00:00+02:00"],
    ["a date", "2024-01-01"],
    ["a date with a time and no zone", "2024-01-01 00:00:00"],
  ])("takes time as %s", async (_, written) => {
    const { events } = await readText(`${HEADER}1,1,4,${written}\n`, { time: { column: "ts" } });
    expect([...events.time]).toEqual([1704067200]);
  });

  it("finds the delimiter, skips a byte-order mark and reads quoted fields and Windows line ends", async () => {
    const { titles, events } = await readText('\uFEFFuser;item;stars;ts\r\n1;"Tom; ""Huck""";4;100\r\n');
    expect(titles.ids).toEqual(['Tom; "Huck"']);
    expect(events.count).toBe(1);
  });

  it("reads kinds and positions of events", async () => {
    const { events } = await readText("user,item,what,rank,ts\n1,1,Impression,3,1\n1,1,click,,2\n1,2,view,,3\n", {
      columns: { member: "user", title: "item", event: "what", position: "rank", time: "ts" },
    });
    expect([...events.kind].map((code) => EVENT_KINDS[code])).toEqual(["impression", "click", "view"]);
    expect([...(events.position ?? [])]).toEqual([3, 0, 0]);
  });

  it("needs no mapping where columns are called what they mean", async () => {
    const { events } = await readText("member,title,time,rating,event,position\n1,2,3,4.5,click,2\n", {
      columns: undefined,
      time: { column: "time", unit: "s" },
    });
    expect([events.value[0], EVENT_KINDS[events.kind[0]], events.position?.[0]]).toEqual([4.5, "click", 2]);
  });

  it("takes tab-separated files and Parquet files with real timestamps", async () => {
    const environment = { sql, files: createInputFiles() };
    const tsv = await write("events.tsv", "user\titem\tstars\tts\n1\t2\t4\t100\n");
    const fromTsv = await readMappedFiles(environment, {
      path: tsv,
      format: "tsv",
      columns: RATINGS,
      time: { column: "ts", unit: "s" },
    });
    expect([...fromTsv.events.time]).toEqual([100]);
    const parquet = join(folder, "events.parquet");
    await sql.query(
      `COPY (SELECT 5 AS user, 'a' AS item, 4.5 AS stars, TIMESTAMP '2024-01-01 00:00:00' AS ts) TO '${parquet}' (FORMAT parquet)`,
    );
    const fromParquet = await readMappedFiles(environment, { path: parquet, format: "parquet", columns: RATINGS });
    expect([...fromParquet.events.time]).toEqual([1704067200]);
    expect([...fromParquet.events.value]).toEqual([4.5]);
  });

  it("joins side tables and keeps titles that nobody has touched yet", async () => {
    const titles = await write(
      "titles.csv",
      'id,label,year,tags,minutes\n2,Two,1999,"a, b",90\n3,Three,,,\n2,Again,,,\n',
    );
    const members = await write("people.csv", "who,country\n1,LT\n");
    const source: Partial<MappedFilesSource> = {
      titles: {
        path: titles,
        columns: { title: "id", name: "label", released: "year", genres: "tags", length: "minutes" },
      },
      members: { path: members, columns: { member: "who", country: "country" } },
    };
    const read = await readText(`${HEADER}1,2,4,100\n4,1,4,100\n`, source);
    expect(read.titles.names).toEqual(["1", "Two", "Three"]);
    expect([...read.titles.released]).toEqual([Number.NaN, Date.UTC(1999, 0, 1) / 1000, Number.NaN]);
    expect(read.titles.genres.names).toEqual(["a", "b"]);
    expect([...read.titles.genres.offsets]).toEqual([0, 0, 2, 2]);
    expect([...(read.titles.attributes.get("length") ?? [])]).toEqual([Number.NaN, 90, Number.NaN]);
    expect(read.members.attributes.get("country")).toEqual(["LT", ""]);
    expect(read.repairs).toMatchObject([
      { kind: "unknown-members", count: 1 },
      { kind: "duplicate-titles", count: 1 },
      { kind: "unknown-titles", count: 1 },
    ]);
    const environment = { sql, files: createInputFiles() };
    const listed = await listMappedFiles(environment, { path: "events.csv", format: "csv", ...source });
    expect(listed).toEqual(["events.csv", titles, members]);
  });
});

describe("a side table with dirt", () => {
  const titles = (path: string): Partial<MappedFilesSource> => ({
    titles: { path, columns: { title: "id", name: "label" } },
  });

  it("stops the reading at a row without all its fields, or leaves it out and counts it", async () => {
    const path = await write("short.csv", "id,label\n1,One\n2\n");
    const failure = await failureOf(`${HEADER}1,2,4,100\n`, titles(path));
    expect(failure).toMatchObject({ code: "malformed-row", where: `${path}, line 3, column 1` });
    const events = `${HEADER}1,1,4,99\n1,2,4,100\n`;
    const read = await readText(events, { ...titles(path), ...policy({ badNumber: "drop" }) });
    expect(read.repairs).toMatchObject([
      { kind: "malformed-row", count: 1 },
      { kind: "unknown-titles", count: 1 },
    ]);
    expect(read.titles.names).toEqual(["One", "2"]);
  });

  it("of which no identifier is in the events does not belong to them", async () => {
    const path = await write("other.csv", "id,label\ntt7,One\n");
    const failure = await failureOf(`${HEADER}1,2,4,100\n`, titles(path));
    expect(failure).toMatchObject({ code: "no-join", message: expect.stringContaining("`2` there, `tt7` here") });
  });

  it("has a key that is one letter off refused, not taken for an attribute", async () => {
    const path = await write("genre.csv", "id,category\n2,a\n");
    const columns = { title: "id", genre: "category" };
    const failure = await failureOf(`${HEADER}1,2,4,100\n`, { titles: { path, columns } });
    expect(failure.fix).toContain("did you mean `genres`?");
  });

  it("is named when it is not there", async () => {
    const path = join(folder, "none.csv");
    expect(await failureOf(`${HEADER}1,2,4,100\n`, titles(path))).toMatchObject({ code: "no-such-file", where: path });
  });
});

describe("a file that cannot be used", () => {
  it("is read where its line ends are mixed", async () => {
    const { events } = await readText(`${HEADER}1,2,4,100\r\n1,3,4,100\r1,4,4,100\n`);
    expect(events.count).toBe(3);
  });

  it("says that it is not there", async () => {
    const failure = await failureOf("", { path: join(folder, "none.csv") });
    expect(failure).toMatchObject({ code: "no-such-file", where: join(folder, "none.csv") });
  });

  it("says that it is a folder without data", async () => {
    expect(await failureOf("", { path: temporaryFolder() })).toMatchObject({ code: "no-files" });
    const partitions = temporaryFolder();
    await mkdir(join(partitions, "dt=2024-01-01"));
    await writeFile(join(partitions, "dt=2024-01-01", "part-0.csv"), "user,item\na,b\n");
    expect(await failureOf("", { path: partitions })).toMatchObject({ code: "partition-of-text" });
  });

  it("says that it is empty", async () => {
    expect((await failureOf("")).code).toBe("empty-file");
  });

  it("says that it has a header and nothing else", async () => {
    expect((await failureOf(HEADER)).code).toBe("no-events");
  });

  it("names the nearest column when one is missing", async () => {
    const failure = await failureOf("user,item,star,ts\n1,1,4,100\n");
    expect(failure).toMatchObject({ code: "missing-column", fix: "did you mean `star`?" });
    expect(failure.message).toContain("`user`, `item`, `star`, `ts`");
  });

  it("names the nearest meaning when a key of `columns` is unknown", async () => {
    const failure = await failureOf(HEADER, { columns: { ...RATINGS, membr: "user" } });
    expect(failure).toMatchObject({ code: "unknown-column-meaning", fix: "did you mean `member`?" });
  });

  it("says that two columns share a name", async () => {
    expect((await failureOf("user,item,item,ts\n")).code).toBe("repeated-column");
  });

  it("says where text is not UTF-8", async () => {
    const failure = await failureOf(Buffer.from(`${HEADER}1,1,4,100\n1,caf\xe9,4,100\n`, "latin1"));
    expect(failure).toMatchObject({ code: "not-utf8", where: join(folder, "events.csv, line 3, column 6") });
    expect(failure.fix).toContain("encoding: windows-1252");
  });

  it("is read where it is UTF-16, with or without a byte-order mark", async () => {
    for (const mark of ["", "\uFEFF"]) {
      const { events } = await readText(Buffer.from(`${mark}${HEADER}1,1,4,100\n`, "utf16le"));
      expect(events.count).toBe(1);
    }
  });

  it("says that a Parquet file was cut short", async () => {
    const whole = join(folder, "whole.parquet");
    await sql.query(`COPY (SELECT range AS user FROM range(1000)) TO '${whole}' (FORMAT parquet)`);
    const cut = await write("cut.parquet", (await readFile(whole)).subarray(0, 500));
    expect(await failureOf("", { path: cut, format: "parquet" })).toMatchObject({
      code: "damaged-parquet",
      where: cut,
    });
  });

  it("says that a text file is no Parquet file", async () => {
    expect((await failureOf(HEADER, { format: "parquet" })).code).toBe("damaged-parquet");
  });
});

describe("dirty rows", () => {
  const at = (line: number, column: number): string => `${join(folder, "events.csv")}, line ${line}, column ${column}`;

  it.each([
    ["a bad number", "1,1,four,100", "bad-number", "`four` in column `stars` is no number", 3],
    ["an infinite number", "1,1,inf,100", "bad-number", "`inf` in column `stars` is no number", 3],
    [
      "a bad moment",
      "1,1,4,yesterday",
      "bad-time",
      "`yesterday` in column `ts` is no moment: the column was read as seconds since 1970",
      4,
    ],
    ["no member", ",1,4,100", "missing-id", "an empty cell in column `user` where a member belongs", 1],
    ["a member called NULL", "NULL,1,4,100", "missing-id", "`NULL` in column `user` where a member belongs", 1],
    ["no title", "1,\\N,4,100", "missing-id", "`\\N` in column `item` where a title belongs", 2],
    ["no value", "1,1,NA,100", "missing-value", "`NA` in column `stars` where a value belongs", 3],
    ["too few fields", "1,1,4", "malformed-row", "the row has 3 cells where 4 are due", 1],
    ["too many fields", "1,1,4,100,5", "malformed-row", "the row has 5 cells where 4 are due", 1],
    ["a quote that never closes", '1,1,4,"100', "malformed-row", "a quote is opened and never closed", 7],
    [
      "a quote that swallows rows",
      '1,1,"4,100\n1,2,4,101\n1,3,4",102',
      "malformed-row",
      "a quote is opened here and closed lines later, and what lies between looks like rows: a quote is missing",
      5,
    ],
  ])(
    "%s stops the reading with its line and column, or is dropped and counted",
    async (_, row, code, message, column) => {
      const text = `${HEADER}1,1,4,100\n${row}\n1,2,4,101\n`;
      const failure = await failureOf(text, policy({ missing: "error" }));
      expect(failure).toMatchObject({ code, where: at(3, column) });
      expect(failure.message.replace(/ \(and .*/u, "")).toBe(message);
      const { events, repairs } = await readText(text, policy({ badNumber: "drop" }));
      if (row.includes("\n")) return;
      expect(events.count).toBe(2);
      expect(repairs).toMatchObject([{ kind: code, count: 1 }]);
    },
  );

  it("counts lines rightly after rows that were refused", async () => {
    const { repairs } = await readText(`${HEADER}1,1,4\n1,1,4,7,9\n1,1,x,5\n1,1,4,5\n`, policy({ badNumber: "drop" }));
    expect(repairs.find(({ kind }) => kind === "bad-number")?.description).toContain(at(4, 3));
  });

  it("a NUL byte far inside is dirt of its row", async () => {
    const clean = Array.from({ length: 8000 }, (_, row) => `${row},1,4,${row}\n`).join("");
    const text = `${HEADER}${clean}9,a\0b,4,1\n`;
    expect(await failureOf(text)).toMatchObject({ code: "malformed-row", where: at(8002, 4) });
    const { repairs } = await readText(text, policy({ badNumber: "drop" }));
    expect(repairs).toMatchObject([{ kind: "malformed-row", count: 1 }]);
  });

  describe("events of the note's own", () => {
    const columns = { member: "user", title: "item", event: "stars", time: "ts" };
    const text = `${HEADER}1,1,Bought,100\n1,2,view,101\n2,1,Bought,102\n`;

    it("an unknown kind of event is asked about, with a mend that keeps every row", async () => {
      const failure = await failureOf(text, { columns });
      expect(failure.message).toBe(
        "column `stars` holds `Bought` (2 rows), which is none of rating, view, click, impression: what does each value mean?",
      );
      expect(failure.fix).toContain("events: { Bought: Bought, view: view }");
    });

    it("are named by the note, and a value without a name is left out and counted", async () => {
      const both = await readText(text, { columns, events: { Bought: "purchase", view: "view" } });
      expect([...both.events.kind].map((code) => both.events.kinds?.[code])).toEqual(["purchase", "view", "purchase"]);
      const one = await readText(text, { columns, events: { Bought: "purchase" } });
      expect(one.events.count).toBe(2);
      expect(one.repairs).toMatchObject([{ kind: "unlisted-event", count: 1 }]);
    });

    it("a name for a value that is not there is a mistake", async () => {
      expect((await failureOf(text, { columns, events: { bought: "purchase" } })).message).toContain(
        "holds no `bought`",
      );
    });
  });

  it("repeated rows keep the last, the first, or stop the reading", async () => {
    const text = `${HEADER}1,1,2,100\n1,1,5,100\n1,1,3,200\n`;
    const last = await readText(text);
    expect([...last.events.value]).toEqual([5, 3]);
    expect(last.repairs).toMatchObject([{ kind: "duplicate-events", count: 1 }]);
    expect([...(await readText(text, policy({ duplicates: "keep-first" }))).events.value]).toEqual([2, 3]);
    expect((await failureOf(text, policy({ duplicates: "error" }))).code).toBe("duplicate-events");
  });

  it("values out of range are dropped, clipped, or stop the reading", async () => {
    const text = `${HEADER}1,1,9,100\n1,2,-1,101\n1,3,5,102\n`;
    const range = [1, 5] as const;
    const dropped = await readText(text, { range });
    expect([...dropped.events.value]).toEqual([5]);
    expect(dropped.repairs).toMatchObject([{ kind: "out-of-range", count: 2 }]);
    expect([...(await readText(text, { range, ...policy({ outOfRange: "clip" }) })).events.value]).toEqual([5, 1, 5]);
    expect(await failureOf(text, { range, ...policy({ outOfRange: "error" }) })).toMatchObject({
      code: "out-of-range",
      message: "9 in column `stars` is not between 1 and 5 (and 1 more like it)",
      where: at(2, 3),
    });
  });
});
