import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { unwrap } from "../../core/outcome.ts";
import { chooseRecommender, RECOMMENDER_NAMES } from "../../steps/4-model/models/recommenders.ts";
import { bestRow } from "./describe.ts";
import { keptTables, REPRODUCED_PAGE } from "./kept-tables.ts";
import { reproducedPage } from "./page.ts";
import { protocolOf } from "./protocols.ts";
import { readTable, tableNames } from "./read-tables.ts";
import { settingsOf, tableSchema } from "./table.ts";

const kept = keptTables(".");

it.each(tableNames())("the table %s has a protocol, models that exist, and a baseline without choices", (name) => {
  const table = readTable(name);
  expect(protocolOf(table)).toBeTypeOf("function");
  expect(table.metrics.length).toBeGreaterThan(0);
  for (const { source, values } of table.published) {
    expect(source).not.toBe("");
    for (const metric of Object.keys(values)) expect(table.metrics).toContain(metric);
  }
  for (const metric of Object.keys(table.aim ?? {})) expect(table.metrics).toContain(metric);
  if (table.models.every(({ model }) => !RECOMMENDER_NAMES.includes(model))) return;
  for (const model of table.models)
    for (const settings of settingsOf(model))
      expect(unwrap(chooseRecommender(model.model, settings)).name).toBe(model.model);
});

it("combines the values of settings, the first written changing slowest", () => {
  const settings = { decay: [0.5, 1], shrinkage: 3, recency: [0.1, 0.2] };
  expect(settingsOf({ model: "item-transitions", settings })).toEqual([
    { shrinkage: 3, decay: 0.5, recency: 0.1 },
    { shrinkage: 3, decay: 0.5, recency: 0.2 },
    { shrinkage: 3, decay: 1, recency: 0.1 },
    { shrinkage: 3, decay: 1, recency: 0.2 },
  ]);
  expect(settingsOf({ model: "most-popular" })).toEqual([{}]);
});

it("names the nearest table, and refuses a table of another form", () => {
  expect(() => readTable("gowala")).toThrow(/there is no table `gowala`/u);
  expect(tableSchema.safeParse({ title: "x" }).success).toBe(false);
});

it("every table holds the counts of the data that its kept result was made of", () => {
  expect(kept.map(({ result }) => result.table).sort()).toEqual(tableNames());
  for (const { table, result } of kept) {
    expect(Object.keys(table.counts).length).toBeGreaterThan(0);
    expect(result.data).toMatchObject(table.counts);
  }
});

it("the page is what its kept results say", () => {
  expect(existsSync(REPRODUCED_PAGE)).toBe(true);
  expect(readFileSync(REPRODUCED_PAGE, "utf8")).toBe(reproducedPage(kept));
});

it("every kept result has the rows and metrics of its table, the baseline first, and intervals around values", () => {
  for (const { table, result } of kept) {
    expect(result.rows.map(({ name }) => name)).toEqual(table.models.map(({ model }) => model));
    const all = [...result.rows, ...result.checks, ...result.claims];
    for (const { values } of all) {
      expect(Object.keys(values).sort()).toEqual([...table.metrics].sort());
      for (const { value, interval } of Object.values(values)) {
        if (interval === null) continue;
        expect(interval[0]).toBeLessThanOrEqual(value);
        expect(interval[1]).toBeGreaterThanOrEqual(value);
      }
    }
    const tried = table.models.map((model) => settingsOf(model).length);
    expect(result.rows.map((row) => row.tried)).toEqual(tried);
    for (const [at, model] of table.models.entries())
      expect(settingsOf(model)).toContainEqual(result.rows[at].settings);
    const validations = result.rows.flatMap(({ validation }) => validation ?? []);
    if (validations.length > 0) expect(bestRow(result).validation).toBe(Math.max(...validations));
  }
});

it("the README quotes the page: each figure with an interval stands in it, and the printed value beside", () => {
  const [, quoted = ""] = readFileSync("README.md", "utf8").split("## Beside what is published");
  const [section] = quoted.replaceAll("\n", " ").split("## ");
  const figures = section.match(/0\.\d{4} \[0\.\d{4}, 0\.\d{4}\]/gu) ?? [];
  expect(figures.length).toBeGreaterThan(0);
  const page = readFileSync(REPRODUCED_PAGE, "utf8");
  for (const one of figures) expect(page).toContain(one);
  const beauty = kept.find(({ result }) => result.table === "sequences-beauty");
  expect(beauty?.result.best).toBe("item-transitions");
  expect(section).toContain("item transitions");
  expect(section).toContain(String(beauty?.table.published[0].values["ndcg@10"]));
});

it("the README and the page's header name every table whose test had been read before, and claim no blindness", () => {
  const early = kept.filter(({ table }) => table["test-read-before"] !== undefined).map(({ result }) => result.table);
  expect(early).toEqual(["fashion-mnist", "fraud-handbook-imbalance", "fraud-handbook", "movielens-100k"]);
  const [readme, page] = ["README.md", REPRODUCED_PAGE].map((path) => readFileSync(path, "utf8").replaceAll("\n", " "));
  expect(readme).toContain(
    "as in Fashion-MNIST, the Fraud Handbook's four folds (and the imbalance table, which takes over their trees) and MovieLens, the table's first doubt says how",
  );
  const [header] = page.split(" ## ");
  for (const { table } of kept) expect(header.includes(table.title)).toBe(table["test-read-before"] !== undefined);
  for (const text of [readme, page])
    expect(text).not.toMatch(/the test read once|test of the chosen settings is read once/u);
});

it("the README says of the five sets of next items what the tables show", () => {
  const isAbove = (set: string): boolean => {
    const found = kept.find(({ result }) => result.table === `sequences-${set}`);
    if (found === undefined) throw new Error(`${set} is not kept`);
    const { values } = bestRow(found.result);
    return found.table.published.every((row) =>
      Object.entries(row.values).every(([metric, value]) => (values[metric].interval?.[0] ?? 0) > value),
    );
  };
  expect(["beauty", "toys", "sports", "yelp", "lastfm"].map(isAbove)).toEqual([true, true, true, true, false]);
  expect(readFileSync("README.md", "utf8").replaceAll("\n", " ")).toContain(
    "On Beauty, Toys, Sports and Yelp the whole interval of the model that validation chose lies above both printed figures; on LastFM,",
  );
});
