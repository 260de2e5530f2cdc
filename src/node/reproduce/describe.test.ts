import { expect, it } from "vitest";
import { describeTable } from "./describe.ts";
import { keptTables } from "./kept-tables.ts";
import { readTable } from "./read-tables.ts";
import type { Measured, TableResult } from "./result.ts";

const judged = (interval: [number, number]): TableResult => ({
  table: "sequences-beauty",
  seeds: [7],
  data: { people: 3 },
  rows: [
    {
      name: "most-popular",
      settings: {},
      tried: 1,
      validation: 0.01,
      values: {
        "hit rate@10": { value: 0.07, interval },
        "ndcg@10": { value: 0.02, interval: [0.01, 0.0326] },
      },
      n: 3,
    },
  ],
  best: "most-popular",
  checks: [],
  claims: [],
  seconds: 1,
});

it("calls ours better only where the whole interval lies above what was printed", () => {
  const table = readTable("sequences-beauty");
  const said = describeTable(table, judged([0.0648, 0.08])).verdicts;
  expect(said[0]).toMatch(/against 0\.0647 of S3-Rec: better$/u);
  expect(said[1]).toMatch(/against 0\.0327 of S3-Rec: worse$/u);
  expect(describeTable(table, judged([0.06, 0.08])).verdicts[0]).toMatch(/not told apart$/u);
  expect(said).toContain("ndcg@10: the aim of 0.0327 is missed with 0.0200");
});

it("gives no verdict beside a row that was judged otherwise, and says how it was", () => {
  const table = readTable("sequences-beauty");
  const published = table.published.map((row) => ({ ...row, apart: "on other days" }));
  const said = describeTable({ ...table, published }, judged([0.0648, 0.08])).verdicts;
  expect(said[0]).toBe("S3-Rec: not compared, for it was judged otherwise: on other days");
  expect(said.join()).not.toMatch(/better|worse|told apart/u);
});

/** The judged row's values with these in place of some. */
const claimOf = (values: Record<string, Measured>): TableResult => {
  const result = judged([0.06, 0.08]);
  const claim = { name: "random split", says: "any item", values: { ...result.rows[0].values, ...values } };
  return { ...result, claims: [claim] };
};

it("says on a claim's row where it is not above the honest one", () => {
  const table = readTable("sequences-beauty");
  const said = (values: Record<string, Measured>) => describeTable(table, claimOf(values)).claims?.rows[0].at(-1);
  const [low, high]: Measured[] = [0.01, 0.09].map((value) => ({ value, interval: null }));
  expect(said({ "hit rate@10": high, "ndcg@10": high })).toBe("any item");
  expect(said({ "hit rate@10": low, "ndcg@10": low })).toBe("any item; claims less here");
  expect(said({ "hit rate@10": high, "ndcg@10": low })).toBe("any item; claims less here in ndcg@10");
  expect(said({})).toBe("any item; the same figures here");
  expect(said({ "hit rate@10": { value: 0.07, interval: [0.05, 0.08] } })).toBe(
    "any item; the same figures here, with intervals from other random draws",
  );
});

it("names the chosen settings that lie at an edge of what was tried, and none of a setting that had no choice", () => {
  const table = {
    ...readTable("sequences-beauty"),
    models: [
      { model: "most-popular" },
      { model: "graph-filter", settings: { factors: [32, 64, 128], smoothing: [0.3, 0.6, 1], neighbours: 1000 } },
    ],
  };
  const result = judged([0.06, 0.08]);
  const chosen = (factors: number, smoothing: number) => {
    const row = { ...result.rows[0], name: "graph-filter", settings: { factors, smoothing, neighbours: 1000 } };
    return describeTable(table, { ...result, rows: [...result.rows, row] }).cautions;
  };
  expect(chosen(128, 0.3)).toContain(
    "chosen at the edge of what was tried: graph-filter with factors 128, smoothing 0.3",
  );
  expect(chosen(32, 0.6)).toContain("chosen at the edge of what was tried: graph-filter with factors 32");
  expect(chosen(64, 0.6).join()).not.toContain("edge");
});

it("calls nothing chosen where nothing was, and tells only seconds that were measured", () => {
  const table = readTable("sequences-beauty");
  const result = judged([0.06, 0.08]);
  const plain = describeTable(table, { ...result, rows: [{ ...result.rows[0], validation: null }], seconds: 0.2 });
  expect(JSON.stringify(plain)).not.toContain("(chosen)");
  expect(plain.rows.header.at(-1)).toBe("source");
  expect(plain.how).toBe("3 people; seed 7; nothing was chosen; less than 1 s of work");
  const some = describeTable(table, { ...result, seconds: 12.4 });
  expect(some.rows.rows[0][0]).toBe("ours: most-popular (chosen)");
  expect(some.how).toMatch(/; 12 s of work$/u);
  const bandit = keptTables(".").find((one) => one.result.table === "open-bandit");
  expect(bandit && JSON.stringify(describeTable(bandit.table, bandit.result).rows)).not.toContain("(chosen)");
});

it("the first doubt is how a test had been read before", () => {
  const table = { ...readTable("sequences-beauty"), "test-read-before": "it was read" };
  expect(describeTable(table, judged([0.06, 0.08])).cautions[0]).toBe("doubt: it was read");
});

it("never prints what is no number", () => {
  const table = readTable("sequences-beauty");
  expect(() => describeTable(table, judged([Number.NaN, 0.08]))).toThrow(/no number/u);
  expect(() => describeTable(table, claimOf({ "ndcg@10": { value: Number.NaN, interval: null } }))).toThrow(
    /no number/u,
  );
});
