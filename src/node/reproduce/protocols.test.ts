import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { protocolOf } from "./protocols.ts";
import { type PublishedTable, tableSchema } from "./table.ts";
import { openWorkbench } from "./workbench.ts";

/** A workbench over a folder with these files. */
function benchOf(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return openWorkbench(
    { folder, store: createMemoryStore(), version: "1", now: () => 0 },
    Object.fromEntries(Object.keys(files).map((file) => [file, file])),
  );
}

function tableOf(parts: Partial<PublishedTable>): PublishedTable {
  return tableSchema.parse({
    title: "t",
    about: "",
    "as-published": "",
    counts: {},
    checksums: {},
    published: [],
    ...parts,
  });
}

it("a given split learns from one file, looks for the other, and takes validation out of the first alone", async () => {
  // Item 9 is in every list; the test asks each of twenty people for items 8 and 7, of which 8 is the next most chosen.
  const people = Array.from({ length: 20 }, (_, person) => person);
  const train = people.map((one) => `${one} 9 ${one < 10 ? "8 1 2 3" : "1 2 3 4"} 5 6`).join("\n");
  const test = people.map((one) => `${one} ${one < 10 ? "7" : "8 7"}`).join("\n");
  const table = tableOf({
    protocol: "given-split",
    data: { train: "train.txt", test: "test.txt" },
    metrics: ["recall@1", "ndcg@2"],
    "chosen-by": "ndcg@2",
    models: [{ model: "most-popular" }],
  });
  const bench = benchOf({ "train.txt": train, "test.txt": test });
  const result = await protocolOf(table)("t", table, bench);
  expect(result.data).toEqual({ people: 20, items: 9, events: 150 + 20 });
  // The first ten have all but 4 and 7: 4 is more popular. The others lack 8 and 7: 8 first, of two wanted.
  const [row] = result.rows;
  expect(row.values["recall@1"].value).toBeCloseTo((10 * 0.5) / 20, 12);
  expect(row.values["ndcg@2"].value).toBeCloseTo((10 / Math.log2(3) + 10) / 20, 12);
  expect(row.n).toBe(20);
  const torn = benchOf({ "train.txt": train, "test.txt": `${test}\n0 9` });
  await expect(protocolOf(table)("t", table, torn)).rejects.toThrow(/person 0 has an item in both files/u);
});

it("the other log is weighed by one over its chances, and the plain log stands beside it", async () => {
  const rows = (clicks: readonly number[], chances: readonly number[]) =>
    [
      "timestamp,item_id,position,click,propensity_score",
      ...clicks.map((click, at) => `t,${at % 2},1,${click},${chances[at]}`),
    ].join("\n");
  const table = tableOf({
    protocol: "other-log",
    data: { "men-own": "own.csv", "men-other": "other.csv" },
    metrics: ["click rate, men"],
    "chosen-by": "click rate, men",
    models: [{ model: "own-log" }, { model: "inverse-propensity" }, { model: "self-normalized" }],
  });
  const bench = benchOf({
    "own.csv": rows([0, 1, 0, 0], [0.5, 0.5, 0.5, 0.5]),
    "other.csv": rows([1, 0, 1, 0], [0.8, 0.2, 0.8, 0.2]),
  });
  const result = await protocolOf(table)("t", table, bench);
  const values = result.rows.map((row) => row.values["click rate, men"].value);
  // Two items: weights are 0.5 / 0.8 and 0.5 / 0.2.
  expect(values[0]).toBeCloseTo(0.25, 12);
  expect(values[1]).toBeCloseTo((2 * 0.625) / 4, 12);
  expect(values[2]).toBeCloseTo((2 * 0.625) / (2 * 0.625 + 2 * 2.5), 12);
  expect(result.claims[0].values["click rate, men"].value).toBeCloseTo(0.5, 12);
  expect(result.checks[0].values["click rate, men"].value).toBeCloseTo(values[2] - 0.25, 12);
});

it("graded documents are ranked within their query, and queries without a grade are left out", async () => {
  // Feature 1 is the grade: trees find it; the order of the file is the worst one.
  const queries = Array.from({ length: 40 }, () => ["0 1:0 2:1", "1 1:1 2:1", "2 1:2 2:1"]);
  const lines = queries.flat().join("\n");
  const sizes = queries.map(() => "3").join("\n");
  const table = tableOf({
    protocol: "graded-documents",
    data: { train: "train", "train-sizes": "train.query", test: "test", "test-sizes": "test.query" },
    metrics: ["ndcg@1 by exponential", "ndcg@3 by exponential"],
    "chosen-by": "ndcg@3 by exponential",
    models: [{ model: "in-order" }, { model: "lambdarank", settings: { trees: 5, leaves: 3, "minimum-rows": 1 } }],
  });
  const bench = benchOf({
    train: lines,
    "train.query": sizes,
    test: `${lines}\n0 1:0 2:1\n0 1:0 2:1`,
    "test.query": `${sizes}\n2`,
  });
  const result = await protocolOf(table)("t", table, bench);
  const [order, trees] = result.rows;
  const worst = (1 / Math.log2(3) + 3 / 2) / (3 + 1 / Math.log2(3));
  expect(order.values["ndcg@1 by exponential"].value).toBe(0);
  expect(order.values["ndcg@3 by exponential"].value).toBeCloseTo(worst, 12);
  expect(trees.values["ndcg@3 by exponential"].value).toBeCloseTo(1, 12);
  expect([order.n, trees.n]).toEqual([40, 40]);
  expect(result.best).toBe("lambdarank");
});

it("refuses graded documents whose lines or sizes are broken", async () => {
  const table = tableOf({
    protocol: "graded-documents",
    data: { train: "train", "train-sizes": "train.query", test: "test", "test-sizes": "test.query" },
    metrics: ["ndcg@1 by exponential"],
    "chosen-by": "ndcg@1 by exponential",
    models: [{ model: "in-order" }],
  });
  const tried = (test: string, sizes: string) =>
    protocolOf(table)("t", table, benchOf({ train: "0 1:0\n1 1:1", "train.query": "2", test, "test.query": sizes }));
  await expect(tried("0 1:0\n1 1:1", "3")).rejects.toThrow(/2 documents, and the sizes of its queries add up to 3/u);
  await expect(tried("0 1:0\n1 1:1", "x")).rejects.toThrow(/sizes of its queries are no numbers/u);
  await expect(tried("0 1:0\nx 1:1", "2")).rejects.toThrow(/`x` is no grade/u);
  await expect(tried("0 1:0\n1 1:y", "2")).rejects.toThrow(/`1:y` is no feature/u);
});

it("offers the nearest protocol for one that is not there", () => {
  expect(() =>
    protocolOf(
      tableOf({ protocol: "next-items", data: {}, metrics: ["x"], "chosen-by": "x", models: [{ model: "x" }] }),
    ),
  ).toThrow(/there is no protocol `next-items`/u);
});
