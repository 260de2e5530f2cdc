import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { sparseRow } from "../../core/sparse-matrix.ts";
import { numbers, type Table } from "../../core/table.ts";
import { type Duckdb, openDuckdb } from "../../node/duckdb.ts";
import { judgeEvents, type Preferences } from "../../steps/3-data/preferences.ts";
import { EVENT_KINDS, type RankedTask } from "../../steps/3-data/ranked-task.ts";
import type { TrainingWindow } from "../../steps/3-data/split/training-window.ts";
import { createView } from "../../steps/3-data/sql/script.ts";
import { cosineNeighbours, type NeighbourOptions } from "../../steps/4-model/models/cosine-neighbours.ts";
import { NEIGHBOURS, neighbourScript, SIGN } from "../../steps/4-model/sql/neighbour-script.ts";
import { signsOf } from "../../steps/4-model/train/engine-neighbours.ts";
import {
  DEFAULT_SIGNAL_WEIGHTS,
  eventStrength,
  trainingDataWithin,
} from "../../steps/4-model/train/interaction-matrix.ts";
import { rankedTaskOf } from "./interactions.ts";
import { createWorld, simulateInteractions } from "./simulated-world.ts";

const OPINIONS: Preferences = {
  positive: [
    { event: "rating", comparison: ">=", limit: 4 },
    { event: "click", comparison: null, limit: 0 },
    { event: "view", comparison: null, limit: 0 },
  ],
  negative: [{ event: "rating", comparison: "<", limit: 3 }],
  weights: [{ rule: { event: "click", comparison: null, limit: 0 }, weight: 0.3 }],
};

/** A simulated log with opinions that are taken back; every fifth event is known a while after it happened. */
function aTask(): RankedTask {
  const made = createRandom(8);
  const plain = rankedTaskOf(simulateInteractions(createWorld({ members: 90, titles: 40, days: 90 }, made), made));
  const { judged, strength } = judgeEvents(plain.events, EVENT_KINDS, OPINIONS);
  const happened = plain.events.time.map((time, row) => (row % 5 === 0 ? time - 4 * 86_400 : time));
  return { ...plain, events: { ...plain.events, judged, strength, happened } };
}

const task = aTask();
const { time } = task.events;
/** Half of the titles are examined less than the others: strengths beyond 1, and no whole ones. */
const EXAMINED = Float64Array.of(1, 0.7, 0.31, 0.11, 0.03);

let sql: Duckdb;
beforeAll(async () => {
  sql = await openDuckdb({ threads: 1 });
});
afterAll(() => sql.close());

async function neighboursOf(source: string, window: TrainingWindow, options: NeighbourOptions): Promise<Table> {
  for (const statement of neighbourScript({ source, window, ...options })) await sql.query(createView(statement));
  return await sql.query(`SELECT item, other, similarity FROM ${NEIGHBOURS} ORDER BY item, other`);
}

describe("the SQL of item neighbours", () => {
  it.each([
    ["of the whole log", { until: Number.POSITIVE_INFINITY }, { neighbours: 200, shrinkage: 10 }],
    ["of a window, the nearest alone", { from: time[600], until: time[2500] }, { neighbours: 5, shrinkage: 0.25 }],
    ["without shrinkage, where many are equally alike", { until: time[2000] }, { neighbours: 2, shrinkage: 0 }],
  ])("gives the neighbours that a model here learns, to the last bit: %s", async (_, window, options) => {
    await sql.register("sign_rows", signsOf(task, eventStrength(task, DEFAULT_SIGNAL_WEIGHTS, EXAMINED)));
    const there = await neighboursOf("SELECT * FROM sign_rows", window, options);
    const { interactions } = trainingDataWithin(task, window, DEFAULT_SIGNAL_WEIGHTS, EXAMINED);
    const here = cosineNeighbours(interactions, options);
    const own = Array.from({ length: task.items.count }, (_, item) => ({ item, ...here(item) }));
    const expected = own.flatMap(({ item, items, similarities }) =>
      items.map((other, at) => [item, other, similarities[at]]),
    );
    const [item, other, similarity] = ["item", "other", "similarity"].map((name) => numbers(there, name));
    expect(expected.length).toBeGreaterThan(50);
    expect(Array.from(item, (one, at) => [one, other[at], similarity[at]])).toEqual(expected);
    expect(interactions.values.some((value) => value !== 1)).toBe(true);
  });

  it("counts what was chosen again after it was taken back, and nothing that was taken back last", async () => {
    const row = (event: number, unit: number, item: number, judged: number) =>
      `SELECT ${event} AS ${SIGN.event}, ${unit} AS ${SIGN.unit}, ${item} AS ${SIGN.item}, 1e0 AS moment, 1e0 AS happened, ${judged} AS ${SIGN.judged}, ${judged < 0 ? 0 : 1}e0 AS ${SIGN.strength}`;
    const rows = [
      row(0, 0, 0, 1),
      row(1, 0, 1, 1),
      row(2, 0, 2, 1),
      row(3, 0, 1, -1),
      row(4, 0, 2, -1),
      row(5, 0, 2, 1),
    ];
    const options = { neighbours: 9, shrinkage: 1 };
    const there = await neighboursOf(rows.join(" UNION ALL "), { until: 2 }, options);
    expect([...numbers(there, "item")]).toEqual([0, 2]);
    expect([...numbers(there, "other")]).toEqual([2, 0]);
    expect([...numbers(there, "similarity")]).toEqual([0.5, 0.5]);
  });
});

describe("neighbours from exact sums", () => {
  const { interactions } = trainingDataWithin(
    task,
    { until: Number.POSITIVE_INFINITY },
    DEFAULT_SIGNAL_WEIGHTS,
    EXAMINED,
  );

  it("are the cosine over those who chose both", () => {
    const [one, other] = [3, 7].map((item) =>
      Array.from({ length: task.units }, (_, unit) => {
        const { indices, values } = sparseRow(interactions, unit);
        return values[indices.indexOf(item)] ?? 0;
      }),
    );
    const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * b[at], 0);
    const { items, similarities } = cosineNeighbours(interactions, { neighbours: 99, shrinkage: 4 })(3);
    const cosine = dot(one, other) / (Math.sqrt(dot(one, one)) * Math.sqrt(dot(other, other)) + 4);
    expect(cosine).toBeGreaterThan(0);
    expect(similarities[items.indexOf(7)]).toBeCloseTo(cosine, 6);
  });

  it("are refused where signals are too strong to be added exactly, and no sooner", () => {
    const learn = (...values: number[]) => {
      const indptr = Int32Array.from({ length: values.length + 1 }, (_, row) => row);
      const indices = new Int32Array(values.length);
      const matrix = { rows: values.length, columns: 1, indptr, indices, values: Float32Array.from(values) };
      return () => cosineNeighbours(matrix, { neighbours: 1, shrinkage: 0 });
    };
    // The squares of two are 2^33 together, 2^53 in units.
    expect(learn(2 ** 16, 2 ** 16)).toThrow("too strong to be added exactly");
    expect(learn(2 ** 16, 2 ** 15)).not.toThrow();
  });
});
