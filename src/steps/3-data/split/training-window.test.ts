import fc from "fast-check";
import { expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { sealedEnvironment } from "../../../../test/sealed-environment.ts";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { type StageResult, stageResult } from "../../../system/stage.ts";
import { chooseRecommender } from "../../4-model/models/recommenders.ts";
import { DEFAULT_SIGNAL_WEIGHTS, trainingDataWithin } from "../../4-model/train/interaction-matrix.ts";
import { recommenderFromStored, recommenderStage } from "../../4-model/train/recommender-stage.ts";
import { type RankedTask, rankedTaskToStored } from "../ranked-task.ts";
import { dataSchema } from "../schema.ts";
import { storedUint8 } from "../stored-columns.ts";
import { countParts } from "./split.ts";
import { cutsFromStored } from "./stored-requests.ts";
import { timeSplitStage } from "./time-split-stage.ts";

/** Whether the times leave something for every part, however they are cut. */
const isSpread = (times: readonly number[]): boolean =>
  new Set(times.map((time) => Math.floor(time / 200))).size === 20;

/** Events each about an item of its own, so that none is counted twice. */
function taskAt(times: readonly number[]): RankedTask {
  return plantRanked(
    times.toSorted((a, b) => a - b).map((time, item) => ({ time, unit: item % 3, item })),
    { units: 3 },
  );
}

async function divided(task: RankedTask, split: object): Promise<StageResult> {
  const facts = dataSchema.parse({ split: { by: "time", ...split } });
  return timeSplitStage("task", facts, { kind: "rating", atLeast: 4 }, { folds: 0 }).execute({
    paths: {},
    input: async () => stageResult(rankedTaskToStored(task)),
    random: createRandom(1),
    environment: sealedEnvironment,
  });
}

/** How many events a model of a set of requests is trained on. */
function trainedOn(task: RankedTask, split: StageResult, set: string): number {
  const { trainStart, sets } = cutsFromStored(split);
  const until = sets.find(({ name }) => name === set)?.cut ?? Number.NaN;
  return trainingDataWithin(task, { from: trainStart, until }, DEFAULT_SIGNAL_WEIGHTS).interactions.indices.length;
}

const figureOf = ({ figures }: StageResult, name: string) => figures.find((one) => one.name === name)?.value;

it("trains on as many events as it counts as training, and the model that is tested on as many as it says", async () => {
  const drawn = fc.record({
    times: fc.array(fc.integer({ min: 0, max: 3999 }), { minLength: 60, maxLength: 60 }).filter(isSpread),
    train: fc.constantFrom("20 m", "5 m", "50 m", "30%", "70%", undefined),
    gap: fc.constantFrom("0 s", "60 s"),
  });
  await fc.assert(
    fc.asyncProperty(drawn, async ({ times, train, gap }) => {
      const task = taskAt(times);
      const parts = { ...(train === undefined ? {} : { train }), validation: "10%", test: "20%", gap };
      const split = await divided(task, parts);
      const { train: counted } = countParts({ part: storedUint8(split.arrays, "part"), description: "" });
      expect(figureOf(split, "train events")).toBe(counted);
      expect(trainedOn(task, split, "validation")).toBe(counted);
      expect(figureOf(split, "events learned from before the test")).toBe(trainedOn(task, split, "test"));
    }),
    { numRuns: 40, seed: 1 },
  );
});

it("says when training begins where the note bounds it, and that what came earlier is history only", async () => {
  const day = 86_400;
  const task = taskAt(Array.from({ length: 100 }, (_, at) => at * day));
  const split = await divided(task, { train: "20 d", validation: "10 d", test: "10 d" });
  expect(trainedOn(task, split, "validation")).toBe(20);
  expect(figureOf(split, "train from")).toBe(59 * day);
  expect(split.remarks.map(({ text }) => text).join(" ")).toContain("learned from the 30 before it from 1970-03-01 on");
});

it("leaves no event over where the shares are all there is", async () => {
  const task = taskAt(Array.from({ length: 62 }, (_, at) => at));
  const split = await divided(task, { train: "70%", validation: "10%", test: "20%" });
  expect(countParts({ part: storedUint8(split.arrays, "part"), description: "" }).unused).toBe(0);
  expect(cutsFromStored(split).trainStart).toBe(Number.NEGATIVE_INFINITY);
});

it("trains the model of each cut on what lies within the note's training alone", async () => {
  const day = 86_400;
  const task = taskAt(Array.from({ length: 100 }, (_, at) => at * day));
  const split = await divided(task, { train: "20 d", validation: "10 d", test: "10 d" });
  const source = { task: "task", weights: DEFAULT_SIGNAL_WEIGHTS, examination: null };
  const choice = unwrap(chooseRecommender("most-popular"));
  const trained = await recommenderStage(source, "baseline", choice).execute({
    paths: {},
    input: async (name) => (name === "split" ? split : stageResult(rankedTaskToStored(task))),
    random: createRandom(1),
    environment: sealedEnvironment,
  });
  const scores = recommenderFromStored(trained, choice).score({
    indices: new Int32Array(0),
    values: new Float32Array(0),
  });
  expect(scores.filter((one) => one > 0)).toHaveLength(trainedOn(task, split, "test"));
});
