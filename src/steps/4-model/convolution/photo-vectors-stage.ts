/** The stage that makes vectors of all photos: by the trained network, the same with random numbers, small pixels and colour histograms. */

import { numbers } from "../../../core/table.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { PictureSet } from "../../3-data/pictures/picture-set.ts";
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import { embedPictures } from "./embed-pictures.ts";
import { openEmbeddingNetwork } from "./embedding-network.ts";
import { EMBEDDING_START, networkFromStored, type StoredNetwork } from "./embedding-stages.ts";
import { histogramVectors, pixelVectors } from "./picture-baselines.ts";

export const PHOTO_VECTORS_STAGE = "vectors";

/** What is compared, the simplest first. */
export const PHOTO_SUBJECTS = ["histogram", "pixels", "random network", "network"] as const;
export type PhotoSubject = (typeof PHOTO_SUBJECTS)[number];

export function photoVectorsStage(trained: string): Stage {
  return stage<{ readonly trained: string }>({
    name: PHOTO_VECTORS_STAGE,
    step: 4,
    title: "making vectors of the photos",
    inputs: [PICTURES_STAGE, EMBEDDING_START, trained],
    data: NO_FILES,
    plan: { trained },
    run: embedAll,
  });
}

/** Unit vectors of every photo, by subject. */
export interface PhotoVectors {
  readonly dimensions: number;
  readonly vectors: Float32Array;
}

export function vectorsFromStored(
  { json, arrays }: Pick<StageResult, "json" | "arrays">,
  subject: PhotoSubject,
): PhotoVectors {
  const table = { rows: 0, columns: new Map(Object.entries(arrays)) };
  return {
    dimensions: isJsonObject(json) ? Number(json[subject]) : 0,
    vectors: Float32Array.from(numbers(table, subject)),
  };
}

async function embedAll(
  { trained }: { readonly trained: string },
  { input, environment }: StageContext,
): Promise<StageResult> {
  const { set } = picturesFromStored(await input(PICTURES_STAGE));
  const rows = Int32Array.from({ length: set.count }, (_, row) => row);
  environment.progress("vectors");
  const made: Record<PhotoSubject, PhotoVectors> = {
    histogram: histogramVectors(set, rows),
    pixels: pixelVectors(set, rows),
    "random network": await networkVectors(
      networkFromStored(await input(EMBEDDING_START)),
      set,
      rows,
      environment.pool,
    ),
    network: await networkVectors(networkFromStored(await input(trained)), set, rows, environment.pool),
  };
  return stageResult({
    json: Object.fromEntries(PHOTO_SUBJECTS.map((subject) => [subject, made[subject].dimensions])),
    arrays: Object.fromEntries(PHOTO_SUBJECTS.map((subject) => [subject, made[subject].vectors])),
  });
}

const BATCH = 64;

/** Unit vectors of photos by a network at rest. */
export async function networkVectors(
  { architecture, scaling, numbers: own }: StoredNetwork,
  set: PictureSet,
  rows: ArrayLike<number>,
  pool: KernelPool | undefined,
): Promise<PhotoVectors> {
  const { dimensions } = architecture;
  const opened = openEmbeddingNetwork(architecture, { batch: BATCH, learning: false, pool });
  try {
    await opened.load(own);
    return { dimensions, vectors: await embedPictures(opened, dimensions, set, rows, scaling) };
  } finally {
    opened.close();
  }
}
