/** The stage that makes vectors of all photos: by the network, the same with random numbers where it was trained here, small pixels and histograms. */

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
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import { openPhotoEmbedder } from "./photo-embedder.ts";
import { histogramVectors, pixelVectors } from "./picture-baselines.ts";

export const PHOTO_VECTORS_STAGE = "vectors";

/** All that can be compared, the simplest first. */
const PHOTO_SUBJECTS = ["histogram", "pixels", "random network", "network"] as const;
export type PhotoSubject = (typeof PHOTO_SUBJECTS)[number];

interface PhotoVectorsPlan {
  readonly trained: string;
  /** The stage of the same network with random numbers; null where the network came as a file. */
  readonly start: string | null;
}

export function photoVectorsStage(trained: string, start: string | null): Stage {
  return stage<PhotoVectorsPlan>({
    name: PHOTO_VECTORS_STAGE,
    step: 4,
    title: "making vectors of the photos",
    inputs: [PICTURES_STAGE, ...(start === null ? [] : [start]), trained],
    data: NO_FILES,
    plan: { trained, start },
    run: embedAll,
  });
}

/** What was compared, the simplest first. */
export function photoSubjects({ json }: Pick<StageResult, "json">): readonly PhotoSubject[] {
  return PHOTO_SUBJECTS.filter((subject) => isJsonObject(json) && json[subject] !== undefined);
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
  { trained, start }: PhotoVectorsPlan,
  { input, environment }: StageContext,
): Promise<StageResult> {
  const { set } = picturesFromStored(await input(PICTURES_STAGE));
  const rows = Int32Array.from({ length: set.count }, (_, row) => row);
  environment.progress("vectors");
  const by = async (name: string): Promise<PhotoVectors> => {
    const embedder = await openPhotoEmbedder(await input(name), environment);
    try {
      return { dimensions: embedder.dimensions, vectors: await embedder.embed(set, rows) };
    } finally {
      await embedder.close();
    }
  };
  const made: readonly (readonly [PhotoSubject, PhotoVectors])[] = [
    ["histogram", histogramVectors(set, rows)],
    ["pixels", pixelVectors(set, rows)],
    ...(start === null ? [] : [["random network", await by(start)] as const]),
    ["network", await by(trained)],
  ];
  return stageResult({
    json: Object.fromEntries(made.map(([subject, { dimensions }]) => [subject, dimensions])),
    arrays: Object.fromEntries(made.map(([subject, { vectors }]) => [subject, vectors])),
  });
}
