import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { numbers, type Table } from "../../../core/table.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import type { FeatureDeclaration } from "../features/feature-declaration.ts";
import { scoredFeatures } from "../features/scored-features.ts";
import type { ScoredTask } from "../scored-task.ts";
import { lateLabelRound, trainingRows } from "../split/late-label-split.ts";
import { CASES, featureColumn, PROFILE, scoredScript } from "./scored-script.ts";
import { createView } from "./script.ts";
import { SQL_DIALECTS } from "./sql-dialect.ts";
import { ROW, scoredTable, scoredTaskQuery } from "./task-tables.ts";

const DAY = 86_400;
const DAYS = 40;
const PERIODS = { train: 6, delay: 3, test: 4, testStart: null, earlier: 2 };
const WORDS = {
  ...{ case: "payment", cases: "payments", row: "transaction", rows: "transactions", unit: "card", units: "cards" },
  ...{
    positive: "fraud",
    positives: "frauds",
    labelled: "fraud",
    others: "others",
    negatives: "others",
    party: "card",
    parties: "cards",
  },
  ...{ idle: "nothing", meanwhile: "" },
};
const common = { window: 5 * DAY, delay: 0, smoothing: 0 };

const DECLARED: readonly FeatureDeclaration[] = [
  { ...common, name: "amount", entity: ["transaction"], aggregate: { kind: "value", column: "amount" } },
  { ...common, name: "n", entity: ["card"], aggregate: { kind: "count" }, current: "transaction" },
  { ...common, name: "sum", entity: ["card"], aggregate: { kind: "sum", measure: "amount" } },
  { ...common, name: "mean", entity: ["card"], aggregate: { kind: "mean", measure: "amount" }, current: "transaction" },
  {
    ...common,
    name: "known",
    entity: ["card"],
    aggregate: { kind: "count", measure: "amount" },
    current: "transaction",
  },
  { ...common, name: "total", entity: ["card"], aggregate: { kind: "sum", measure: "amount" }, current: "transaction" },
  { ...common, name: "usual", entity: ["shop"], aggregate: { kind: "mean", measure: "amount" }, smoothing: 3 },
  { ...common, name: "priced", entity: ["shop"], aggregate: { kind: "recency", measure: "amount" } },
  { ...common, name: "worth", entity: ["shop"], aggregate: { kind: "count" }, where: "amount" },
  { ...common, name: "since", entity: ["shop"], aggregate: { kind: "recency" } },
  { ...common, name: "ever", entity: ["shop"], aggregate: { kind: "recency" }, window: Number.POSITIVE_INFINITY },
  {
    ...common,
    name: "risk",
    entity: ["shop"],
    aggregate: { kind: "rate", measure: "fraud" },
    delay: 3 * DAY,
    smoothing: 4,
  },
  { ...common, name: "pair", entity: ["card", "shop"], aggregate: { kind: "count" }, window: Number.POSITIVE_INFINITY },
  {
    ...common,
    name: "trend",
    entity: ["card"],
    aggregate: { kind: "ratio", numerator: { kind: "feature", name: "sum" }, denominator: { kind: "count" } },
  },
  { ...common, name: "word", entity: ["transaction"], aggregate: { kind: "value", column: "country" }, delay: 3 * DAY },
];

/** Cards at shops: moments that many share, refunds whose halves of a unit round up, rows without a shop or an amount, labels that come late or never. */
function aTask(seed: number, late: boolean): ScoredTask {
  const random = createRandom(seed);
  const count = 900;
  const moments = Float64Array.from(
    { length: count },
    () => Math.floor(random.uniform() * DAYS * 4) * (DAY / 4) + 17_000 * DAY,
  ).sort();
  const pick = (size: number, missing: number): Int32Array =>
    Int32Array.from({ length: count }, () => (random.uniform() < missing ? -1 : random.below(size)));
  const label = Uint8Array.from({ length: count }, () => (random.uniform() < 0.1 ? 1 : 0));
  const halves = (): number => (random.below(4001) - 2000) / 2 ** 21;
  return {
    time: moments,
    label,
    ...(late
      ? {
          knownAt: moments.map((at) =>
            random.uniform() < 0.2 ? Number.POSITIVE_INFINITY : at + random.below(6) * DAY,
          ),
        }
      : {}),
    entities: new Map([
      ["card", { count: 25, rows: pick(25, 0) }],
      ["shop", { count: 7, rows: pick(7, 0.1) }],
      ["country", { count: 3, rows: pick(3, 0.2) }],
    ]),
    values: new Map([
      [
        "amount",
        Float64Array.from({ length: count }, () =>
          random.uniform() < 0.1 ? Number.NaN : random.uniform() < 0.3 ? halves() : random.below(40_000) / 100 - 50,
        ),
      ],
    ]),
    summed: ["amount"],
    leaves: late ? "" : "cards left out",
    words: WORDS,
  };
}

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

async function runScript(task: ScoredTask): Promise<{ readonly cases: Table; readonly profile: Table }> {
  await sql.register("rows_here", scoredTable(task));
  const query = scoredTaskQuery(task, { declarations: DECLARED, periods: PERIODS }, "SELECT * FROM rows_here");
  for (const statement of scoredScript(query, SQL_DIALECTS.duckdb)) await sql.query(createView(statement));
  return {
    cases: await sql.query(`SELECT * FROM ${CASES} ORDER BY ${ROW}`),
    profile: await sql.query(`SELECT * FROM ${PROFILE} ORDER BY line`),
  };
}

describe.each([
  ["labels that all take the same time, and cards that leave", false],
  ["labels that arrive one by one, or never", true],
])("the SQL of a task with %s", (_, late) => {
  const task = aTask(late ? 5 : 3, late);
  const last = Math.floor(task.time[task.time.length - 1] / DAY);
  const testDays = [last - 3, last - 3 - 3 - 4, last - 3 - 3 - 8];
  const rounds = testDays.map((day) => lateLabelRound(task, day, PERIODS));
  let answer: { readonly cases: Table; readonly profile: Table };
  beforeAll(async () => {
    answer = await runScript(task);
  });

  it("gives every row the features of a run, to the last bit", () => {
    const rows = Int32Array.from(numbers(answer.cases, ROW));
    expect(rows.length).toBeGreaterThan(400);
    for (const [name, column] of scoredFeatures(DECLARED, task, rows))
      expect([name, Float64Array.from(numbers(answer.cases, featureColumn(name)))]).toEqual([name, column]);
  });

  it("lays out the same rounds: what is trained on, and what each round judges", () => {
    const rows = Array.from(numbers(answer.cases, ROW));
    const trains = numbers(answer.cases, "trains");
    const judged = numbers(answer.cases, "judged_in");
    expect(rows.filter((_, at) => trains[at] === 1)).toEqual(Array.from(trainingRows(task, rounds[0])));
    for (const [round, { test }] of rounds.entries())
      expect(rows.filter((_, at) => judged[at] === round)).toEqual(Array.from(test));
  });

  it("counts in its profile what the rows are", () => {
    const name = answer.profile.columns.get("name");
    const n = numbers(answer.profile, "n");
    const of = (wanted: string): number => n[Array.isArray(name) ? name.indexOf(wanted) : -1];
    expect(of("rows")).toBe(answer.cases.rows);
    expect(of("training")).toBe(trainingRows(task, rounds[0]).length);
    expect(of("judged")).toBe(rounds[0].test.length);
    expect(of("refused")).toBe(0);
  });
});

describe("the SQL of a note", () => {
  it("refuses a window over the past of a single case, which is empty", () => {
    const own: FeatureDeclaration = { ...common, name: "own", entity: ["transaction"], aggregate: { kind: "count" } };
    const query = scoredTaskQuery(aTask(1, false), { declarations: [own], periods: PERIODS }, "SELECT 1");
    expect(() => scoredScript(query, SQL_DIALECTS.spark)).toThrow(/goes over the past of a single transaction/u);
  });

  it("never asks an engine to search a range", () => {
    const query = scoredTaskQuery(aTask(1, false), { declarations: DECLARED, periods: PERIODS }, "SELECT 1");
    const text = scoredScript(query, SQL_DIALECTS.spark).map(createView).join("\n");
    expect(text).not.toMatch(/RANGE BETWEEN|ASOF/u);
    expect(text.match(/PARTITION BY/gu)?.length).toBeGreaterThan(4);
  });

  it("divides by no count that may be 0, where Spark stops a job", () => {
    const means = DECLARED.filter(({ aggregate, smoothing }) => aggregate.kind === "mean" && smoothing === 0);
    const query = scoredTaskQuery(aTask(1, false), { declarations: means, periods: PERIODS }, "SELECT 1");
    const text = scoredScript(query, SQL_DIALECTS.spark).map(createView).join("\n");
    expect(text).toContain("/ nullif(");
    expect(text).not.toMatch(/\/ \(/u);
  });
});
