import { expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { createTwoTowerNetwork, type TowerExample } from "./two-tower-network.ts";

const ITEMS = 7;
const WIDTH = 2;
const attributes = { width: WIDTH, values: Float32Array.from({ length: ITEMS * WIDTH }, (_, i) => (i % 3) / 2) };
const logChance = Float32Array.from({ length: ITEMS }, (_, item) => -0.2 * item);

function example(targets: number[], history: number[]): TowerExample {
  return {
    targets: Int32Array.from(targets),
    strengths: Float32Array.from(targets, (item) => 1 + item / 10),
    history: Int32Array.from(history),
    weights: Float32Array.from(history, (item) => 1 + item / 5),
    known: Int32Array.from([...targets, ...history]),
  };
}

const batch = [example([0, 3], [1, 2]), example([4], [3, 5, 1]), example([1], [])];

function network() {
  const shape = { items: ITEMS, factors: 3, hidden: [5, 4], attributes };
  const made = createTwoTowerNetwork({ ...shape, mostExamples: 3, mostTargets: 2, mostHistory: 3 }, createRandom(2));
  // Away from the kinks at 0, where the loss has no derivative.
  const random = createRandom(9);
  for (const { layers } of [made.item, made.user])
    for (const { biases } of layers) for (let i = 0; i < biases.length; i++) biases[i] = 0.5 * random.normal();
  return made;
}

it("derives the loss as finite differences do, by every parameter", () => {
  const derived = network();
  derived.derive(batch, logChance);
  const { items, slopes } = derived.touched();
  const embeddingSlopes = new Float32Array(derived.inputs.embeddings.length);
  items.forEach((item, row) => {
    embeddingSlopes.set(slopes.subarray(row * 3, (row + 1) * 3), item * 3);
  });
  const layerSlopes = [derived.item, derived.user].flatMap((tower) =>
    tower.slopes.flatMap(({ weights, biases }) => [weights, biases]),
  );
  const claimed = [embeddingSlopes, derived.inputs.projectionSlopes, ...layerSlopes];

  const probe = network();
  const layers = [probe.item, probe.user].flatMap((tower) =>
    tower.layers.flatMap(({ weights, biases }) => [weights, biases]),
  );
  let largest = 0;
  for (const [index, values] of [probe.inputs.embeddings, probe.inputs.projection, ...layers].entries()) {
    for (let at = 0; at < values.length; at++) {
      const kept = values[at];
      values[at] = kept + 0.004;
      const above = probe.derive(batch, logChance);
      values[at] = kept - 0.004;
      const below = probe.derive(batch, logChance);
      values[at] = kept;
      // Float32 losses near 2 differ by their rounding, 1e-7 x 2, over the step of 0.008.
      expect(claimed[index][at]).toBeCloseTo((above - below) / 0.008, 3);
      largest = Math.max(largest, Math.abs(claimed[index][at]));
    }
  }
  expect(largest).toBeGreaterThan(0.05);
});

it("gives the untouched titles no derivative", () => {
  const made = network();
  made.derive(batch, logChance);
  expect([...made.touched().items].sort()).toEqual([0, 1, 2, 3, 4, 5]);
});
