import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { createKernelPool } from "../../../node/kernel-pool.ts";
import { USUAL_AUGMENTATION } from "./augment.ts";
import { cosineSoftmax } from "./cosine-softmax.ts";
import { embedPictures } from "./embed-pictures.ts";
import { type EmbeddingNetwork, openEmbeddingNetwork } from "./embedding-network.ts";
import { initialNumbers } from "./initial-numbers.ts";
import { residualArchitecture } from "./residual-network.ts";
import { type EmbeddingTraining, trainEpoch } from "./train-epoch.ts";
import { tripletLoss } from "./triplet-loss.ts";

const architecture = residualArchitecture({ size: 8, channels: 3, width: 2, classes: 3, dimensions: 4 });
const labels = [0, 1, 2, 0, 1, 2];
const count = labels.length;

function numbersAndPictures(opened: EmbeddingNetwork): Float32Array {
  const random = createRandom(11);
  for (let i = 0; i < opened.pictures.length; i++) opened.pictures[i] = random.normal();
  return initialNumbers(architecture, random);
}

describe("the gradient of the whole network", () => {
  it("is that of finite differences, layer by layer", async () => {
    const opened = openEmbeddingNetwork(architecture, { batch: count, learning: true });
    const numbers = numbersAndPictures(opened);
    const classes = opened.network.slices.find(({ what }) => what === "classes");
    if (classes === undefined) throw new Error("there are classes");
    const loss = async () => {
      await opened.load(numbers);
      const vectors = await opened.embed(count, true);
      const centres = numbers.subarray(classes.at, classes.at + classes.length);
      const softmax = cosineSoftmax(vectors, labels, centres, 4, 0.1);
      const triplet = tripletLoss(vectors, labels, 4, 0.2);
      return { value: softmax.loss + triplet.loss, softmax, triplet };
    };
    const { softmax, triplet } = await loss();
    const gradient = await opened.back(
      count,
      softmax.vectors.map((slope, i) => slope + triplet.vectors[i]),
    );
    gradient.set(softmax.classes, classes.at);
    for (const { what, layer, at, length } of opened.network.slices.filter(({ at }) => at < opened.network.trained)) {
      let [off, size] = [0, 0];
      for (let i = at; i < at + Math.min(length, 12); i++) {
        const kept = numbers[i];
        const step = 1e-3;
        numbers[i] = kept + step;
        const above = (await loss()).value;
        numbers[i] = kept - step;
        const below = (await loss()).value;
        numbers[i] = kept;
        off += ((above - below) / (2 * step) - gradient[i]) ** 2;
        size += gradient[i] ** 2;
      }
      // Corners of ReLU and a change of the chosen negative lie within some of the steps.
      expect([what, layer, Math.sqrt(off / (size + 1e-6)) < 0.08]).toEqual([what, layer, true]);
    }
  });
});

describe("training", () => {
  const size = 8;
  const set = { count: 60, size, channels: 3, pixels: new Uint8Array(60 * size * size * 3) };
  const random = createRandom(3);
  const own = Int32Array.from({ length: 60 }, (_, row) => row % 3);
  // Classes differ by where the light lies: top, left or middle.
  for (let row = 0; row < 60; row++)
    for (let p = 0; p < size * size; p++) {
      const [y, x] = [Math.floor(p / size), p % size];
      const lit = own[row] === 0 ? y < 3 : own[row] === 1 ? x < 2 || x > 5 : y > 2 && y < 6 && x > 2 && x < 6;
      for (let c = 0; c < 3; c++) set.pixels[(row * size * size + p) * 3 + c] = (lit ? 170 : 60) + random.below(50);
    }
  const rows = Int32Array.from({ length: 60 }, (_, row) => row);
  const scaling = { mean: [0.4, 0.4, 0.4], deviation: [0.2, 0.2, 0.2] };
  const training: EmbeddingTraining = {
    epochs: 6,
    batch: 20,
    rate: 0.1,
    momentum: 0.9,
    decay: 5e-4,
    smoothing: 0.1,
    triplet: 0,
    augmentation: USUAL_AUGMENTATION,
  };

  async function train(opened: EmbeddingNetwork, stops: boolean) {
    let state = {
      numbers: initialNumbers(architecture, createRandom(1)),
      velocity: new Float32Array(opened.network.trained),
    };
    let accuracy = 0;
    for (let epoch = 0; epoch < training.epochs; epoch++) {
      accuracy = (
        await trainEpoch(
          opened,
          architecture,
          { set, rows, labels: own, scaling },
          training,
          epoch,
          state,
          createRandom(epoch),
        )
      ).accuracy;
      // What a stopped run finds on the disk is a copy.
      if (stops) state = { numbers: state.numbers.slice(), velocity: state.velocity.slice() };
    }
    await opened.load(state.numbers);
    return { accuracy, numbers: state.numbers, vectors: await embedPictures(opened, 4, set, rows, scaling) };
  }

  it("puts photos of one class side by side: the nearest vector is of the photo's own class", async () => {
    const { vectors } = await train(openEmbeddingNetwork(architecture, { batch: 20, learning: true }), false);
    const dot = (a: number, b: number): number =>
      [0, 1, 2, 3].reduce((sum, d) => sum + vectors[4 * a + d] * vectors[4 * b + d], 0);
    const nearest = (row: number): number =>
      rows.reduce((best, one) => (one !== row && dot(row, one) > dot(row, best) ? one : best), row === 0 ? 1 : 0);
    const right = rows.filter((row) => own[nearest(row)] === own[row]).length;
    expect(right).toBeGreaterThan(54);
  });

  it("gives the same bits on two threads, and where it was stopped after each epoch", async () => {
    const pool = createKernelPool(2);
    try {
      const whole = await train(openEmbeddingNetwork(architecture, { batch: 20, learning: true }), false);
      const threads = await train(openEmbeddingNetwork(architecture, { batch: 20, learning: true, pool }), true);
      expect(threads.numbers).toEqual(whole.numbers);
      expect(threads.vectors).toEqual(whole.vectors);
    } finally {
      await pool.close();
    }
  });
});

it("a photo's vector does not depend on what stands beside it in a batch", async () => {
  const opened = openEmbeddingNetwork(architecture, { batch: count, learning: false });
  await opened.load(numbersAndPictures(opened));
  const together = await opened.embed(count, false);
  const last = opened.pictures.slice((count - 1) * 192, count * 192);
  opened.pictures.set(last, 0);
  const alone = await opened.embed(1, false);
  expect(alone).toEqual(together.slice((count - 1) * 4));
});
