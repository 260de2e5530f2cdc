/** Search by photo: an epoch of the network beside PyTorch, the files it is written as beside the onnx checker and onnxruntime, and its test figures. */

import { existsSync } from "node:fs";
import { createRandom } from "../src/core/random.ts";
import { createKernelPool } from "../src/node/kernel-pool.ts";
import { fitScaling } from "../src/steps/3-data/pictures/picture-set.ts";
import { USUAL_AUGMENTATION } from "../src/steps/4-model/convolution/augment.ts";
import { embedPictures } from "../src/steps/4-model/convolution/embed-pictures.ts";
import { openEmbeddingNetwork } from "../src/steps/4-model/convolution/embedding-network.ts";
import { initialNumbers } from "../src/steps/4-model/convolution/initial-numbers.ts";
import { residualArchitecture } from "../src/steps/4-model/convolution/residual-network.ts";
import { trainEpoch } from "../src/steps/4-model/convolution/train-epoch.ts";
import { mapAtR, searchPhotos } from "../src/steps/5-evaluate/protocols/similarity-search.ts";
import { againstLimit, type Benchmark, timed } from "./benchmark.ts";
import { fileCases } from "./visual-files.ts";
import { drawnPhotos, photosOf } from "./visual-photos.ts";

/** A folder with `train`, `validation` and `test`, each a folder of classes. */
const PHOTOS = process.env.HEPTAD_BENCH_PHOTOS;
const IS_REAL = PHOTOS !== undefined && existsSync(PHOTOS);
/** As `test/fixtures/clothing.md` trains on real photos; those drawn here are learned in a few passes with the usual changes. */
const EPOCHS = Number(process.env.HEPTAD_BENCH_EPOCHS ?? (IS_REAL ? 40 : 6));
const AUGMENTATION = IS_REAL ? { ...USUAL_AUGMENTATION, zoom: 0.15, erase: 0.3 } : USUAL_AUGMENTATION;
const SIZE = 64;
const DIMENSIONS = 128;
const WIDTH = 24;
const BATCH = 32;
const RATE = 0.05;

export const benchmark: Benchmark = {
  name: "visual",
  about: `a residual network of width ${WIDTH} at ${SIZE} px, two threads, on photos drawn here; HEPTAD_BENCH_PHOTOS names a folder with train, validation and test in their place`,
  async *cases({ workFolder, startPeer }) {
    const pool = createKernelPool(2);
    const photos = PHOTOS !== undefined && IS_REAL ? await photosOf(PHOTOS, SIZE) : drawnPhotos(SIZE);
    const { set, labels, train, test, group } = photos;
    const scaling = fitScaling(set, train);
    const classes = labels.reduce((most, label) => Math.max(most, label), 0) + 1;
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
      augmentation: AUGMENTATION,
    };
    const learn = (epoch: number) =>
      trainEpoch(
        opened,
        architecture,
        { set, rows: train, labels, scaling },
        training,
        epoch,
        state,
        random.fork(`epoch ${epoch}`),
      );
    const peer = startPeer("visual.py");
    const seconds = await timed(() => learn(0));
    // Of the whole process at its peak, photos and what read them included.
    yield againstLimit("memory of an epoch", "MiB", process.resourceUsage().maxRSS / 1024, 1536);
    if ((await peer.ask("has_torch")).installed === 1)
      yield {
        case: `seconds an epoch of ${train.length} photos`,
        unit: "s",
        peerName: "PyTorch, CPU",
        runs: 1,
        target: "<= 2.0",
        ours: () => seconds,
        peer: async () =>
          (await peer.ask("epoch", { photos: train.length, size: SIZE, width: WIDTH, batch: BATCH })).seconds,
      };
    else process.stderr.write("  no PyTorch: an epoch is not compared (`pip install torch` beside the other peers)\n");
    for (let epoch = 1; epoch < EPOCHS; epoch++) await learn(epoch);
    const network = { architecture, numbers: state.numbers, scaling };
    const plan = { width: WIDTH, dimensions: DIMENSIONS, training };
    yield* fileCases({ network, photos, plan, pool }, workFolder, peer);
    if (!IS_REAL) {
      opened.close();
      await pool.close();
      return;
    }
    await opened.load(state.numbers);
    const found = await embedPictures(opened, DIMENSIONS, set, test, scaling);
    const vectors = new Float32Array(set.count * DIMENSIONS);
    for (const [at, row] of test.entries())
      vectors.set(found.subarray(at * DIMENSIONS, (at + 1) * DIMENSIONS), row * DIMENSIONS);
    const searches = searchPhotos({ vectors, dimensions: DIMENSIONS, label: labels, group }, test, test);
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
    opened.close();
    await pool.close();
  },
};
