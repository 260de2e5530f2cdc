import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { createTable, type Table } from "../../core/table.ts";
import { buildFeatures } from "../../steps/3-data/features/build-features.ts";
import { declaredFeatures } from "../../steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../../steps/3-data/features/feature-plan.ts";
import { pairRequests, rankedStream } from "../../steps/3-data/features/ranked-stream.ts";
import { asShared } from "../../steps/3-data/row-lists.ts";
import { dataSchema } from "../../steps/3-data/schema.ts";
import { engineRankingRows, type WantedRows } from "../../steps/4-model/train/engine-ranking-rows.ts";
import { askedBy, chooseRows, type RankingSet, rankingRows } from "../../steps/4-model/train/ranking-rows.ts";
import type { SqlEngine } from "../../system/environment.ts";
import { rankedTaskOf } from "./interactions.ts";
import { createWorld, simulateInteractions } from "./simulated-world.ts";

const made = createRandom(5);
const task = rankedTaskOf(simulateInteractions(createWorld({ members: 40, titles: 60, days: 60 }, made), made));
const DECLARED = declaredFeatures(
  dataSchema.parse({
    features: [
      { name: "mean", entity: "title", aggregate: "mean(rating)", window: "30 d", smoothing: 5 },
      { name: "events", entity: "member", aggregate: "count()", window: "7 d" },
      { name: "since", entity: "member", aggregate: "recency()" },
    ],
  }),
);

/** Requests of members at moments of the log, each with some titles, of which the first is relevant. */
function aSet(requests: number, titles: number): RankingSet {
  const random = createRandom(requests);
  const offsets = Int32Array.from({ length: requests + 1 }, (_, at) => at * titles);
  const items = Int32Array.from({ length: requests * titles }, (_, at) => (at * 7) % task.items.count);
  const none = asShared({ offsets: new Int32Array(requests + 1), items: new Int32Array(0) });
  const rows = Array.from({ length: requests }, () => random.below(task.events.count));
  return {
    requests: {
      count: requests,
      unit: Int32Array.from(rows, (row) => task.events.unit[row]),
      moment: Float64Array.from(rows, (row) => task.events.time[row]),
      history: none,
      relevant: {
        offsets: Int32Array.from({ length: requests + 1 }, (_, at) => at),
        items: Int32Array.from({ length: requests }, (_, at) => items[at * titles]),
      },
      seenBefore: new Uint8Array(requests),
    },
    candidates: { offsets, items, scores: new Float32Array(items.length) },
    sources: new Map(),
  };
}

const WANTED: readonly (() => WantedRows)[] = [
  () => ({ set: aSet(6, 9), sampling: { negatives: 3, random: createRandom(2) } }),
  () => ({ set: aSet(5, 4) }),
];

/** An engine that answers from the last row to the first, as `change` leaves it. */
function engineThat(change: (columns: Record<string, number[]>) => void): SqlEngine {
  return {
    name: "Spark",
    dialect: "spark",
    share: async (name) => `/shared/${name}.parquet`,
    async answer(statements): Promise<Table> {
      expect(statements.map(({ sql }) => sql).join("\n")).toContain("heptad_requests");
      const asked = WANTED.map((one) => one()).map(({ set, sampling }) => askedBy(set, chooseRows(set, sampling)));
      const join = (part: "unit" | "item" | "moment"): number[] => asked.flatMap((one) => [...one[part]]);
      const [unit, item] = [Int32Array.from(join("unit")), Int32Array.from(join("item"))];
      const stream = rankedStream(task);
      const requests = pairRequests(unit, item, Float64Array.from(join("moment")), task);
      const features = [...buildFeatures(planFeatures(DECLARED, stream), stream, requests).values()];
      const columns: Record<string, number[]> = { row: [...unit.keys()].reverse() };
      for (const [at, values] of features.entries()) columns[`feature_${at}`] = [...values].reverse();
      change(columns);
      return createTable(
        Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
      );
    },
  };
}

const ask = (change: (columns: Record<string, number[]>) => void) =>
  engineRankingRows(
    WANTED.map((one) => one()),
    task,
    DECLARED,
    { engine: engineThat(change), random: createRandom(1), progress: () => undefined },
  );

describe("ranking rows whose features an engine computes", () => {
  it("are those that are computed here, set by set, in whatever order they come back", async () => {
    const { rows, checked } = await ask(() => undefined);
    expect(rows).toEqual(
      WANTED.map((one) => one()).map(({ set, sampling }) => rankingRows(set, task, DECLARED, {}, sampling)),
    );
    expect(checked).toBe(rows[0].item.length + rows[1].item.length);
    expect(rows[0].item.length).toBe(6 * 4);
  });

  it.each([
    ["a value is another one", (columns: Record<string, number[]>) => columns.feature_1.fill(0.25)],
    [
      "what is missing here is there",
      (columns: Record<string, number[]>) => {
        columns.feature_2 = columns.feature_2.map((value) => (Number.isNaN(value) ? 1 : value));
        columns.feature_0 = columns.feature_0.map((value) => value + 2 ** -40);
      },
    ],
    ["a row comes twice", (columns: Record<string, number[]>) => columns.row.splice(0, 1, columns.row[1])],
    ["a row is not there", (columns: Record<string, number[]>) => Object.values(columns).map((values) => values.pop())],
  ])("are refused where %s", async (_, change) => {
    await expect(ask(change)).rejects.toMatchObject({ failure: { code: "engine-differs" } });
  });
});
