import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createRandom } from "../../core/random.ts";
import { openEmbeddingNetwork } from "../../steps/4-model/convolution/embedding-network.ts";
import { planEmbedding } from "../../steps/4-model/convolution/embedding-plan.ts";
import { trainEpoch } from "../../steps/4-model/convolution/train-epoch.ts";
import { createMemoryStore } from "../../system/result-store.ts";
import { parametersOf, startOf, trainOnPhotos } from "./photo-training.ts";
import { openWorkbench } from "./workbench.ts";

const SIDE = 8;
const settings = { width: 2, epochs: 2, "learning-rate": 0.1 };

function photos() {
  const random = createRandom(3);
  const labels = Uint8Array.from({ length: 40 }, (_, n) => n % 3);
  const pixels = Uint8Array.from({ length: 40 * SIDE * SIDE }, () => random.below(256));
  const set = { count: 40, size: SIDE, channels: 1, pixels };
  return { set, labels, rows: Int32Array.from(labels.keys()) };
}

function bench(store = createMemoryStore(), told: string[] = []) {
  const parts = { folder: temporaryFolder(), store, version: "1", now: () => 0 };
  return openWorkbench({ ...parts, onPart: (what) => told.push(what) }, {});
}

it("each pass goes on from the one before, with a chance of its own", async () => {
  const learned = photos();
  const { networks } = await trainOnPhotos({ name: "t", settings, epochs: 2, seed: 5 }, learned, bench());
  const start = startOf({ settings, seed: 5 }, learned, bench());
  const plan = planEmbedding({ name: "n", width: 2, epochs: 2, "learning-rate": 0.1 });
  const opened = openEmbeddingNetwork(start.architecture, { batch: plan.training.batch, learning: true });
  const state = { numbers: start.numbers.slice(), velocity: new Float32Array(opened.network.trained) };
  for (const epoch of [0, 1]) {
    const random = createRandom(5).fork("training").fork(`epoch ${epoch}`);
    const scaled = { ...learned, scaling: start.scaling };
    await trainEpoch(opened, start.architecture, scaled, plan.training, epoch, state, random);
    expect(networks[epoch].numbers).toEqual(state.numbers);
  }
  opened.close();
  expect(parametersOf(networks[1])).toBe(opened.network.trained);
});

it("a share of the usual changes of photos is what is trained with: none at 0 but mirrors, all where the table says nothing", async () => {
  const learned = photos();
  const numbersWith = async (augmentation?: number): Promise<Float32Array> => {
    const own = augmentation === undefined ? settings : { ...settings, augmentation };
    const { networks } = await trainOnPhotos({ name: "t", settings: own, epochs: 1, seed: 5 }, learned, bench());
    return networks[0].numbers;
  };
  const start = startOf({ settings, seed: 5 }, learned, bench());
  const { training } = planEmbedding({ name: "n", width: 2, epochs: 2, "learning-rate": 0.1 });
  const plain = { ...training, epochs: 1, augmentation: { flip: true, move: 0, zoom: 0, light: 0, tint: 0, erase: 0 } };
  const opened = openEmbeddingNetwork(start.architecture, { batch: training.batch, learning: true });
  const state = { numbers: start.numbers.slice(), velocity: new Float32Array(opened.network.trained) };
  const random = createRandom(5).fork("training").fork("epoch 0");
  await trainEpoch(opened, start.architecture, { ...learned, scaling: start.scaling }, plain, 0, state, random);
  opened.close();
  expect(await numbersWith(0)).toEqual(state.numbers);
  expect(await numbersWith(1)).toEqual(await numbersWith());
  expect(await numbersWith(0.5)).not.toEqual(await numbersWith());
});

it("a training that was interrupted makes only the passes that are not kept", async () => {
  const store = createMemoryStore();
  const [first, again]: [string[], string[]] = [[], []];
  const asked = { name: "t", settings, epochs: 2, seed: 5 };
  const whole = await trainOnPhotos(asked, photos(), bench(store, first));
  const kept = await trainOnPhotos(asked, photos(), bench(store, again));
  expect([first.length, again.length]).toEqual([2, 0]);
  expect(kept.networks[1].numbers).toEqual(whole.networks[1].numbers);
});
