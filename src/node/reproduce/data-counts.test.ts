import { join } from "node:path";
import { expect, it } from "vitest";
import { CUT, LOG, type TableFiles, writePayments, writeTable } from "../../../test/cut-tables.ts";
import { createMemoryStore } from "../../system/result-store.ts";
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

function opened(name: string, files: TableFiles, made: string[]) {
  const table = readTable(name);
  const folder = writeTable(table, files);
  const parts = { folder, store: createMemoryStore(), version: "1", now: () => 0, counts: table.counts };
  const bench = openWorkbench({ ...parts, onPart: (what) => made.push(what) }, table.data);
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
  await writePayments(join(folder, table.data.transactions));
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
    const bench = openWorkbench(parts, table.data);
    await expect(protocolOf(table)("t", table, bench)).rejects.toThrow(/men: 3, published 2/u);
  }
});
