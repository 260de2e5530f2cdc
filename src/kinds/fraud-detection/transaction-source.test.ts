import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createRandom } from "../../core/random.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { createInputFiles } from "../../node/input-files.ts";
import { dataSchema } from "../../steps/3-data/schema.ts";
import { readTransactions, transactionSourceOf } from "./transaction-source.ts";
import { transactionsFromStored, transactionsToStored } from "./transactions.ts";

let sql: Duckdb;
let folder = "";
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
  folder = temporaryFolder();
});
afterAll(() => sql.close());

interface Written {
  readonly repair?: object;
  readonly columns?: Readonly<Record<string, string>>;
}

async function readCsv(rows: string, { repair, columns: more }: Written = {}) {
  const path = join(folder, "payments.csv");
  writeFileSync(path, `at,card,shop,sum,bad\n${rows}\n`);
  const columns = { customer: "card", terminal: "shop", amount: "sum", fraud: "bad", ...more };
  const data = dataSchema.parse({
    source: { format: "csv", path, columns },
    time: "at",
    ...(repair === undefined ? {} : { repair }),
  });
  const source = transactionSourceOf(data, (one) => one);
  return readTransactions({ sql, files: createInputFiles() }, source, createRandom(1));
}

describe("payments from a file", () => {
  it("without who paid or where are refused with the kind that takes them", async () => {
    const columns = { customer: "customer", terminal: "terminal" };
    await expect(readCsv("2024-01-01,a,x,3,0\n2024-01-02,a,x,3,1", { columns })).rejects.toMatchObject({
      failure: {
        code: "payments-without-parties",
        message: expect.stringContaining("no column for the customer and the terminal; there are `at`, `card`"),
        fix: expect.stringContaining("binary-classification"),
      },
    });
    await expect(
      readCsv("2024-01-01,a,x,3,0\n2024-01-02,a,x,3,1", { columns: { terminal: "3" } }),
    ).resolves.toMatchObject({ terminals: 1 });
  });

  it("come sorted by time, with cards and shops as numbers", async () => {
    const read = await readCsv(
      "2024-01-02 00:00:00,b,y,5,0\n2024-01-01 00:00:00,a,x,7.5,1\n2024-01-03 00:00:00,a,y,1,0",
    );
    expect([...read.time]).toEqual([1, 2, 3].map((day) => Date.UTC(2024, 0, day) / 1000));
    expect([[...read.customer], [...read.terminal], [...read.amount], [...read.fraud]]).toEqual([
      [0, 1, 0],
      [0, 1, 1],
      [7.5, 5, 1],
      [1, 0, 0],
    ]);
    expect(transactionsFromStored(transactionsToStored(read))).toEqual(read);
  });

  it.each([
    ["2024-01-01,a,x,-3,0", "negative-amount", "`-3` in column `sum`"],
    ["2024-01-01,a,x,NaN,0", "bad-number", "`NaN` in column `sum`"],
    ["2024-01-01,,x,3,0", "missing-id", "an empty cell in column `card`"],
    ["someday,a,x,3,0", "bad-time", "`someday` in column `at`"],
    ["2024-01-01,a,x,3,2", "bad-label", "`2` in column `bad`"],
    ["2024-01-01,a,x", "malformed-row", "the row has 3 cells where 5 are due"],
  ])("are refused for `%s`, with line, column and cell", async (row, code, message) => {
    const repair = { missing: "error" };
    await expect(readCsv(`2024-01-01,a,x,3,1\n${row}`, { repair })).rejects.toMatchObject({
      failure: {
        code,
        message: expect.stringContaining(message),
        where: expect.stringMatching(/payments.csv, line 3, column \d$/u),
      },
    });
  });

  it("leave bad rows out and count them by kind where the note says so", async () => {
    const rows = "2024-01-01,a,x,3,1\n2024-01-01,a,x,-3,0\n2024-01-02,b,x,4,0\n2024-01-02,b,x,none,0";
    const read = await readCsv(rows, { repair: { "bad-number": "drop" } });
    expect(read.count).toBe(2);
    expect(read.repairs.map(({ kind, count }) => [kind, count])).toEqual([
      ["bad-number", 1],
      ["negative-amount", 1],
    ]);
  });

  it("count a payment that stands there twice once, the later one", async () => {
    const same = "2024-01-01,a,x,3,1\n2024-01-02,b,x,4,0\n2024-01-01,a,x,3,1";
    expect((await readCsv(same)).repairs.map(({ kind }) => kind)).toEqual(["duplicate-payments", "unsorted-time"]);
    const rows = "2024-01-01,a,x,3,0\n2024-01-02,b,x,4,0\n2024-01-03,b,x,9,1\n2024-01-01,a,x,3,1";
    const read = await readCsv(rows, { repair: { duplicates: { keep: "last" } } });
    expect([[...read.fraud], read.repairs.map(({ kind }) => kind)]).toEqual([
      [1, 0, 1],
      ["duplicate-payments", "unsorted-time"],
    ]);
    await expect(readCsv(rows, { repair: { duplicates: "error" } })).rejects.toThrow(/occur twice/u);
    expect([...(await readCsv(rows, { repair: { duplicates: "keep-first" } })).fraud]).toEqual([0, 0, 1]);
  });

  it("that contradict each other are asked about, kept by the identifier, or all kept", async () => {
    const rows = "2024-01-01,a,x,3,0\n2024-01-02,b,x,4,0\n2024-01-01,a,x,3,1";
    await expect(readCsv(rows)).rejects.toMatchObject({
      failure: { code: "contradicting-payments", message: expect.stringContaining("1 times with another label") },
    });
    expect((await readCsv(rows, { repair: { duplicates: { keep: "all" } } })).count).toBe(3);
    const numbered = rows.split("\n").map((row, at) => `${row},n${at}`);
    const path = join(folder, "numbered.csv");
    writeFileSync(path, `at,card,shop,sum,bad,tx\n${numbered.join("\n")}\n`);
    const columns = { customer: "card", terminal: "shop", amount: "sum", fraud: "bad", id: "tx" };
    const data = dataSchema.parse({ source: { format: "csv", path, columns, time: { column: "at" } } });
    const source = transactionSourceOf(data, (one) => one);
    const read = await readTransactions({ sql, files: createInputFiles() }, source, createRandom(1));
    expect([read.count, read.repairs.map(({ kind }) => kind)]).toEqual([3, ["unsorted-time"]]);
  });

  it("keep to the range of amounts that the note believes", async () => {
    const rows = "2024-01-01,a,x,3,1\n2024-01-02,a,x,1e300,0\n2024-01-03,a,x,5,0";
    const read = await readCsv(rows, { repair: { range: [0, 1000] } });
    expect([[...read.amount], read.repairs[0].kind]).toEqual([[3, 5], "out-of-range"]);
    const clipped = await readCsv(rows, { repair: { range: [0, 1000], "out-of-range": "clip" } });
    expect([...clipped.amount]).toEqual([3, 1000, 5]);
  });

  it("know labels written as words, and moments in milliseconds", async () => {
    const read = await readCsv("1704067200000,a,x,3,true\n1704153600000,a,x,4,false");
    expect([[...read.fraud], [...read.time]]).toEqual([
      [1, 0],
      [1_704_067_200, 1_704_153_600],
    ]);
  });

  it("are refused where no payment is fraud, with the column that says so", async () => {
    await expect(readCsv("2024-01-01,a,x,3,0\n2024-01-02,a,x,4,0")).rejects.toThrow(/labelled 0 in column `bad`/u);
  });

  it("are refused for a meaning that no payment has, or a column that the file has not", async () => {
    await expect(readCsv("2024-01-01,a,x,3,0", { columns: { costumer: "card" } })).rejects.toMatchObject({
      failure: { code: "unknown-column", fix: "did you mean `customer`?" },
    });
    await expect(readCsv("2024-01-01,a,x,3,0", { columns: { fraud: "bda" } })).rejects.toMatchObject({
      failure: { code: "missing-column", fix: "did you mean `bad`?" },
    });
  });
});

describe("the simulated world of payments", () => {
  const draw = (seed: number) =>
    readTransactions(
      { sql, files: createInputFiles() },
      { format: "simulated", world: { customers: 60, terminals: 80, days: 40 } },
      createRandom(seed),
    );

  it("is the same for the same seed, and in the order of time", async () => {
    const [one, again, other] = [await draw(1), await draw(1), await draw(2)];
    expect(one).toEqual(again);
    expect(one.count).not.toBe(other.count);
    expect(one.time).toEqual(one.time.toSorted());
  });

  it("has rare fraud, and cards that come later", async () => {
    const { fraud, count, customer, time } = await draw(1);
    const share = fraud.reduce((sum, label) => sum + label, 0) / count;
    expect(share).toBeGreaterThan(0.001);
    expect(share).toBeLessThan(0.05);
    const early = new Set(customer.filter((_, row) => time[row] < time[0] + 5 * 86_400));
    expect(early.size).toBeLessThan(new Set(customer).size);
  });
});
