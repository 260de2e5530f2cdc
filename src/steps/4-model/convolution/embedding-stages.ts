/** The stages that train an embedding network: one that draws its first numbers, and one an epoch, so that a stopped run goes on where it was. */

import { figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { numbers } from "../../../core/table.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { PHOTO_SPLIT_STAGE, splitFromStored } from "../../3-data/pictures/photo-split-stage.ts";
import { type ChannelScaling, fitScaling } from "../../3-data/pictures/picture-set.ts";
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import { openEmbeddingNetwork } from "./embedding-network.ts";
import { architectureOf, type EmbeddingPlan } from "./embedding-plan.ts";
import { initialNumbers } from "./initial-numbers.ts";
import { layersOf, operationsOf, type ResidualArchitecture, servedParameters } from "./residual-network.ts";
import { trainEpoch } from "./train-epoch.ts";

export const EMBEDDING_START = "embedding-start";

/** The stages in order; the last one's result is the trained network. */
export function embeddingStages(plan: EmbeddingPlan): Stage[] {
  const start = stage<EmbeddingPlan>({
    name: EMBEDDING_START,
    step: 4,
    title: "drawing the network's first numbers",
    inputs: [PICTURES_STAGE, PHOTO_SPLIT_STAGE],
    data: NO_FILES,
    plan,
    run: begin,
  });
  const epochs = Array.from({ length: plan.training.epochs }, (_, epoch) =>
    stage<EpochPlan>({
      name: epochName(epoch),
      step: 4,
      title: `training the network, epoch ${epoch + 1} of ${plan.training.epochs}`,
      inputs: [PICTURES_STAGE, PHOTO_SPLIT_STAGE, epoch === 0 ? EMBEDDING_START : epochName(epoch - 1)],
      data: NO_FILES,
      plan: { ...plan, epoch },
      run: goOn,
    }),
  );
  return [start, ...epochs];
}

/** The stage whose result is the trained network. */
export function trainedStage({ training }: EmbeddingPlan): string {
  return epochName(training.epochs - 1);
}

function epochName(epoch: number): string {
  return `train-embedding-${String(epoch + 1).padStart(2, "0")}`;
}

interface EpochPlan extends EmbeddingPlan {
  readonly epoch: number;
}

/** A network at rest. */
export interface StoredNetwork {
  readonly architecture: ResidualArchitecture;
  readonly scaling: ChannelScaling;
  readonly numbers: Float32Array;
}

export function networkFromStored({ json, arrays }: Pick<StageResult, "json" | "arrays">): StoredNetwork {
  if (!isJsonObject(json) || !isJsonObject(json.plan) || !isJsonObject(json.data))
    throw new Error("no network is kept here");
  const list = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);
  const { size, channels, classes, width, dimensions } = json.data;
  const plan = { width: Number(width), dimensions: Number(dimensions) };
  const shape = { size: Number(size), channels: Number(channels) };
  const table = { rows: 0, columns: new Map(Object.entries(arrays)) };
  return {
    architecture: architectureOf(plan, shape, Number(classes)),
    scaling: { mean: list(json.plan.mean), deviation: list(json.plan.deviation) },
    numbers: Float32Array.from(numbers(table, "numbers")),
  };
}

async function begin(plan: EmbeddingPlan, { input, random }: StageContext): Promise<StageResult> {
  const { set, classes } = picturesFromStored(await input(PICTURES_STAGE));
  const rows = splitFromStored(await input(PHOTO_SPLIT_STAGE)).rowsOf("train");
  const architecture = architectureOf(plan, set, classes.length);
  const { mean, deviation } = fitScaling(set, rows);
  const { trained } = layersOf(architecture);
  const parameters = servedParameters(architecture);
  const operations = operationsOf(architecture);
  return stageResult({
    json: {
      plan: { mean, deviation },
      data: {
        size: set.size,
        channels: set.channels,
        classes: classes.length,
        width: plan.width,
        dimensions: plan.dimensions,
      },
    },
    arrays: { numbers: initialNumbers(architecture, random.fork("numbers")), velocity: new Float32Array(trained) },
    figures: [
      figure({
        step: 4,
        name: "parameters",
        subject: "network",
        value: parameters,
        unit: "parameters",
        note: "what serving needs, without the vectors of the classes",
      }),
      figure({
        step: 4,
        name: "operations",
        subject: "network",
        value: operations,
        unit: "FLOP",
        note: "of one photo; a multiply and an add are two",
      }),
    ],
    remarks: [
      {
        kind: "answer",
        text: `A residual network of ${formatNumber(parameters)} parameters makes ${plan.dimensions} numbers of a photo of ${set.size} x ${set.size} with ${formatNumber(operations / 1e6)} million operations.`,
      },
    ],
  });
}

async function goOn(plan: EpochPlan, { input, random, environment }: StageContext): Promise<StageResult> {
  const before = await input(plan.epoch === 0 ? EMBEDDING_START : epochName(plan.epoch - 1));
  const { architecture, scaling, numbers: kept } = networkFromStored(before);
  const { set, label } = picturesFromStored(await input(PICTURES_STAGE));
  const rows = splitFromStored(await input(PHOTO_SPLIT_STAGE)).rowsOf("train");
  const velocity = Float32Array.from(numbers({ rows: 0, columns: new Map(Object.entries(before.arrays)) }, "velocity"));
  const opened = openEmbeddingNetwork(architecture, {
    batch: plan.training.batch,
    learning: true,
    pool: environment.pool,
  });
  try {
    const report = await trainEpoch(
      opened,
      architecture,
      { set, rows, labels: label, scaling },
      plan.training,
      plan.epoch,
      { numbers: kept, velocity },
      random.fork("epoch"),
      (done, total) => environment.progress("batches", done, total),
    );
    const isLast = plan.epoch === plan.training.epochs - 1;
    return stageResult({
      json: before.json,
      arrays: { numbers: kept, velocity },
      figures: isLast
        ? [
            figure({
              step: 4,
              name: "training loss",
              subject: "network",
              value: report.loss,
              note: "last epoch, on changed photos",
            }),
            figure({
              step: 4,
              name: "training accuracy",
              subject: "network",
              value: report.accuracy,
              unit: "share",
              note: "last epoch, on changed photos",
            }),
          ]
        : [],
    });
  } finally {
    opened.close();
  }
}
