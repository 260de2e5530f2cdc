import { expect, it, vi } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createScratch } from "../../../node/scratch-files.ts";
import type { Scratch } from "../../../system/environment.ts";
import { mostPopular } from "../models/most-popular.ts";
import { chooseRecommender, openRecommender } from "../models/recommenders.ts";
import { DEFAULT_SIGNAL_WEIGHTS, saying, trainingDataWithin } from "./interaction-matrix.ts";
import { learner } from "./learn-recommender.ts";

const COUNT = 6000;
const random = createRandom(11);
const material = {
  task: plantRanked(
    Array.from({ length: COUNT }, (_, time) => ({
      ...{ time, unit: random.below(300), item: Math.floor(120 * random.uniform() ** 2) },
      ...{ kind: "view" as const, value: 1 },
    })),
  ),
  weights: DEFAULT_SIGNAL_WEIGHTS,
  examination: null,
};

async function trained(name: string, events: number, until = COUNT) {
  const progress = vi.fn();
  const open = vi.fn(createScratch().open);
  // As much memory as so many events may take: 44 bytes each of a quarter.
  const machine = { memory: 4 * 44 * events, cores: 1 };
  const choice = unwrap(chooseRecommender(name, name === "als" ? { factors: 8, iterations: 4 } : {}));
  const learn = learner(choice, material, { pool: undefined, machine, scratch: { open }, progress });
  const model = await learn({ until }, createRandom(3));
  return { model: model.toArtefact(), byBlocks: progress.mock.calls.length > 0, opened: open.mock.calls.length };
}

it("learns the same model by blocks, bit for bit, where the events of the window are more than the memory allows", async () => {
  const inMemory = await trained("als", COUNT);
  expect(inMemory).toMatchObject({ byBlocks: false, opened: 0 });
  const byBlocks = await trained("als", COUNT - 1);
  expect(byBlocks.byBlocks).toBe(true);
  expect(byBlocks.opened).toBeGreaterThan(3);
  expect(byBlocks.model).toEqual(inMemory.model);
});

it("leaves no file behind, whether the model was trained or not", async () => {
  const files = { open: 0 };
  const scratch: Scratch = {
    async open(name) {
      const file = await createScratch().open(name);
      files.open++;
      let isOpen = true;
      const remove = async (): Promise<void> => {
        if (isOpen) files.open--;
        isOpen = false;
        await file.remove();
      };
      return { ...file, remove };
    },
  };
  const learn = async (memory: number) => {
    const choice = unwrap(chooseRecommender("als", { factors: 64, iterations: 1 }));
    const machine = { memory, cores: 1 };
    const learnt = learner(choice, material, { pool: undefined, machine, scratch, progress: vi.fn() });
    await learnt({ until: COUNT }, createRandom(3));
  };
  await learn(500_000);
  expect(files.open).toBe(0);
  // Less than the factors take.
  await expect(learn(50_000)).rejects.toThrow("als with 64 factors");
  expect(files.open).toBe(0);
});

it("counts the events of the window, not those of the log", async () => {
  expect((await trained("als", 3000, 3000)).byBlocks).toBe(false);
  expect((await trained("als", 2999, 3000)).byBlocks).toBe(true);
});

it("gives a model that needs all of them at once a matrix whatever the memory", async () => {
  expect((await trained("item-knn", 2000)).byBlocks).toBe(false);
});

it("counts popularity while the pairs pass, as from a matrix of them", async () => {
  const [random, until] = [createRandom(3), COUNT - 500];
  const window = { from: 1000, until };
  const data = trainingDataWithin(material.task, window, material.weights);
  const choice = unwrap(chooseRecommender("most-popular"));
  const learn = learner(choice, material, { pool: undefined, progress: vi.fn() });
  const { fitPassing } = mostPopular;
  expect((await learn(window, random)).toArtefact()).toEqual(
    (await openRecommender(choice).fit(data, { random })).toArtefact(),
  );
  const { most, pairs } = saying(material.task, (event) => event >= 1000 && event < until, material.weights);
  const passing = { units: material.task.units, items: material.task.items.count, most, now: until, pairs };
  for (const window of [Number.POSITIVE_INFINITY, 3000, 20]) {
    const whole = (await mostPopular.fit(data, { window }, { random })).toArtefact();
    expect((await fitPassing?.(passing, { window }))?.toArtefact()).toEqual(whole);
  }
});

it("trains in memory where nobody knows how much there is, or where there is no disk", async () => {
  const choice = unwrap(chooseRecommender("als", { factors: 4, iterations: 1 }));
  const progress = vi.fn();
  const open = vi.fn(createScratch().open);
  await learner(choice, material, { pool: undefined, scratch: { open }, progress })({ until: COUNT }, createRandom(3));
  const machine = { memory: 500_000, cores: 1 };
  await learner(choice, material, { pool: undefined, machine, progress })({ until: COUNT }, createRandom(3));
  expect(open).not.toHaveBeenCalled();
  expect(progress).not.toHaveBeenCalled();
});
