import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { openDuckdb } from "../duckdb.ts";
import { refuseOtherData } from "./data-counts.ts";
import { countsOf } from "./listed-events.ts";
import { protocolOf } from "./protocols.ts";
import { readTable, tableNames } from "./read-tables.ts";
import { openWorkbench } from "./workbench.ts";

const FILES = ["a.txt"];

it("says what was found, what was published, and what to do; what was not published is not held against anything", () => {
  const published = { people: 1090, events: 52551 };
  expect(() => refuseOtherData({ ...published, folds: 4 }, published, FILES)).not.toThrow();
  expect(() => refuseOtherData({ people: 1090, events: 52550 }, published, FILES)).toThrow(
    /^this is not the data that the table was published on \(events: 52,550, published 52,551\)/u,
  );
  expect(() => refuseOtherData({ people: 2000 }, published, FILES)).toThrow(/people: 2,000, published 1,090/u);
});

it("counts people by lists, each item once, and every event", () => {
  expect(
    countsOf([
      [1, 2, 3],
      [2, 3],
      [3, 3],
    ]),
  ).toEqual({ people: 3, items: 3, events: 7 });
});

/** IDX of this many items of these sizes. */
function idx(count: number, ...sizes: readonly number[]): Uint8Array {
  const all = [count, ...sizes];
  const header = new DataView(new ArrayBuffer(4 + 4 * all.length));
  header.setUint8(2, 8);
  header.setUint8(3, all.length);
  for (const [at, size] of all.entries()) header.setUint32(4 + 4 * at, size);
  return gzipSync(
    new Uint8Array([...new Uint8Array(header.buffer), ...new Uint8Array(all.reduce((a, b) => a * b, 1))]),
  );
}

const LOG = "timestamp,item_id,position,click,propensity_score\nt,0,1,1,0.5\nt,1,1,0,0.5";

/** A few rows in the form of each protocol's files. */
const CUT: Readonly<Record<string, Readonly<Record<string, string | Uint8Array>>>> = {
  "given-split": { train: "0 1 2 3\n1 2 3 4", test: "0 5\n1 5" },
  "graded-documents": { train: "0 1:0\n1 1:1", "train-sizes": "2", test: "0 1:0\n1 1:1", "test-sizes": "2" },
  "labelled-photos": {
    "train-images": idx(12, 4, 4),
    "train-labels": idx(12),
    "test-images": idx(4, 4, 4),
    "test-labels": idx(4),
  },
  "next-item": { lists: "1 1 2 3 4\n2 2 3 4 5" },
  "other-log": { "men-own": LOG, "men-other": LOG, "women-own": LOG, "women-other": LOG },
  "random-quarter": {
    ratings: Array.from(
      { length: 40 },
      (_, at) => `${1 + (at % 4)}\t${1 + Math.floor(at / 4)}\t3\t${900000000 + at}`,
    ).join("\n"),
    titles: Array.from(
      { length: 10 },
      (_, at) => `${at + 1}|Film ${at} (1995)|01-Jan-1995||u|${Array(19).fill(0).join("|")}`,
    ).join("\n"),
    people: Array.from({ length: 4 }, (_, at) => `${at + 1}|30|M|other|12345`).join("\n"),
  },
};

function opened(name: string, files: Readonly<Record<string, string | Uint8Array>>, made: string[]) {
  const table = readTable(name);
  const folder = temporaryFolder();
  for (const [key, text] of Object.entries(files)) {
    const path = join(folder, table.data[key]);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const parts = { folder, store: createMemoryStore(), version: "1", now: () => 0, counts: table.counts };
  const bench = openWorkbench({ ...parts, onPart: (what) => made.push(what) }, Object.values(table.data));
  return { table, bench, folder };
}

const WITHOUT_PARQUET = tableNames().filter((name) => readTable(name).protocol !== "fraud-folds");

it.each(WITHOUT_PARQUET)("%s refuses a part of its data before anything is made of it", async (name) => {
  const made: string[] = [];
  const { table, bench } = opened(name, CUT[readTable(name).protocol], made);
  await expect(protocolOf(table)(name, table, bench)).rejects.toMatchObject({ failure: { code: "other-data" } });
  expect(made).toEqual([]);
});

it("the tables of payments refuse a part of their data too", async () => {
  const made: string[] = [];
  const { table, bench, folder } = opened("fraud-handbook", { transactions: "" }, made);
  const sql = await openDuckdb();
  await sql.query(
    `COPY (SELECT i AS TRANSACTION_ID, TIMESTAMP '2018-07-01' + to_hours(i) AS TX_DATETIME, i % 5 AS CUSTOMER_ID, i % 3 AS TERMINAL_ID,
       10.0 + i AS TX_AMOUNT, (i % 7 = 0)::INTEGER AS TX_FRAUD FROM range(500) t(i)) TO '${join(folder, table.data.transactions)}' (FORMAT parquet)`,
  );
  sql.close();
  await expect(protocolOf(table)("fraud-handbook", table, bench)).rejects.toMatchObject({
    failure: { code: "other-data" },
  });
  expect(made).toEqual([]);
});

it.each(["next-item", "given-split", "graded-documents"])("an empty file is other data too: %s", async (protocol) => {
  const made: string[] = [];
  const name = tableNames().find((one) => readTable(one).protocol === protocol) ?? "";
  const empty = Object.fromEntries(Object.keys(CUT[protocol]).map((key) => [key, ""]));
  const { table, bench } = opened(name, empty, made);
  await expect(protocolOf(table)(name, table, bench)).rejects.toMatchObject({ failure: { code: "other-data" } });
});

it.each(["0 1:0\n1 x:1", "0 1:0\n1 1.5:1", "0 1:0\n1 1", "0 1:0\n1 1:x"])(
  "a line whose feature is none is said by its place: %j",
  async (train) => {
    const { table, bench } = opened("lambdarank", { ...CUT["graded-documents"], train }, []);
    await expect(protocolOf(table)("lambdarank", table, bench)).rejects.toMatchObject({
      failure: { code: "broken-documents", where: expect.stringMatching(/:2$/u) },
    });
  },
);

it("one log of two that is longer or shorter is other data, whichever it is", async () => {
  for (const key of ["men-own", "men-other"]) {
    const table = { ...readTable("open-bandit"), counts: { "rows of each log, men": 2, "rows of each log, women": 2 } };
    const { folder } = opened("open-bandit", { ...CUT["other-log"], [key]: `${LOG}\nt,1,1,1,0.5` }, []);
    const parts = { folder, store: createMemoryStore(), version: "1", now: () => 0, counts: table.counts };
    const bench = openWorkbench(parts, Object.values(table.data));
    await expect(protocolOf(table)("t", table, bench)).rejects.toThrow(/men: 3, published 2/u);
  }
});
