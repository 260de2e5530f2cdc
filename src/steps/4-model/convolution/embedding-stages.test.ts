import { expect, it } from "vitest";
import { planEmbedding } from "./embedding-plan.ts";
import { EMBEDDING_START, embeddingStages, trainedStage } from "./embedding-stages.ts";

it("are one that draws the first numbers and one an epoch, each going on where the one before ended", () => {
  const usual = planEmbedding(undefined);
  const plan = { ...usual, training: { ...usual.training, epochs: 3 } };
  const stages = embeddingStages(plan);
  expect(stages.map(({ step, title }) => [step, title])).toEqual([
    [4, "drawing the network's first numbers"],
    ...[1, 2, 3].map((epoch) => [4, `training the network, epoch ${epoch} of 3`]),
  ]);
  const before = stages.slice(1).map(({ inputs }) => inputs.at(-1));
  expect(before).toEqual([EMBEDDING_START, stages[1].name, stages[2].name]);
  expect(stages.at(-1)?.name).toBe(trainedStage(plan));
});
