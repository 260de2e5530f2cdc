import { describe, expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable, type Table } from "../../../core/table.ts";
import type { SqlEngine } from "../../../system/environment.ts";
import { cosineNeighbours } from "../models/cosine-neighbours.ts";
import { itemKnn } from "../models/item-knn.ts";
import { trainingThere } from "./engine-neighbours.ts";
import { DEFAULT_SIGNAL_WEIGHTS, eventStrength, trainingDataWithin } from "./interaction-matrix.ts";

const random = createRandom(3);
const [UNITS, ITEMS] = [30, 12];
const task = plantRanked(
  Array.from({ length: 200 }, (_, time) => ({ time, unit: random.below(UNITS), item: random.below(ITEMS) })),
  { units: UNITS, items: ITEMS },
);
const WINDOW = { until: 150 };
const data = trainingDataWithin(task, WINDOW, DEFAULT_SIGNAL_WEIGHTS);
const SETTINGS = { neighbours: 4, shrinkage: 2 };

/** An engine that answers from the last pair to the first, as `change` leaves them. */
function engineThat(change: (columns: Record<string, number[]>) => void): SqlEngine & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    name: "Spark",
    dialect: "spark",
    async share(name, { rows }) {
      asked.push(`${name} ${rows}`);
      return `/shared/${name}.parquet`;
    },
    async answer(statements): Promise<Table> {
      asked.push(...statements.map(({ sql }) => sql));
      const here = cosineNeighbours(data.interactions, SETTINGS);
      const columns: Record<string, number[]> = { item: [], other: [], similarity: [] };
      for (let item = ITEMS - 1; item >= 0; item--) {
        const { items, similarities } = here(item);
        columns.item.push(...items.map(() => item));
        columns.other.push(...items);
        columns.similarity.push(...similarities);
      }
      change(columns);
      return createTable(
        Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)])),
      );
    },
  };
}

async function train(engine: SqlEngine) {
  const strengthOf = eventStrength(task, DEFAULT_SIGNAL_WEIGHTS, null);
  const choice = { name: itemKnn.name, facts: SETTINGS, settings: "" };
  const there = await trainingThere({ subject: "item-knn", choice, task, strengthOf }, { engine, progress: () => {} });
  return { model: await there.train(WINDOW, data, createRandom(1)), says: there.says() };
}

describe("item neighbours that an engine counts", () => {
  it("make the model that is learned here, and the report says how many were counted here too", async () => {
    const engine = engineThat(() => {});
    const { model, says } = await train(engine);
    const own = await itemKnn.fit(data, SETTINGS, { random: createRandom(1) });
    expect(model.toArtefact()).toEqual(own.toArtefact());
    expect(engine.asked[0]).toBe("heptad_signs_item_knn 200");
    expect(engine.asked.join("\n")).toContain("moment < 150e0");
    const each = Array.from({ length: ITEMS }, (_, item) => cosineNeighbours(data.interactions, SETTINGS)(item));
    const counted = each.reduce((sum, { items }) => sum + items.length, 0);
    expect(says).toContain(`were counted on Spark: ${counted} in one fit, at most 4 of each story in each. Those of `);
    expect(says).toMatch(/Those of \d+ stories, .*equal to the last bit/u);
  });

  it("are counted over all fits, and the report says over how many", async () => {
    const strengthOf = eventStrength(task, DEFAULT_SIGNAL_WEIGHTS, null);
    const choice = { name: itemKnn.name, facts: SETTINGS, settings: "" };
    const environment = { engine: engineThat(() => {}), progress: () => {} };
    const there = await trainingThere({ subject: "item-knn", choice, task, strengthOf }, environment);
    const once = async () => {
      await there.train(WINDOW, data, createRandom(1));
      return Number(/Spark: (?<counted>\d+) in/u.exec(there.says())?.groups?.counted);
    };
    const first = await once();
    expect(await once()).toBe(2 * first);
    expect(there.says()).toMatch(
      / in 2 fits, at most 4 of each story in each\. Those of \d+ stories over all fits, drawn/u,
    );
  });

  it.each([
    [
      "one is a little less alike",
      ({ similarity }: Record<string, number[]>) => {
        similarity.forEach((value, at) => {
          similarity[at] = value * (1 - 2 ** -20);
        });
      },
    ],
    [
      "another item takes its place",
      ({ other }: Record<string, number[]>) => {
        other.forEach((one, at) => {
          other[at] = (one + 1) % ITEMS;
        });
      },
    ],
    [
      "pairs are missing",
      (columns: Record<string, number[]>) => {
        for (const values of Object.values(columns)) values.splice(0, values.length - 3);
      },
    ],
    [
      "a pair comes twice",
      (columns: Record<string, number[]>) => {
        for (const values of Object.values(columns)) values.push(values[0]);
      },
    ],
    [
      "an item is none",
      ({ other }: Record<string, number[]>) => {
        other[0] = ITEMS;
      },
    ],
  ])("are refused where %s", async (_, change) => {
    await expect(train(engineThat(change))).rejects.toMatchObject({ failure: { code: "engine-differs" } });
  });
});
