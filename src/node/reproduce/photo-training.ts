/** Trains the network of visual search on labelled photos for a table, every pass a kept part, so that what was interrupted goes on. */

import type { Random } from "../../core/random.ts";
import { fitScaling, type PictureSet } from "../../steps/3-data/pictures/picture-set.ts";
import { storedFloat32 } from "../../steps/3-data/stored-columns.ts";
import { embedPictures } from "../../steps/4-model/convolution/embed-pictures.ts";
import { openEmbeddingNetwork } from "../../steps/4-model/convolution/embedding-network.ts";
import { architectureOf, type EmbeddingPlan, planEmbedding } from "../../steps/4-model/convolution/embedding-plan.ts";
import type { StoredNetwork } from "../../steps/4-model/convolution/embedding-stages.ts";
import { initialNumbers } from "../../steps/4-model/convolution/initial-numbers.ts";
import { layersOf } from "../../steps/4-model/convolution/residual-network.ts";
import { type TrainingState, trainEpoch } from "../../steps/4-model/convolution/train-epoch.ts";
import { stageResult } from "../../system/stage.ts";
import type { TableSettings } from "./table.ts";
import type { Workbench } from "./workbench.ts";

interface PhotosToLearn {
  readonly set: PictureSet;
  readonly labels: Uint8Array;
  readonly rows: Int32Array;
}

interface PhotoTraining {
  readonly name: string;
  readonly settings: TableSettings;
  readonly epochs: number;
  readonly seed: number;
}

/** A network as it was after each pass. */
export interface TrainedPhotos {
  readonly networks: readonly StoredNetwork[];
  readonly what: string;
  readonly facts: TableSettings;
}

export async function trainOnPhotos(
  { name, settings, epochs, seed }: PhotoTraining,
  photos: PhotosToLearn,
  bench: Workbench,
): Promise<TrainedPhotos> {
  const plan = planOf(settings);
  const training = { ...plan.training, epochs };
  const { architecture, scaling, numbers: first } = startOf({ settings, seed }, photos, bench);
  const random = bench.random(seed).fork("training");
  const facts = { ...settings, epochs, photos: photos.rows.length };
  const what = `network ${JSON.stringify(facts)}`;
  const networks: StoredNetwork[] = [];
  let state: TrainingState = { numbers: first, velocity: new Float32Array(layersOf(architecture).trained) };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const before = state;
    const kept = await bench.part(`${name}: ${what}, pass ${epoch + 1}`, { ...facts, seed, epoch }, async () => {
      const next = { numbers: before.numbers.slice(), velocity: before.velocity.slice() };
      const opened = openEmbeddingNetwork(architecture, { batch: training.batch, learning: true, pool: bench.pool });
      try {
        const learned = { ...photos, scaling };
        await trainEpoch(opened, architecture, learned, training, epoch, next, random.fork(`epoch ${epoch}`));
      } finally {
        opened.close();
      }
      return stageResult({ arrays: next });
    });
    state = { numbers: storedFloat32(kept.arrays, "numbers"), velocity: storedFloat32(kept.arrays, "velocity") };
    networks.push({ architecture, scaling, numbers: state.numbers });
  }
  return { networks, what, facts };
}

/** The network before it has learned anything. */
export function startOf(
  { settings, seed }: Pick<PhotoTraining, "settings" | "seed">,
  { set, labels, rows }: PhotosToLearn,
  bench: Pick<Workbench, "random">,
): StoredNetwork {
  const classes = rows.reduce((most, row) => Math.max(most, labels[row]), 0) + 1;
  const architecture = architectureOf(planOf(settings), set, classes);
  const random: Random = bench.random(seed).fork("numbers");
  return { architecture, scaling: fitScaling(set, rows), numbers: initialNumbers(architecture, random) };
}

/** Unit vectors of the photos at these rows. */
export async function vectorsOf(
  { architecture, scaling, numbers }: StoredNetwork,
  set: PictureSet,
  rows: Int32Array,
  { pool }: Pick<Workbench, "pool">,
): Promise<Float32Array> {
  const opened = openEmbeddingNetwork(architecture, { batch: BATCH, learning: false, pool });
  try {
    await opened.load(numbers);
    return await embedPictures(opened, architecture.dimensions, set, rows, scaling);
  } finally {
    opened.close();
  }
}

/** Numbers that training changes, the vectors of the classes among them. */
export function parametersOf({ architecture }: StoredNetwork): number {
  return layersOf(architecture).trained;
}

const BATCH = 64;

/** `augmentation` is the share of the usual moves, light and tint: what is photographed in the middle of its picture needs less of them. */
function planOf({ width, epochs, "learning-rate": rate, augmentation: share = 1 }: TableSettings): EmbeddingPlan {
  const plan = planEmbedding({ name: "network", width, epochs, "learning-rate": rate });
  const usual = plan.training.augmentation;
  const augmentation = { ...usual, move: share * usual.move, light: share * usual.light, tint: share * usual.tint };
  return { ...plan, training: { ...plan.training, augmentation } };
}
