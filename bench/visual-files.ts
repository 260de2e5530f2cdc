/** The files that visual search writes, in the benchmark: the checker's word on each, our forward pass beside onnxruntime's, and what smaller ones save and lose. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import type { NodeKernelPool } from "../src/node/kernel-pool.ts";
import { createOnnxRuntime } from "../src/node/onnx-runtime.ts";
import { openEnvironment } from "../src/node/run-environment.ts";
import { embedPictures } from "../src/steps/4-model/convolution/embed-pictures.ts";
import { openEmbeddingNetwork } from "../src/steps/4-model/convolution/embedding-network.ts";
import type { EmbeddingPlan } from "../src/steps/4-model/convolution/embedding-plan.ts";
import type { StoredNetwork } from "../src/steps/4-model/convolution/embedding-stages.ts";
import { ONNX_OUTPUT } from "../src/steps/4-model/onnx/onnx-network.ts";
import {
  makeVariant,
  type PhotoVariant,
  scaledPhoto,
  wholeVariant,
} from "../src/steps/5-evaluate/optimize/photo-variants.ts";
import { type SimilarityMeasure, similarityMeasures } from "../src/steps/5-evaluate/protocols/similarity-measures.ts";
import { answerable, searchPhotos } from "../src/steps/5-evaluate/protocols/similarity-search.ts";
import { againstLimit, type BenchmarkCase } from "./benchmark.ts";
import type { Peer } from "./peer.ts";
import type { BenchPhotos } from "./visual-photos.ts";

interface Trained {
  readonly network: StoredNetwork;
  readonly photos: BenchPhotos;
  readonly plan: EmbeddingPlan;
  readonly pool: NodeKernelPool;
}

/** Calls of each network, in turns, of which the median counts. */
const CALLS = 400;
const WARM_UP = 30;

export async function* fileCases(
  { network, photos, plan, pool }: Trained,
  workFolder: string,
  peer: Peer,
): AsyncGenerator<BenchmarkCase> {
  const { dimensions, channels, size } = network.architecture;
  const variants = await smaller({ network, photos, plan, pool });
  const [whole, ...others] = variants;
  const photosFile = join(workFolder, "visual-photos.f32");
  const scaled = Array.from(photos.test, (row) => scaledPhoto(photos.set, row, network));
  writeFileSync(photosFile, Buffer.concat(scaled.map((photo) => Buffer.from(photo.buffer))));
  const shape = { count: photos.test.length, channels, size };
  const ofRuntime = new Map<PhotoVariant, Float32Array>();
  for (const variant of variants) ofRuntime.set(variant, await vectorsInRuntime(variant, scaled, shape));
  const own = await ownVectors({ network, photos, plan, pool });
  for (const variant of variants) {
    const file = join(workFolder, `visual ${variant.subject}.onnx`);
    writeFileSync(file, variant.model);
    yield {
      case: `${variant.subject}: accepted by the checker`,
      unit: "files",
      peerName: "onnx.checker",
      runs: 1,
      target: "1",
      ours: () => 1,
      peer: async () => (await peer.ask("check", { file })).accepted,
    };
    const differenceFrom = async (vectors: Float32Array): Promise<number> => {
      const vectorsFile = join(workFolder, "visual-vectors.f32");
      writeFileSync(vectorsFile, Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength));
      const asked = { file, photos: photosFile, vectors: vectorsFile, ...shape };
      return (await peer.ask("compare", asked)).difference;
    };
    if (variant === whole)
      yield againstLimit("our forward pass beside Python's onnxruntime", "largest", await differenceFrom(own), 1e-4);
    yield againstLimit(
      `${variant.subject}: onnxruntime-node beside Python's`,
      "largest",
      await differenceFrom(ofRuntime.get(variant) ?? new Float32Array()),
      1e-4,
    );
  }
  const asked = answerable(photos.test, { label: photos.labels, group: photos.group });
  for (const variant of others) {
    const seconds = await inTurns([variant, whole], scaled, shape);
    yield {
      case: `${variant.subject}: time of a photo, batch 1`,
      unit: "s",
      peerName: "whole network",
      runs: 1,
      target: variant.subject.includes("int8") ? "<= 0.6" : "<= 0.35",
      ours: () => seconds[0],
      peer: () => seconds[1],
    };
    for (const measure of similarityMeasures(["recall@10", "hit rate@10", "map@R"]).slice(0, 3)) {
      const of = (one: PhotoVariant): number =>
        qualityOf(measure, ofRuntime.get(one) ?? new Float32Array(), dimensions, photos, asked);
      yield {
        case: `${variant.subject}: ${measure.name} on test photos`,
        unit: "share",
        peerName: "whole network",
        runs: 1,
        target: variant.subject.includes("int8") ? "at most 0.01 less" : "at most 0.03 less",
        ours: () => of(variant),
        peer: () => of(whole),
      };
    }
  }
}

/** The whole network, in 8 bits, and a student of a quarter of its products. */
async function smaller({ network, photos, plan, pool }: Trained): Promise<PhotoVariant[]> {
  const { environment, close } = await openEnvironment({ threads: 2 });
  const { set, labels, train, validation } = photos;
  const ground = {
    network,
    pictures: { set, labels, rows: train, scaling: network.scaling },
    rowsOf: (part: "train" | "validation") => (part === "train" ? train : validation),
    plan,
    onnx: createOnnxRuntime(),
    environment: { ...environment, pool },
    random: createRandom(11),
  };
  const made: PhotoVariant[] = [wholeVariant(ground)];
  for (const method of ["quantization", "distillation"] as const) {
    const variant = await makeVariant({ method }, ground);
    if (typeof variant === "string") throw new Error(variant);
    made.push(variant);
  }
  await close();
  return made;
}

interface Shape {
  readonly count: number;
  readonly channels: number;
  readonly size: number;
}

async function ownVectors({ network, photos, pool }: Trained): Promise<Float32Array> {
  const opened = openEmbeddingNetwork(network.architecture, { batch: 32, learning: false, pool });
  await opened.load(network.numbers);
  const { dimensions } = network.architecture;
  const vectors = await embedPictures(opened, dimensions, photos.set, photos.test, network.scaling);
  opened.close();
  return vectors;
}

async function vectorsInRuntime(
  { model }: PhotoVariant,
  scaled: readonly Float32Array[],
  { channels, size }: Shape,
): Promise<Float32Array> {
  const session = await createOnnxRuntime().open(model);
  const vectors: Float32Array[] = [];
  for (const photo of scaled) vectors.push((await session.run(photo, [1, channels, size, size]))[ONNX_OUTPUT]);
  await session.close();
  const all = new Float32Array(vectors.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const vector of vectors) {
    all.set(vector, at);
    at += vector.length;
  }
  return all;
}

/** Median seconds of each network's calls, one after the other, so that a busy moment falls on all. */
async function inTurns(
  variants: readonly PhotoVariant[],
  scaled: readonly Float32Array[],
  { channels, size }: Shape,
): Promise<number[]> {
  const onnx = createOnnxRuntime();
  const sessions = await Promise.all(variants.map(({ model }) => onnx.open(model)));
  const seconds = variants.map(() => new Float64Array(CALLS));
  for (let call = -WARM_UP; call < CALLS; call++)
    for (const [at, session] of sessions.entries()) {
      const photo = scaled[(call + WARM_UP) % scaled.length];
      const start = performance.now();
      await session.run(photo, [1, channels, size, size]);
      if (call >= 0) seconds[at][call] = (performance.now() - start) / 1000;
    }
  for (const session of sessions) await session.close();
  return seconds.map((all) => all.sort()[CALLS >> 1]);
}

/** `vectors` are those of the test photos, one after the other. */
function qualityOf(
  { measure }: SimilarityMeasure,
  vectors: Float32Array,
  dimensions: number,
  { set, labels, group, test }: BenchPhotos,
  asked: Int32Array,
): number {
  const all = new Float32Array(set.count * dimensions);
  for (const [at, row] of test.entries())
    all.set(vectors.subarray(at * dimensions, (at + 1) * dimensions), row * dimensions);
  const searches = searchPhotos({ vectors: all, dimensions, label: labels, group }, asked, test);
  return searches.reduce((sum, search) => sum + measure(search), 0) / searches.length;
}
