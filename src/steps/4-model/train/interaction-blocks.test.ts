import { expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { createRandom } from "../../../core/random.ts";
import { transpose } from "../../../core/sparse-matrix.ts";
import type { EntryBlocks } from "../../../kernels/entry-blocks.ts";
import { createScratch } from "../../../node/scratch-files.ts";
import type { Scratch } from "../../../system/environment.ts";
import type { RankedTask } from "../../3-data/ranked-task.ts";
import { trainingBlocksWithin } from "./interaction-blocks.ts";
import { DEFAULT_SIGNAL_WEIGHTS, trainingDataWithin } from "./interaction-matrix.ts";

/** Views of few units by many items and of many units by few, some repeated, some unwanted later. */
function aTask(count: number): RankedTask {
  const random = createRandom(7);
  const planted = plantRanked(
    Array.from({ length: count }, (_, time) => ({
      ...{ time, unit: Math.floor(40 * random.uniform() ** 2), item: Math.floor(25 * random.uniform() ** 3) },
      ...{ kind: "view" as const, value: 1 },
    })),
  );
  return {
    ...planted,
    // Units and items that nothing is known of come last.
    units: 43,
    items: { ...planted.items, count: 28 },
    events: {
      ...planted.events,
      judged: Int8Array.from({ length: count }, () => (random.uniform() < 0.1 ? -1 : 1)),
      strength: Float32Array.from({ length: count }, () => random.below(4) / 2),
    },
  };
}

async function whole({ read, blocks }: EntryBlocks): Promise<{ indices: number[]; values: number[] }> {
  const [indices, values]: number[][] = [[], []];
  // In any order, as often as passes need them.
  for (const at of [...blocks.keys()].reverse()) await read(at);
  for (const at of blocks.keys()) {
    const entries = await read(at);
    for (const index of entries.indices) indices.push(index);
    for (const value of entries.values) values.push(value);
  }
  return { indices, values };
}

it.each([
  ["of a few pairs", 17],
  ["of one row each", 1],
  ["that is the only one", 1e6],
])("holds the pairs of the matrix and of the matrix turned, in blocks %s", async (_, most) => {
  const task = aTask(900);
  const window = { from: 20, until: 800 };
  const { interactions } = trainingDataWithin(task, window, DEFAULT_SIGNAL_WEIGHTS);
  const data = await trainingBlocksWithin(task, window, DEFAULT_SIGNAL_WEIGHTS, null, {
    scratch: createScratch(),
    most,
  });
  for (const [side, matrix] of [
    [data.byUnit, interactions],
    [data.byItem, transpose(interactions)],
  ] as const) {
    expect(side.rows).toBe(matrix.rows);
    expect(side.columns).toBe(matrix.columns);
    expect(side.indptr).toEqual(matrix.indptr);
    expect(await whole(side)).toEqual({ indices: [...matrix.indices], values: [...matrix.values] });
    const largest = Math.max(
      ...side.blocks.map(([from, to]) => (to - from === 1 ? 0 : side.indptr[to] - side.indptr[from])),
    );
    expect(largest).toBeLessThanOrEqual(most);
  }
  expect(interactions.indices.length).toBeGreaterThan(250);
  expect(data.now).toBe(800);
  await data.close();
});

it("holds pairs that fill what is written at once many times over", async () => {
  const random = createRandom(1);
  const count = 150_000;
  const task = plantRanked(
    Array.from({ length: count }, (_, time) => ({
      ...{ time, unit: random.below(3000), item: random.below(900) },
      ...{ kind: "view" as const, value: 1 },
    })),
  );
  const { interactions } = trainingDataWithin(task, { until: count }, DEFAULT_SIGNAL_WEIGHTS);
  const plan = { scratch: createScratch(), most: 90_000 };
  const data = await trainingBlocksWithin(task, { until: count }, DEFAULT_SIGNAL_WEIGHTS, null, plan);
  const { indices, values } = transpose(interactions);
  const turned = await whole(data.byItem);
  expect(Int32Array.from(turned.indices)).toEqual(indices);
  expect(Float32Array.from(turned.values)).toEqual(values);
  expect(Int32Array.from((await whole(data.byUnit)).indices)).toEqual(interactions.indices);
  await data.close();
});

it("leaves no file behind where the disk is full after so many writes, and says what the disk said", async () => {
  for (const room of [0, 1, 2, 5, 40]) {
    const held = new Set<string>();
    let writes = 0;
    const scratch: Scratch = {
      async open(name) {
        const file = await createScratch().open(name);
        held.add(name);
        return {
          ...file,
          append: async (bytes) => {
            if (++writes > room) throw new Error("the disk is full");
            await file.append(bytes);
          },
          remove: async () => {
            held.delete(name);
            await file.remove();
          },
        };
      },
    };
    const written = trainingBlocksWithin(aTask(900), { until: 900 }, DEFAULT_SIGNAL_WEIGHTS, null, {
      scratch,
      most: 50,
    });
    await expect(written).rejects.toThrow("the disk is full");
    expect(held.size).toBe(0);
  }
});

it("leaves no file behind, having dealt items to as many as their events ask for", async () => {
  const held = new Set<string>();
  let dealt = 0;
  const scratch: Scratch = {
    async open(name) {
      const file = await createScratch().open(name);
      held.add(name);
      if (/^pairs-of-items-\d+-items$/u.test(name)) dealt++;
      const remove = async () => {
        held.delete(name);
        await file.remove();
      };
      return { ...file, remove };
    },
  };
  const plan = { scratch, most: 50 };
  const data = await trainingBlocksWithin(aTask(900), { until: 900 }, DEFAULT_SIGNAL_WEIGHTS, null, plan);
  expect([...held].sort()).toEqual([
    ...["pairs-by-item-indices", "pairs-by-item-values", "pairs-by-unit-indices", "pairs-by-unit-values"],
  ]);
  await data.close();
  expect(held.size).toBe(0);
  // Nine hundred events at fifty a file, but for those that an item fills alone.
  expect(dealt).toBeGreaterThan(8);
  expect(dealt).toBeLessThan(22);
});
