import { expect, it } from "vitest";
import { modelSchema } from "../schema.ts";
import { USUAL_AUGMENTATION } from "./augment.ts";
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

it("train with the chance changes that the note writes, and with the usual ones where it is silent", () => {
  const of = (written: object) =>
    planEmbedding(modelSchema.parse({ stages: [{ name: "embedding", model: "cnn", ...written }] }).stages?.[0]).training
      .augmentation;
  expect(of({})).toEqual(USUAL_AUGMENTATION);
  expect(of({ augmentation: { zoom: 0.15, erase: 0.3, flip: false } })).toEqual({
    ...USUAL_AUGMENTATION,
    zoom: 0.15,
    erase: 0.3,
    flip: false,
  });
  // Half again as large is the most; the mean colour alone would be no picture of anything.
  expect(() => of({ augmentation: { zoom: 0.6 } })).toThrow();
  expect(() => of({ augmentation: { turn: 0.1 } })).toThrow();
});
