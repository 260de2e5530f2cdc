/** The stage that watches photos: vectors, brightness and best score of test photos against validation photos; and planted drifts that it must see. */

import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { Random } from "../../../core/random.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { PHOTO_SPLIT_STAGE, splitFromStored } from "../../3-data/pictures/photo-split-stage.ts";
import type { PictureSet } from "../../3-data/pictures/picture-set.ts";
import { independentUnits } from "../../3-data/pictures/split-items.ts";
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import { openPhotoEmbedder } from "../../4-model/convolution/photo-embedder.ts";
import { PHOTO_VECTORS_STAGE, vectorsFromStored } from "../../4-model/convolution/photo-vectors-stage.ts";
import { type DriftSample, type DriftWatch, watchDrift, watchKey } from "./drift-alert.ts";
import { type Cloud, maximumMeanDiscrepancy } from "./maximum-mean-discrepancy.ts";

interface PhotoDriftPlan {
  readonly trained: string;
  readonly watches: readonly DriftWatch[];
}

export function photoDriftStage(trained: string, watches: readonly DriftWatch[]): Stage {
  return stage<PhotoDriftPlan>({
    name: "drift",
    step: 7,
    title: "comparing test photos with validation photos",
    inputs: [PICTURES_STAGE, PHOTO_SPLIT_STAGE, PHOTO_VECTORS_STAGE, trained],
    data: NO_FILES,
    plan: { trained, watches },
    run: watch,
  });
}

/** Photos of a side at most: permutations read every pair. */
const MOST = 150;
/** What is left of the light in the planted dark photos. */
const DARKER = 0.5;

async function watch(
  { trained, watches }: PhotoDriftPlan,
  { input, random, environment }: StageContext,
): Promise<StageResult> {
  const { set, label, item, classes } = picturesFromStored(await input(PICTURES_STAGE));
  const split = splitFromStored(await input(PHOTO_SPLIT_STAGE));
  const { vectors, dimensions } = vectorsFromStored(await input(PHOTO_VECTORS_STAGE), "network");
  const [earlier, later] = (["validation", "test"] as const).map((part) => some(split.rowsOf(part), random.fork(part)));
  const unit = independentUnits(split.group, item);
  const unitsOf = (rows: Int32Array): Int32Array => rows.map((row) => unit[row]);
  const cloudOf = (rows: Int32Array): Cloud => {
    const cloud = new Float32Array(rows.length * dimensions);
    for (const [at, row] of rows.entries())
      cloud.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
    return { vectors: cloud, units: unitsOf(rows) };
  };
  const reference = cloudOf(earlier);
  const embedder = await openPhotoEmbedder(await input(trained), environment);
  const darkened = await embedder
    .embed(
      darker(set, later),
      later.map((_, at) => at),
    )
    .finally(() => embedder.close());
  const unseen = largestClass(label, classes.length);
  const cases = [
    { subject: "test photos", reference, current: cloudOf(later) },
    { subject: "planted: half the light", reference, current: { vectors: darkened, units: unitsOf(later) } },
    {
      subject: `planted: ${classes[unseen]} was not known`,
      reference: cloudOf(earlier.filter((row) => label[row] !== unseen)),
      current: cloudOf(later),
    },
  ];
  const measured = cases.map(({ subject, reference: before, current }) => ({
    subject,
    ...maximumMeanDiscrepancy(before, current, dimensions, random.fork(subject)),
    n: current.vectors.length / dimensions,
  }));
  const units = { reference: unitsOf(earlier), current: unitsOf(later) };
  const samples = signals(set, split.rowsOf("train"), earlier, later, { vectors, dimensions }).map((sample) => ({
    ...sample,
    units,
  }));
  return stageResult({
    json: Object.fromEntries(watches.map((one) => [watchKey(one), watchDrift(one, samples)])),
    figures: measured
      .filter(({ value }) => Number.isFinite(value))
      .map(
        ({ subject, value, chance, pValue, n }): Figure =>
          figure({
            step: 7,
            name: "mmd of vectors",
            subject,
            value,
            n,
            note: `squared and unbiased: as often below 0 as above where nothing has moved; chance alone stays below ${formatNumber(chance, 2)} 19 times in 20; p ${pValue < 0.01 ? "< 0.01" : pValue.toFixed(2)}`,
          }),
      ),
    remarks: remarks(measured),
  });
}

type Measured = ReturnType<typeof maximumMeanDiscrepancy> & { readonly subject: string };

function remarks(measured: readonly Measured[]): Remark[] {
  return measured.map(({ subject, value, chance }): Remark => {
    if (!Number.isFinite(value))
      return {
        kind: "warning",
        text: `${subject}: too few photos to compare their vectors: each side needs those of two items`,
      };
    const isPlanted = subject.startsWith("planted");
    const text = `${subject}: the squared MMD of their vectors is ${formatNumber(value, 2)}, chance alone stays below ${formatNumber(chance, 2)}`;
    if (value > chance)
      return { kind: "answer", text: `${text}: ${isPlanted ? "the planted drift is seen." : "they have moved."}` };
    return isPlanted
      ? { kind: "warning", text: `${text}: this planted drift is not seen` }
      : { kind: "answer", text: `${text}: nothing has moved that this many photos can show.` };
  });
}

/** Mean light of each photo, and the cosine of the best answer that the training photos give it. */
function signals(
  set: PictureSet,
  catalogue: Int32Array,
  earlier: Int32Array,
  later: Int32Array,
  { vectors, dimensions }: { readonly vectors: Float32Array; readonly dimensions: number },
): DriftSample[] {
  const best = (row: number): number => {
    let most = -1;
    for (const other of catalogue) {
      let sum = 0;
      for (let d = 0; d < dimensions; d++) sum += vectors[row * dimensions + d] * vectors[other * dimensions + d];
      if (sum > most) most = sum;
    }
    return most;
  };
  return [
    {
      name: "brightness",
      reference: Float64Array.from(earlier, (row) => brightness(set, row)),
      current: Float64Array.from(later, (row) => brightness(set, row)),
    },
    { name: "best score", reference: Float64Array.from(earlier, best), current: Float64Array.from(later, best) },
  ];
}

function brightness({ pixels, size, channels }: PictureSet, row: number): number {
  const step = size * size * channels;
  let sum = 0;
  for (let i = 0; i < step; i++) sum += pixels[row * step + i];
  return sum / step / 255;
}

function darker({ pixels, size, channels }: PictureSet, rows: Int32Array): PictureSet {
  const step = size * size * channels;
  const dark = new Uint8Array(rows.length * step);
  for (const [at, row] of rows.entries())
    for (let i = 0; i < step; i++) dark[at * step + i] = DARKER * pixels[row * step + i];
  return { count: rows.length, size, channels, pixels: dark };
}

function largestClass(label: Int32Array, classes: number): number {
  const counts = new Int32Array(classes);
  for (const one of label) counts[one]++;
  return counts.indexOf(Math.max(...counts));
}

function some(rows: Int32Array, random: Random): Int32Array {
  return rows.length <= MOST ? rows : random.shuffle(rows.slice()).slice(0, MOST);
}
