/** Search by photo: an epoch of the network, and a whole training on real photos with its test figures, beside PyTorch and the onnx checker. */

import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import { createKernelPool } from "../src/node/kernel-pool.ts";
import { createPictureReader } from "../src/node/pictures.ts";
import { fitScaling } from "../src/steps/3-data/pictures/picture-set.ts";
import { USUAL_AUGMENTATION } from "../src/steps/4-model/convolution/augment.ts";
import { embedPictures } from "../src/steps/4-model/convolution/embed-pictures.ts";
import { openEmbeddingNetwork } from "../src/steps/4-model/convolution/embedding-network.ts";
import { initialNumbers } from "../src/steps/4-model/convolution/initial-numbers.ts";
import { residualArchitecture } from "../src/steps/4-model/convolution/residual-network.ts";
import { type LabelledPictures, trainEpoch } from "../src/steps/4-model/convolution/train-epoch.ts";
import { foldNetwork } from "../src/steps/4-model/onnx/folded-network.ts";
import { writeOnnx } from "../src/steps/4-model/onnx/onnx-network.ts";
import { mapAtR, searchPhotos } from "../src/steps/5-evaluate/protocols/similarity-search.ts";
import { type Benchmark, timed } from "./benchmark.ts";

/** A folder with `train`, `validation` and `test`, each a folder of classes. */
const PHOTOS = process.env.HEPTAD_BENCH_PHOTOS;
const EPOCHS = Number(process.env.HEPTAD_BENCH_EPOCHS ?? 22);
const SIZE = 64;
const DIMENSIONS = 128;
const WIDTH = 24;
const BATCH = 32;
const RATE = 0.05;

export const benchmark: Benchmark = {
  name: "visual",
  about: `a residual network of width ${WIDTH} at ${SIZE} px, two threads; HEPTAD_BENCH_PHOTOS names a folder with train, validation and test for the whole training`,
  async *cases({ workFolder, startPeer }) {
    const pool = createKernelPool(2);
    const made = PHOTOS !== undefined && existsSync(PHOTOS) ? await readFolder(join(PHOTOS, "train")) : noise(768);
    const classes = 10;
    const architecture = residualArchitecture({
      size: SIZE,
      channels: 3,
      width: WIDTH,
      classes,
      dimensions: DIMENSIONS,
    });
    const random = createRandom(7);
    const numbers = initialNumbers(architecture, random.fork("init"));
    const opened = openEmbeddingNetwork(architecture, { batch: BATCH, learning: true, pool });
    const state = { numbers, velocity: new Float32Array(opened.network.trained) };
    const training = {
      epochs: EPOCHS,
      batch: BATCH,
      rate: RATE,
      momentum: 0.9,
      decay: 5e-4,
      smoothing: 0.1,
      triplet: 0,
      augmentation: USUAL_AUGMENTATION,
    };
    const peer = startPeer("visual.py");
    yield {
      case: `seconds an epoch of ${made.rows.length} photos`,
      unit: "s",
      peerName: "PyTorch, CPU",
      runs: 1,
      target: "<= 2.0",
      ours: () => timed(() => trainEpoch(opened, architecture, made, training, 0, state, random.fork("epoch 0"))),
      peer: async () =>
        (await peer.ask("epoch", { photos: made.rows.length, size: SIZE, width: WIDTH, batch: BATCH })).seconds,
    };
    const file = join(workFolder, "visual.onnx");
    writeFileSync(file, writeOnnx(foldNetwork({ architecture, numbers: state.numbers, scaling: made.scaling })));
    yield {
      case: "ONNX files that the checker accepts",
      unit: "files",
      peerName: "onnx.checker",
      runs: 1,
      target: "1",
      ours: () => 1,
      peer: async () => (await peer.ask("check", { file })).accepted,
    };
    if (PHOTOS === undefined) return;
    for (let epoch = 1; epoch < EPOCHS; epoch++)
      await trainEpoch(opened, architecture, made, training, epoch, state, random.fork(`epoch ${epoch}`));
    await opened.load(state.numbers);
    const test = await readFolder(join(PHOTOS, "test"));
    const vectors = await embedPictures(opened, DIMENSIONS, test.set, test.rows, made.scaling);
    const searches = searchPhotos(
      { vectors, dimensions: DIMENSIONS, label: test.labels, group: test.rows },
      test.rows,
      test.rows,
    );
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    yield {
      case: "hit rate@1 within the test photos",
      unit: "share",
      peerName: "PyTorch sketch",
      runs: 1,
      target: "0.78",
      ours: () => mean(searches.map(({ request }) => request.relevance[0])),
      peer: () => 0.806,
    };
    yield {
      case: "mAP@R within the test photos",
      unit: "share",
      peerName: "PyTorch sketch",
      runs: 1,
      target: "0.55",
      ours: () => mean(searches.map(mapAtR)),
      peer: () => 0.576,
    };
    await pool.close();
  },
};

async function readFolder(folder: string): Promise<LabelledPictures> {
  const reader = createPictureReader();
  const pixels: Uint8Array[] = [];
  const labels: number[] = [];
  for (const [label, name] of readdirSync(folder).sort().entries())
    for (const file of readdirSync(join(folder, name)).sort()) {
      const read = await reader.decode(join(folder, name, file), SIZE);
      if (!read.ok) continue;
      pixels.push(read.pixels);
      labels.push(label);
    }
  const set = { count: pixels.length, size: SIZE, channels: 3, pixels: Uint8Array.from(Buffer.concat(pixels)) };
  const rows = Int32Array.from({ length: set.count }, (_, row) => row);
  return { set, rows, labels, scaling: fitScaling(set, rows) };
}

function noise(count: number): LabelledPictures {
  const random = createRandom(1);
  const pixels = Uint8Array.from({ length: count * SIZE * SIZE * 3 }, () => random.below(256));
  const set = { count, size: SIZE, channels: 3, pixels };
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return { set, rows, labels: Array.from(rows, (row) => row % 10), scaling: fitScaling(set, rows) };
}
