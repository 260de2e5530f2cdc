/** The protocol of labelled photos: the class of each test photo is said by a nearest photo or by a network that was trained here. */

import { FailureError, unwrap } from "../../core/outcome.ts";
import { createExactScan } from "../../kernels/exact-scan.ts";
import type { PictureSet } from "../../steps/3-data/pictures/picture-set.ts";
import { readIdx } from "../../steps/3-data/pictures/read-idx.ts";
import { storedUint8 } from "../../steps/3-data/stored-columns.ts";
import {
  histogramVectors,
  type PlainVectors,
  pixelVectors,
} from "../../steps/4-model/convolution/picture-baselines.ts";
import { bootstrapMean, knownInterval } from "../../steps/5-evaluate/protocols/bootstrap.ts";
import { classVectorsOf, nearestClasses } from "../../steps/5-evaluate/protocols/class-accuracy.ts";
import { stageResult } from "../../system/stage.ts";
import { createPictureReader } from "../pictures.ts";
import { checksumOfPhotos } from "./data-checksums.ts";
import { parametersOf, startOf, type TrainedPhotos, trainOnPhotos, vectorsOf } from "./photo-training.ts";
import type { Measured, TableResult, TableRow } from "./result.ts";
import { type PublishedTable, settingsOf, type TableSettings } from "./table.ts";
import type { Workbench } from "./workbench.ts";

/** Training photos first, test photos after them, in one set. */
export interface LabelledPhotos {
  readonly set: PictureSet;
  readonly labels: Uint8Array;
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Shares of the training photos: what short trainings learn from, and what settings are chosen on and nothing learns from. */
const SEARCH = 1 / 6;
const VALIDATION = 1 / 6;
/** Passes of a short training. */
const SHORT = 2;

export async function tryLabelledPhotos(name: string, table: PublishedTable, bench: Workbench): Promise<TableResult> {
  const seed = table.seeds[0];
  const photos = await readPhotos(table, bench);
  const order = bench.random(seed).fork("validation").shuffle(photos.train.slice());
  const held = order.slice(0, Math.round(VALIDATION * order.length));
  const learn = order.slice(held.length);
  const few = learn.slice(0, Math.round(SEARCH * order.length));
  bench.counted({
    "training photos": learn.length,
    "validation photos": held.length,
    "test photos": photos.test.length,
  });
  const summed = (part: Int32Array): string => {
    const size = photos.set.pixels.length / photos.set.count;
    const [from, to] = [part[0], part[0] + part.length];
    return checksumOfPhotos(photos.set.pixels.subarray(from * size, to * size), photos.labels.subarray(from, to));
  };
  bench.summed({ "train-images": summed(photos.train), "test-images": summed(photos.test) });
  const training = (settings: TableSettings, rows: Int32Array, epochs: number): Promise<TrainedPhotos> =>
    trainOnPhotos({ name, settings, epochs, seed }, { ...photos, rows }, bench);
  const judge = async (what: string, facts: TableSettings, said: () => Promise<Uint8Array>): Promise<Uint8Array> =>
    storedUint8(
      (
        await bench.part(`${name}: ${what}`, { seed, ...facts }, async () =>
          stageResult({ arrays: { right: await said() } }),
        )
      ).arrays,
      "right",
    );
  const rightOf = (found: ArrayLike<number>, rows: Int32Array): Uint8Array =>
    Uint8Array.from(rows, (row, at) => (found[at] === photos.labels[row] ? 1 : 0));
  const byClass = (trained: TrainedPhotos, epoch: number, rows: Int32Array, on: string): Promise<Uint8Array> =>
    judge(`${trained.what}, after pass ${epoch + 1}, asked about ${on}`, trained.facts, async () => {
      const network = trained.networks[epoch];
      const vectors = await vectorsOf(network, photos.set, rows, bench);
      return rightOf(
        nearestClasses(
          classVectorsOf(network),
          vectors,
          rows.map((_, at) => at),
        ),
        rows,
      );
    });
  const byPhoto = (
    what: string,
    make: (rows: Int32Array) => Promise<PlainVectors>,
    rows: Int32Array,
    on: string,
  ): Promise<Uint8Array> =>
    judge(`${what}, nearest of ${learn.length} photos, asked about ${on}`, {}, async () =>
      rightOf(await nearestLabels(photos, make, learn, rows), rows),
    );
  const measured = (right: Uint8Array, what: string): Record<string, Measured> => {
    const random = bench.random(seed).fork(what);
    const share = bootstrapMean(right, { random, units: Int32Array.from(right.keys()), range: [0, 1] });
    const interval = knownInterval(share);
    return { accuracy: { value: share.mean, interval: interval === null ? null : [...interval] } };
  };

  const rows: TableRow[] = [];
  let trained: TrainedPhotos | undefined;
  for (const model of table.models) {
    const tried = settingsOf(model);
    const plain = PLAIN[model.model];
    let best: { settings: TableSettings; value: number } | undefined;
    let validation: Uint8Array;
    let right: Uint8Array;
    if (plain !== undefined) {
      const make = async (asked: Int32Array) => plain(photos.set, asked);
      validation = await byPhoto(model.model, make, held, "validation");
      right = await byPhoto(model.model, make, photos.test, "test");
    } else {
      for (const settings of tried) {
        const short = await training(settings, few, SHORT);
        const value = shareOf(await byClass(short, SHORT - 1, held, "validation"));
        if (best === undefined || value > best.value) best = { settings, value };
      }
      if (best === undefined) continue;
      trained = await training(best.settings, learn, best.settings.epochs);
      validation = await byClass(trained, trained.networks.length - 1, held, "validation");
      right = await byClass(trained, trained.networks.length - 1, photos.test, "test");
    }
    rows.push({
      name: model.model,
      settings: { ...best?.settings },
      tried: tried.length,
      validation: shareOf(validation),
      values: measured(right, model.model),
      n: right.length,
    });
  }
  if (trained === undefined) throw brokenTable("none of the models is `network`");
  const onTest: { readonly says: string; readonly right: Uint8Array }[] = [];
  for (const epoch of trained.networks.keys())
    onTest.push({ says: `pass ${epoch + 1}`, right: await byClass(trained, epoch, photos.test, "test") });
  const stopped = onTest.reduce((a, b) => (shareOf(b.right) > shareOf(a.right) ? b : a));
  const seen = learn.slice(0, photos.test.length);
  const last = trained.networks[trained.networks.length - 1];
  const byNetwork = (network: TrainedPhotos["networks"][number]) => async (asked: Int32Array) => ({
    dimensions: network.architecture.dimensions,
    vectors: await vectorsOf(network, photos.set, asked, bench),
  });
  const first = startOf({ settings: rows[rows.length - 1].settings, seed }, { ...photos, rows: learn }, bench);
  return {
    table: name,
    seeds: table.seeds,
    data: {
      "training photos": learn.length,
      "validation photos": held.length,
      "test photos": photos.test.length,
      "numbers in the network, its vectors of classes among them": parametersOf(last),
    },
    rows,
    best: rows.reduce((a, b) => ((b.validation ?? 0) > (a.validation ?? 0) ? b : a)).name,
    checks: [
      {
        name: "nearest photo by the network's vectors",
        says: "the class of the training photo whose vector lies nearest, as a search answers",
        values: measured(await byPhoto(trained.what, byNetwork(last), photos.test, "test"), "nearest"),
      },
      {
        name: "nearest photo before training",
        says: "the same with the network's first, random numbers: what its form alone explains",
        values: measured(
          await byPhoto(`untrained ${trained.what}`, byNetwork(first), photos.test, "test"),
          "untrained",
        ),
      },
    ],
    claims: [
      {
        name: "stopped on the test",
        says: `the best of ${trained.networks.length} passes by the test itself, ${stopped.says}`,
        values: measured(stopped.right, "stopped"),
      },
      {
        name: "asked about photos it learned from",
        says: `${seen.length} training photos in place of the test's`,
        values: measured(await byClass(trained, trained.networks.length - 1, seen, "training photos"), "seen"),
      },
    ],
    seconds: await bench.seconds(),
  };
}

const PLAIN: Readonly<Record<string, ((set: PictureSet, rows: ArrayLike<number>) => PlainVectors) | undefined>> = {
  "nearest-pixels": pixelVectors,
  "nearest-greys": histogramVectors,
  network: undefined,
};

/** The label of the gallery's photo with the largest inner product, for each row. */
async function nearestLabels(
  { labels }: Pick<LabelledPhotos, "labels">,
  make: (rows: Int32Array) => Promise<PlainVectors>,
  gallery: Int32Array,
  rows: Int32Array,
): Promise<Uint8Array> {
  const { vectors, dimensions } = await make(gallery);
  const asked = await make(rows);
  const { rows: nearest } = createExactScan(vectors, dimensions, { mostResults: 1 }).search(asked.vectors, 1);
  return Uint8Array.from(nearest, (at) => labels[gallery[at]]);
}

async function readPhotos(table: PublishedTable, bench: Workbench): Promise<LabelledPhotos> {
  const reader = createPictureReader();
  const read = async (key: string) => {
    const file = table.data[key];
    if (file === undefined) throw brokenTable(`it names no file \`${key}\``);
    return unwrap(readIdx(await reader.bytes(bench.path(file)), file));
  };
  const parts = [];
  for (const part of ["train", "test"]) {
    const [pixels, labels] = [await read(`${part}-images`), await read(`${part}-labels`)];
    const [count, height, width] = pixels.sizes;
    if (pixels.sizes.length !== 3 || height !== width || labels.values.length !== count)
      throw brokenTable(
        `${pixels.sizes.join(" x ")} pixels of \`${part}-images\` are no squares with ${labels.values.length} labels`,
      );
    parts.push({ count, size: height, pixels: pixels.values, labels: labels.values });
  }
  const [train, test] = parts;
  if (train.size !== test.size) throw brokenTable("training and test photos differ in size");
  const count = train.count + test.count;
  const together = (a: Uint8Array, b: Uint8Array): Uint8Array => {
    const both = new Uint8Array(a.length + b.length);
    both.set(a);
    both.set(b, a.length);
    return both;
  };
  return {
    set: { count, size: train.size, channels: 1, pixels: together(train.pixels, test.pixels) },
    labels: together(train.labels, test.labels),
    train: Int32Array.from({ length: train.count }, (_, row) => row),
    test: Int32Array.from({ length: test.count }, (_, at) => train.count + at),
  };
}

function shareOf(right: Uint8Array): number {
  return right.length === 0 ? 0 : right.reduce((sum, one) => sum + one, 0) / right.length;
}

function brokenTable(message: string): FailureError {
  return new FailureError({
    code: "broken-table",
    message,
    where: "data",
    fix: "see the tables beside it for the form",
  });
}
