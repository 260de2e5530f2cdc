import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.ts";
import { createRandom } from "../../../core/random.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { createInputFiles } from "../../../node/input-files.ts";
import { dataSchema } from "../schema.ts";
import { transactionsFromStored, transactionsToStored } from "../transactions.ts";
import { readTransactions, transactionSourceOf } from "./transaction-source.ts";

let sql: Duckdb;
let folder = "";
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
  folder = temporaryFolder();
});
afterAll(() => sql.close());

function readCsv(rows: string, facts: object = {}) {
  const path = join(folder, "payments.csv");
  writeFileSync(path, `at,card,shop,sum,bad\n${rows}\n`);
  const columns = { customer: "card", terminal: "shop", amount: "sum", fraud: "bad" };
  const data = dataSchema.parse({ source: { format: "csv", path, columns }, time: "at", ...facts });
  const source = transactionSourceOf(data, (one) => one);
  return readTransactions({ sql, files: createInputFiles() }, source, createRandom(1));
}

describe("payments from a file", () => {
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
    ["2024-01-01,a,x,-3,0", "a negative amount"],
    ["2024-01-01,a,x,NaN,0", "an amount that is no number"],
    ["2024-01-01,,x,3,0", "no card"],
    ["someday,a,x,3,0", "no moment"],
    ["2024-01-01,a,x,3,2", "a label that is neither 0 nor 1"],
  ])("are refused for `%s`: %s", async (row) => {
    await expect(readCsv(`2024-01-01,a,x,3,1\n${row}`)).rejects.toThrow(/row 2/u);
  });

  it("leave bad rows out and count them where the note says so", async () => {
    const read = await readCsv("2024-01-01,a,x,3,1\n2024-01-01,a,x,-3,0", { repair: { "bad-number": "drop" } });
    expect([read.count, read.repairs[0].count]).toEqual([1, 1]);
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
