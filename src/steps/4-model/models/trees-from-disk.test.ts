import { expect, it, vi } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { kernelHistogramBytes } from "../../../kernels/leaf-histograms.kernel.ts";
import { createScratch } from "../../../node/scratch-files.ts";
import { fillOptions, splitRules, type TreesOptions } from "../train/trees-options.ts";
import { trainTrees } from "./gradient-boosted-trees.ts";

function rowsOf(count: number, seed: number) {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: count }, () => (random.uniform() < 0.1 ? Number.NaN : random.normal()));
  const city = Array.from({ length: count }, () => ["", "a", "b", "c"][random.below(4)]);
  const labels = Float64Array.from(x, (value, row) =>
    random.uniform() < (value > 0.2 || city[row] === "b" ? 0.8 : 0.2) ? 1 : 0,
  );
  return { features: createTable({ x, city, z: Float64Array.from(x, () => random.normal()) }), labels };
}

const [training, validation] = [rowsOf(3000, 1), rowsOf(700, 2)];
const options: TreesOptions = { objective: "log-loss", trees: 12, leaves: 8, rowShare: 0.7, patience: 12 };
const filled = fillOptions(options);
const shape = {
  ...{ rows: 3000, followers: 700, maxLeaves: 8, rules: splitRules(filled) },
  features: [256, 4, 256].map((bins) => ({ bins, categorical: bins === 4, monotone: 0 as const })),
};

async function train(memory: number | undefined, hasDisk = true) {
  const scratch = createScratch();
  let held = 0;
  const open = vi.fn(async (name: string) => {
    const file = await scratch.open(name);
    held++;
    const remove = async (): Promise<void> => {
      held--;
      await file.remove();
    };
    return { ...file, remove };
  });
  const environment = {
    random: createRandom(5),
    ...(memory === undefined ? {} : { machine: { memory, cores: 1 } }),
    ...(hasDisk ? { scratch: { open } } : {}),
  };
  const trained = unwrap(await trainTrees(training, options, environment, validation));
  return { trained, files: open.mock.calls.length, held };
}

it("grows the same trees from bins on disk where the rows do not fit into a third of the memory", async () => {
  const bytes = kernelHistogramBytes(shape, 1);
  const inMemory = await train(3 * bytes);
  expect(inMemory.files).toBe(0);
  const streamed = await train(3 * bytes - 3);
  expect(streamed).toMatchObject({ files: 3, held: 0 });
  expect(streamed.trained).toEqual(inMemory.trained);
  expect(streamed.trained.model.trees.length).toBeGreaterThan(5);
});

it("keeps them in memory where there is no disk, or nobody knows how much there is", async () => {
  expect((await train(undefined)).files).toBe(0);
  const bytes = kernelHistogramBytes(shape, 1);
  expect((await train(bytes, false)).trained).toEqual((await train(undefined)).trained);
});
