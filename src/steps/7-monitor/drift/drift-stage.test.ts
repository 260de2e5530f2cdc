import { expect, it } from "vitest";
import { type PlantedEvent, plantRanked } from "../../../../test/planted-tasks.ts";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { createRandom } from "../../../core/random.ts";
import { stageResult } from "../../../system/stage.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { rankedTaskToStored } from "../../3-data/ranked-task.ts";
import { driftStage } from "./drift-stage.ts";

const SPLIT = { trainStart: 100, validationStart: 200, testStart: 300, sets: [] };

/** So many ratings of one item within a hundred seconds, each after the item was shown. */
function ratings(count: number, start: number, item: number, ratingAt: (at: number) => number): PlantedEvent[] {
  return Array.from({ length: count }, (_, at): PlantedEvent[] => {
    const [time, unit] = [start + (99 * at) / count, at % 20];
    return [
      { time, unit, item: 0, kind: "impression" },
      { time, unit, item, kind: "rating", value: ratingAt(at) },
    ];
  }).flat();
}

const events = [
  ...ratings(120, 0, 2, () => 5),
  ...ratings(120, 100, 1, (at) => 1 + (at % 2)),
  ...ratings(30, 200, 1, () => 3),
  ...ratings(60, 300, 2, (at) => 4 + (at % 2)),
];

const count: FeatureDeclaration = {
  name: "times rated",
  entity: ["story"],
  aggregate: { kind: "count" },
  window: Number.POSITIVE_INFINITY,
  delay: 0,
  smoothing: 0,
};

it("compares what was done in the test window with the training window, by what was known and chosen in each", async () => {
  const results = new Map([
    ["task", stageResult(rankedTaskToStored(plantRanked(events)))],
    ["split", stageResult({ json: SPLIT })],
  ]);
  const { figures } = await driftStage("task", [count], []).execute({
    paths: {},
    input: async (name) => results.get(name) ?? stageResult({}),
    random: createRandom(1),
    environment: sealedEnvironment,
  });
  const moved = figures.filter(({ name }) => name === "ks").map(({ subject, value, n }) => [subject, value, n]);
  // Nothing of what was chosen, known or counted in one window lies in the range of the other; to be shown a story is no deed.
  expect(moved).toEqual([
    ["rating", 1, 60],
    ["story popularity", 1, 60],
    ["reader history", 1, 60],
    ["story age", 1, 60],
    ["times rated", 1, 60],
  ]);
});
