/** The training of a design, per stage: arithmetic, and time on the hardware that is named. */

import { findDevice } from "../../../estimate/catalogue/find-device.ts";
import type { Sheet, SheetCase } from "../../../estimate/sheet.ts";
import { assumed, fact } from "../../../estimate/sheet-input.ts";
import type { StageFacts } from "../../4-model/schema.ts";
import type { Design } from "../../design.ts";
import { alsTraining } from "../estimates/als-training.ts";
import { trainingCompute } from "../estimates/training-compute.ts";
import { treeTraining } from "../estimates/tree-training.ts";

export const trainingSheet: Sheet<Design> = {
  name: "training",
  title: "training",
  step: 5,
  cases: (design) =>
    (design.model.stages ?? []).flatMap((stage, i) => {
      if (stage.model === "als") return [alternating(stage, i, design)];
      if (stage.model === "gbdt") return [trees(stage, i, design)];
      const isKnown = typeof stage.model === "string" && MEETS_ONCE.test(stage.model);
      return isKnown && stage.parameters !== undefined ? network(stage, i, design) : [];
    }),
};

/**
 * Networks whose every weight meets an example once. In others it meets every token of a text or every place of a photo; no fact says how many
 * an example has, and to count one is off by orders of magnitude.
 */
const MEETS_ONCE =
  /\b(?:mlp|dnn|perceptron|(?:dense|deep|fully connected|feed-?forward) (?:neural )?network|two-?tower|wide (?:and|&) deep|deepfm|dcn|dlrm|autoencoder|logistic|linear)\b/iu;

const examplesOf = ({ clarify }: Design) => fact("1.labels.count", clarify.labels?.count, "100k");

function alternating(stage: StageFacts, i: number, design: Design): SheetCase {
  const { users, items } = design.clarify;
  return {
    subject: `${stage.name} on one core`,
    estimate: alsTraining,
    parts: { sums: "sums over interactions", dense: "the Gram matrix" },
    shows: ["sums", "dense", "flops", "core_time"],
    inputs: {
      interactions: examplesOf(design),
      users: [fact("1.users.total", users?.total, "5M"), fact("1.users.daily", users?.daily, "2M")],
      items: fact("1.items.count", items?.count, "3.9k"),
      factors: fact(`4.stages[${i}].factors`, stage.factors, "64"),
      iterations: [
        fact(`4.stages[${i}].iterations`, stage.iterations, "15"),
        assumed("15", "a usual number of sweeps"),
      ],
      steps: assumed("2", "what a run takes"),
    },
  };
}

function trees(stage: StageFacts, i: number, design: Design): SheetCase {
  return {
    subject: `${stage.name} on one core`,
    estimate: treeTraining,
    inputs: {
      rows: examplesOf(design),
      features: fact("3.features", design.data.features?.length, "20"),
      trees: fact(`4.stages[${i}].trees`, stage.trees, "200"),
      leaves: [fact(`4.stages[${i}].leaves`, stage.leaves, "31"), assumed("31", "LightGBM's default")],
    },
  };
}

/** On the device that serving names, or on three that bracket the choice. At least: embeddings and losses over a batch come on top. */
function network(stage: StageFacts, i: number, design: Design): readonly SheetCase[] {
  const named = design.deploy.serving?.hardware;
  const own = named === undefined ? undefined : findDevice(named)?.entry.name;
  const names = own === undefined ? ["L4", "A100 80 GB", "H100"] : [own];
  return names.flatMap((name, at) => {
    const device = findDevice(name);
    if (device === undefined) return [];
    const { entry, peak } = device;
    return [
      {
        subject: `${stage.name} on one ${name}, at least`,
        estimate: trainingCompute,
        isAlternative: at > 0,
        shows: ["flops", "time"],
        inputs: {
          params: fact(`4.stages[${i}].parameters`, stage.parameters, "10M"),
          tokens: examplesSeen(stage, design),
          peak: {
            from: "fact" as const,
            key: "6.serving.hardware",
            value: peak,
            text: entry.bf16 ?? entry.fp16 ?? "",
            example: "L4",
          },
        },
      },
    ];
  });
}

/** Examples times epochs. */
function examplesSeen(stage: StageFacts, { clarify }: Design): ReturnType<typeof fact> {
  const examples = clarify.labels?.count;
  const epochs = stage.epochs ?? 1;
  const stated = fact("1.labels.count", examples, "100k");
  if (examples === undefined) return stated;
  return { ...stated, value: examples.value * epochs, text: `(${examples.text} × ${epochs} epochs)` };
}
