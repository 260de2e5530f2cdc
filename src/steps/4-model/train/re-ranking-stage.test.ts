import { expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { createRandom } from "../../../core/random.ts";
import { stageResult } from "../../../system/stage.ts";
import { type ItemVectors, rankedTaskToStored } from "../../3-data/ranked-task.ts";
import { listsFromStored, rankedItems, storeLists } from "./ranked-lists.ts";
import { reRankingStage } from "./re-ranking-stage.ts";

async function reRanked(vectors: ItemVectors) {
  const planted = plantRanked([{ time: 1, unit: 0, item: 0 }], { items: 4 });
  const lists = {
    offsets: Int32Array.of(0, 4),
    items: Int32Array.of(3, 0, 2, 1),
    scores: Float32Array.of(4, 3.9, 3, 1),
  };
  const results = new Map([
    ["task", stageResult(rankedTaskToStored({ ...planted, items: { ...planted.items, vectors } }))],
    ["split", stageResult({ json: { validationStart: 1, testStart: 2, sets: [{ name: "test", cut: 2 }] } })],
    ["ranking", stageResult({ arrays: storeLists("test", lists) })],
  ]);
  const plan = { task: "task", input: "ranking", diversity: 0.5, pool: 4, keep: 2 };
  const { arrays, figures, remarks } = await reRankingStage(plan).execute({
    paths: {},
    input: async (name) => results.get(name) ?? stageResult({}),
    random: createRandom(1),
    environment: sealedEnvironment,
  });
  return { order: [...rankedItems(listsFromStored(arrays, "test"), 0)], figures, remarks };
}

it("shows at the top what is unlike, and tells how alike it was before and after", async () => {
  // Items 0 and 3 are the same, 1 and 2 have nothing of them.
  const values = Float32Array.of(1, 0, 0, 1, 0, 1, 1, 0);
  const { order, figures, remarks } = await reRanked({ width: 2, values });
  expect(order).toEqual([3, 2, 0, 1]);
  expect(figures.map(({ subject, value }) => [subject, value])).toEqual([
    ["ranking", 1],
    ["re-ranking", 0],
  ]);
  expect(remarks).toEqual([]);
});

it("leaves the lists as they came where nothing is known by which two could be alike, and says so", async () => {
  const { order, figures, remarks } = await reRanked({ width: 0, values: new Float32Array(0) });
  expect(order).toEqual([3, 0, 2, 1]);
  expect(figures).toEqual([]);
  expect(remarks.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    "warning: The data says nothing of the stories (topics) by which two could be alike: the lists stay in the order in which they came.",
  ]);
});
