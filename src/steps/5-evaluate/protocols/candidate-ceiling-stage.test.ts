import { expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { createRandom } from "../../../core/random.ts";
import { stageResult } from "../../../system/stage.ts";
import { rankedTaskToStored } from "../../3-data/ranked-task.ts";
import { asShared, joinLists } from "../../3-data/row-lists.ts";
import { requestsToStored } from "../../3-data/split/stored-requests.ts";
import { storeLists } from "../../4-model/train/ranked-lists.ts";
import { candidateCeilingStage } from "./candidate-ceiling-stage.ts";

const COUNT = 20;
const each = <T>(make: (i: number) => T): T[] => Array.from({ length: COUNT }, (_, i) => make(i));

/** Twenty requests that each look for items 0 and 1; the candidates are items 2 and, for every second request, 0. */
function measure(keep: number, items: number) {
  const requests = {
    count: COUNT,
    unit: Int32Array.from(each((i) => i)),
    moment: new Float64Array(COUNT).fill(100),
    history: asShared(joinLists(each(() => []))),
    relevant: joinLists(each(() => [0, 1])),
    seenBefore: new Uint8Array(COUNT).fill(1),
  };
  const lists = { ...joinLists(each((i) => [2, i % 2 === 0 ? 0 : 3])), scores: new Float32Array(2 * COUNT) };
  const task = plantRanked([{ time: 1, unit: 0, item: 0 }], { units: COUNT, items });
  const results = new Map([
    ["task", stageResult(rankedTaskToStored(task))],
    ["split", stageResult({ arrays: requestsToStored({ test: requests }) })],
    ["candidates", stageResult({ arrays: storeLists("test", lists) })],
  ]);
  return candidateCeilingStage("task", keep).execute({
    paths: {},
    input: async (name) => results.get(name) ?? stageResult({}),
    random: createRandom(1),
    environment: sealedEnvironment,
  });
}

it("is the share of the relevant among the candidates, and NDCG with those on top", async () => {
  const { figures, remarks } = await measure(2, 4);
  expect(figures.map(({ name }) => name)).toEqual(["recall@2", "ndcg@10 ceiling"]);
  // One of two in every second request; its place 1 of the ideal 1 and 1/log2(3).
  expect(figures[0].value).toBeCloseTo(0.25, 12);
  expect(figures[1].value).toBeCloseTo(0.5 / (1 + 1 / Math.log2(3)), 12);
  expect(remarks[0].text).toContain("lets through 25%");
});

it("sets no ceiling where all items are candidates: 1 would be no merit of the first stage", async () => {
  const { figures, remarks } = await measure(4, 4);
  expect(figures.map(({ name }) => name)).toEqual(["recall@4"]);
  expect(remarks[0].text).toMatch(/^The first stage hands on all 4 \w+: it sets no ceiling/u);
});
