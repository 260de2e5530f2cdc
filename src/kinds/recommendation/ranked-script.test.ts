import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { createTable, numbers, type Table, texts } from "../../core/table.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { declaredFeatures } from "../../steps/3-data/features/feature-declaration.ts";
import { judgeEvents, type Preferences } from "../../steps/3-data/preferences.ts";
import { EVENT_KINDS, type RankedTask, rankedTaskToStored } from "../../steps/3-data/ranked-task.ts";
import { listAt } from "../../steps/3-data/row-lists.ts";
import { dataSchema } from "../../steps/3-data/schema.ts";
import { requestSets } from "../../steps/3-data/split/request-sets.ts";
import { PARTS, partCode } from "../../steps/3-data/split/split.ts";
import { cutsFromStored, requestsFromStored, type StoredRequests } from "../../steps/3-data/split/stored-requests.ts";
import { relevanceOf, timeSplitStage } from "../../steps/3-data/split/time-split-stage.ts";
import { writtenPeriods } from "../../steps/3-data/split/written-periods.ts";
import { EVENTS, keyColumn, MOMENT, REQUESTS } from "../../steps/3-data/sql/feature-tables.ts";
import { EVENT, KEPT, rankedScript, SET, SET_NUMBER } from "../../steps/3-data/sql/ranked-script.ts";
import { rankedTables, rankedTaskQuery } from "../../steps/3-data/sql/ranked-tables.ts";
import { CASES, featureColumn, PROFILE } from "../../steps/3-data/sql/scored-script.ts";
import { createView } from "../../steps/3-data/sql/script.ts";
import { SQL_DIALECTS } from "../../steps/3-data/sql/sql-dialect.ts";
import { chooseRows, type RankingSet, rankingRows } from "../../steps/4-model/train/ranking-rows.ts";
import { type StageResult, stageResult } from "../../system/stage.ts";
import { rankedTaskOf } from "./interactions.ts";
import { createWorld, simulateInteractions } from "./simulated-world.ts";

const FOLDS = 2;
const PART_NAMES: readonly string[] = PARTS;
const DATA = dataSchema.parse({
  split: { by: "time", train: "60%", validation: "15%", test: "20%", gap: "2 d" },
  features: [
    { name: "mean", entity: "title", aggregate: "mean(rating)", window: "30 d", smoothing: 5 },
    { name: "events", entity: "member", aggregate: "count()", window: "7 d" },
    { name: "since", entity: "member", aggregate: "recency()" },
    { name: "age", entity: "title", aggregate: "age(released)" },
    { name: "clicked", entity: "title", aggregate: "rate(click)", window: "20 d", smoothing: 2 },
    { name: "liked", entity: ["member", "genre"], aggregate: "count(positive)" },
    { name: "affinity", entity: ["member", "genre"], aggregate: "mean(rating)", window: "100 d", smoothing: 3 },
  ],
});
const DECLARED = declaredFeatures(DATA);
const OPINIONS: Preferences = {
  positive: [
    { event: "rating", comparison: ">=", limit: 4 },
    { event: "click", comparison: ">", limit: 0 },
  ],
  negative: [{ event: "rating", comparison: "<", limit: 2 }],
  weights: [],
};

/** A simulated log: moments that those within `together` seconds share, impressions among the deeds, and where `late` what became known after it happened. */
function aTask(late: boolean, together: number): RankedTask {
  const made = createRandom(8);
  const { events, ...rest } = rankedTaskOf(
    simulateInteractions(createWorld({ members: 60, titles: 50, days: 90 }, made), made),
  );
  const happened = events.time.map((time) => Math.floor(time / together) * together);
  const time = happened.map((at) => at + (late && made.uniform() < 0.3 ? made.below(6) * 86_400 : 0));
  const order = Int32Array.from(time.keys()).sort((a, b) => time[a] - time[b] || a - b);
  return {
    ...rest,
    events: {
      count: events.count,
      unit: order.map((row) => events.unit[row]),
      item: order.map((row) => events.item[row]),
      kind: Uint8Array.from(order, (row) => events.kind[row]),
      value: Float32Array.from(order, (row) => events.value[row]),
      time: Float64Array.from(order, (row) => time[row]),
      ...(late ? { happened: Float64Array.from(order, (row) => happened[row]) } : {}),
    },
  };
}

/** The task as a run stores it, and the split as a run makes it. */
async function splitOf(unjudged: RankedTask): Promise<{ readonly task: RankedTask; readonly split: StageResult }> {
  const { judged, strength } = judgeEvents(unjudged.events, EVENT_KINDS, OPINIONS);
  const task = { ...unjudged, events: { ...unjudged.events, judged, strength } };
  const { json, arrays } = rankedTaskToStored(task);
  const split = await timeSplitStage("task", DATA, relevanceOf(undefined), { folds: FOLDS }).execute({
    paths: {},
    random: createRandom(1),
    input: async () => stageResult({ json, arrays }),
    environment: Object({}),
  });
  return { task, split };
}

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

async function runScript(task: RankedTask, candidates?: Table): Promise<void> {
  for (const [name, table] of rankedTables(task)) await sql.register(`${name}_rows`, table);
  if (candidates !== undefined) await sql.register("candidate_rows", candidates);
  const declared = { declarations: DECLARED, preferences: OPINIONS, split: writtenPeriods(DATA.split), folds: FOLDS };
  const query = rankedTaskQuery(task, declared, (name) => `SELECT * FROM ${name}_rows`);
  const { duckdb } = SQL_DIALECTS;
  const rows = candidates === undefined ? {} : { candidates: "SELECT * FROM candidate_rows" };
  for (const statement of rankedScript({ ...query, ...rows }, duckdb)) {
    await sql.query(createView(statement));
    if (statement.isKept === true) for (const text of duckdb.keep(statement.view, "")) await sql.query(text);
  }
}

/** Titles proposed to each request: the wanted ones and every third other one. */
function proposals(requests: StoredRequests, titles: number): RankingSet {
  const lists = Array.from({ length: requests.count }, (_, one) => {
    const wanted = new Set(listAt(requests.relevant, one));
    return Array.from({ length: titles }, (_, title) => title).filter(
      (title) => wanted.has(title) || (title + one) % 3 === 0,
    );
  });
  const offsets = new Int32Array(lists.length + 1);
  for (const [at, list] of lists.entries()) offsets[at + 1] = offsets[at] + list.length;
  const items = Int32Array.from(lists.flat());
  return { requests, candidates: { offsets, items, scores: new Float32Array(items.length) }, sources: new Map() };
}

describe.each([
  ["whose events are known at once", false, 21_600],
  ["whose events are known late", true, 21_600],
  ["whose moments differ", false, 1],
])("the SQL of a log %s", (_, late, together) => {
  let task: RankedTask;
  let split: StageResult;
  let sets: readonly (readonly [name: string, requests: StoredRequests])[];
  beforeAll(async () => {
    ({ task, split } = await splitOf(aTask(late, together)));
    sets = cutsFromStored(split).sets.map(({ name }) => [name, requestsFromStored(split, name)]);
  });

  it("parts the events as a run does, and judges them so", async () => {
    await runScript(task);
    const events = await sql.query(`SELECT * FROM ${EVENTS} ORDER BY ${EVENT}`);
    const parts = texts(events, "part").map((name) => PART_NAMES.indexOf(name));
    expect(new Set(parts)).toEqual(new Set(PARTS.map(partCode)));
    expect(Uint8Array.from(parts)).toEqual(split.arrays.part);
    expect(Int8Array.from(numbers(events, "judged"))).toEqual(task.events.judged);
  });

  it("asks as whom, when and for what a run asks", async () => {
    expect(sets.map(([name]) => name)).toEqual(requestSets(FOLDS).map(({ name }) => name));
    for (const [name, { count, unit, moment, relevant }] of sets) {
      const [member, title] = ["member", "title"].map(keyColumn);
      const rows = await sql.query(`SELECT * FROM ${REQUESTS} WHERE ${SET} = '${name}' ORDER BY ${member}, ${title}`);
      const of = Array.from({ length: count }, (_, one) => Array.from(listAt(relevant, one), () => one)).flat();
      expect(of.length).toBeGreaterThan(5);
      expect(Array.from(numbers(rows, title))).toEqual(Array.from(relevant.items));
      expect(Array.from(numbers(rows, member))).toEqual(of.map((one) => unit[one]));
      expect(Array.from(numbers(rows, MOMENT))).toEqual(of.map((one) => moment[one]));
    }
  });

  it("gives what is ranked its labels and features, and keeps what a ranker learns from, to the last bit", async () => {
    const proposed = sets.map(([, requests]) => proposals(requests, task.items.count));
    const drawn = proposed.map((set, at) => chooseRows(set, { negatives: 4, random: createRandom(at) }));
    const columns = { [SET_NUMBER]: [0], [keyColumn("member")]: [0], [keyColumn("title")]: [0], [KEPT]: [0] };
    for (const column of Object.values(columns)) column.pop();
    for (const [at, { requests, candidates }] of proposed.entries()) {
      const kept = new Set(Array.from(drawn[at].item, (title, row) => `${drawn[at].request[row]} ${title}`));
      for (let one = 0; one < requests.count; one++)
        for (const title of listAt(candidates, one)) {
          columns[SET_NUMBER].push(at);
          columns[keyColumn("member")].push(requests.unit[one]);
          columns[keyColumn("title")].push(title);
          columns[KEPT].push(kept.has(`${one} ${title}`) ? 1 : 0);
        }
    }
    await runScript(
      task,
      createTable(Object.fromEntries(Object.entries(columns).map(([name, all]) => [name, Int32Array.from(all)]))),
    );
    await sql.query(`CREATE OR REPLACE TEMPORARY TABLE all_cases AS SELECT * FROM ${CASES}`);
    for (const [at, [name]] of sets.entries()) {
      for (const [sampling, condition] of [
        [undefined, ""],
        [{ negatives: 4, random: createRandom(at) }, `AND ${KEPT} = 1`],
      ] as const) {
        const expected = rankingRows(proposed[at], task, DECLARED, {}, sampling);
        const rows = await sql.query(
          `SELECT * FROM all_cases WHERE ${SET} = '${name}' ${condition} ORDER BY ${keyColumn("member")}, ${keyColumn("title")}`,
        );
        expect(Array.from(numbers(rows, keyColumn("title")))).toEqual(Array.from(expected.item));
        expect(Uint8Array.from(numbers(rows, "label"))).toEqual(expected.label);
        for (const { name: feature } of DECLARED)
          expect([feature, Float64Array.from(numbers(rows, featureColumn(feature)))]).toEqual([
            feature,
            Float64Array.from(numbers(expected.features, feature)),
          ]);
      }
    }
  });

  it("counts in its profile what the rows are", async () => {
    const profile = await sql.query(`SELECT * FROM ${PROFILE} ORDER BY line`);
    const n = numbers(profile, "n");
    const lines = new Map(texts(profile, "name").map((name, line) => [name, n[line]]));
    for (const [name, requests] of sets)
      expect(lines.get(name)).toBe(proposals(requests, task.items.count).candidates.items.length);
    expect(lines.get("wanted")).toBe(sets.reduce((sum, [, { relevant }]) => sum + relevant.items.length, 0));
    expect(lines.get("refused")).toBe(0);
  });
});
