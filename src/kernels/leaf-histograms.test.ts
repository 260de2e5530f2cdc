import { afterAll, describe, expect, it, vi } from "vitest";
import { createRandom } from "../core/random.ts";
import { createKernelPool } from "../node/kernel-pool.ts";
import { createScratch } from "../node/scratch-files.ts";
import type { KernelPath } from "./feature-probe.ts";
import { openStreamedHistograms } from "./leaf-histograms.streamed.ts";
import { openLeafHistograms } from "./leaf-histograms.ts";
import type { HistogramShape, LeafHistograms, LeafSplit, LeafSums } from "./leaf-problem.ts";

const paths: KernelPath[] = ["simd", "scalar"];
const rules = {
  minRowsInLeaf: 5,
  minHessianInLeaf: 0.001,
  l1: 0.1,
  l2: 1,
  minGain: 0,
  categorySmoothing: 2,
  categoryL2: 1,
  minRowsPerCategory: 3,
};
const free = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

interface Trace {
  readonly roots: readonly LeafSums[];
  readonly splits: readonly (LeafSplit | null)[];
  readonly scores: readonly number[];
}

/** Fills the histograms with seeded rows and splits the first leaf that can be split until the tree is full, for three trees. */
async function grow(histograms: LeafHistograms, shape: HistogramShape, seed: number): Promise<Trace> {
  const random = createRandom(seed);
  const all = shape.rows + shape.followers;
  for (const [feature, { bins, categorical }] of shape.features.entries()) {
    if (categorical)
      await histograms.setBins(
        feature,
        Uint16Array.from({ length: all }, () => random.below(bins)),
        0,
      );
    else {
      const cuts = Float64Array.from({ length: bins - 2 }, (_, cut) => cut + 0.5);
      const values = Float64Array.from({ length: all }, () =>
        random.uniform() < 0.1 ? Number.NaN : random.below(bins - 1),
      );
      await histograms.binNumbers(feature, values, cuts, 0);
    }
  }
  const target = {
    labels: Float64Array.from({ length: shape.rows }, () => random.below(2)),
    weights: shape.followers === 0 ? null : Float64Array.from({ length: shape.rows }, () => random.uniform()),
  };
  const splits: (LeafSplit | null)[] = [];
  const roots: LeafSums[] = [];
  for (let tree = 0; tree < 3; tree++) {
    if (tree === 1) await histograms.deriveLogLoss(target);
    for (let row = 0; tree !== 1 && row < shape.rows; row++) {
      histograms.gradients[row] = random.normal();
      histograms.hessians[row] = random.uniform();
    }
    const sampled = tree === 0 ? null : Uint8Array.from({ length: shape.rows }, () => random.below(2));
    const active = Uint8Array.from(shape.features, (_, feature) => (tree === 2 && feature % 2 === 1 ? 0 : 1));
    roots.push(await histograms.startTree(sampled));
    const open = [histograms.findSplit(0, free, active)];
    splits.push(open[0]);
    while (open.length < shape.maxLeaves) {
      const leaf = open.findIndex((split) => split !== null);
      if (leaf < 0) break;
      const right = open.length;
      await histograms.split(leaf, right);
      if (right === shape.maxLeaves - 1) break;
      open[leaf] = histograms.findSplit(leaf, { lower: -0.5, upper: 0.4 }, active);
      open[right] = histograms.findSplit(right, free, active);
      splits.push(open[leaf], open[right]);
    }
    await histograms.addToScores(Float64Array.from({ length: shape.maxLeaves }, (_, leaf) => leaf + 1));
  }
  return { roots, splits, scores: [...histograms.scores] };
}

const number = (bins: number, monotone: -1 | 0 | 1 = 0) => ({ bins, categorical: false, monotone });
const category = (bins: number) => ({ bins, categorical: true, monotone: 0 as const });
const shapes: Record<string, HistogramShape> = {
  "one byte a bin, a whole block and a half": {
    rows: 9000,
    followers: 300,
    features: [
      number(256),
      number(3),
      category(40),
      number(20, 1),
      number(9, -1),
      number(2),
      category(2),
      number(100),
      number(50),
      number(7),
    ],
    maxLeaves: 12,
    rules,
  },
  "two bytes a bin": {
    rows: 5000,
    followers: 0,
    features: [number(700), category(400), number(30, 1), number(5), number(900)],
    maxLeaves: 9,
    rules,
  },
  "one block with six features": {
    rows: 300,
    followers: 0,
    features: Array.from({ length: 6 }, () => number(30)),
    maxLeaves: 8,
    rules,
  },
  "more followers than rows": { rows: 100, followers: 700, features: [number(12), category(6)], maxLeaves: 4, rules },
};

describe.each(Object.entries(shapes))("leaf histograms with %s", (_, shape) => {
  it("find the same splits and the same leaves on both paths, to the last bit", async () => {
    const [kernel, twin] = paths.map((path) => openLeafHistograms(shape, { path }));
    expect([kernel.path, twin.path]).toEqual(paths);
    const [fromKernel, fromTwin] = [await grow(kernel, shape, 3), await grow(twin, shape, 3)];
    expect(fromKernel.splits.filter((split) => split !== null).length).toBeGreaterThan(3);
    expect(fromKernel).toEqual(fromTwin);
  });
});

describe.each(Object.entries(shapes))("leaf histograms from disk with %s", (_, shape) => {
  it.each([37, 1000, 1e6])("come to the same, %d rows at a time", async (groupRows) => {
    const inMemory = await grow(openLeafHistograms(shape), shape, 5);
    const histograms = await openStreamedHistograms(shape, createScratch().open, groupRows);
    expect(histograms.path).toBe("streamed");
    expect(await grow(histograms, shape, 5)).toEqual(inMemory);
    await histograms.close();
  });
});

describe("leaf histograms from disk", () => {
  const shape: HistogramShape = { rows: 4, followers: 2, features: [number(3)], maxLeaves: 2, rules };

  it("take followers after the rows, and refuse bins that would lie elsewhere than they are read", async () => {
    const histograms = await openStreamedHistograms(shape, createScratch().open);
    await histograms.setBins(0, Uint16Array.of(1, 2, 1, 2), 0);
    await expect(histograms.setBins(0, Uint16Array.of(1), 5)).rejects.toThrow("where 4 rows are written");
    await histograms.setBins(0, Uint16Array.of(1, 1), 4);
    await histograms.close();
  });

  it("leave no file behind where one of them cannot be made", async () => {
    const remove = vi.fn(async () => {});
    const file = { append: async () => {}, read: async () => {}, remove };
    const open = async (name: string) => {
      if (name === "bins-2") throw new Error("the disk is full");
      return file;
    };
    const features = [number(3), number(3), number(3)];
    await expect(openStreamedHistograms({ ...shape, features }, open)).rejects.toThrow("the disk is full");
    expect(remove).toHaveBeenCalledTimes(2);
  });

  it("refuse to split a leaf for which no split was found", async () => {
    const histograms = await openStreamedHistograms(shape, createScratch().open);
    await expect(histograms.split(0, 1)).rejects.toThrow("no split was found for leaf 0");
    await histograms.close();
  });
});

describe("leaf histograms on threads", () => {
  const pools = [1, 2, 3].map((threads) => createKernelPool(threads));
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  it.each(Object.entries(shapes))("come to the same with one, two and three, with %s", async (_, shape) => {
    const alone = await grow(openLeafHistograms(shape), shape, 4);
    for (const pool of pools) {
      const histograms = openLeafHistograms(shape, { pool, worthThreads: 0 });
      expect(await grow(histograms, shape, 4)).toEqual(alone);
      histograms.close();
    }
  });
});

describe.each(paths)("leaf histograms, %s", (path) => {
  it("find the split that a direct search over all thresholds finds", async () => {
    const random = createRandom(9);
    const shape: HistogramShape = {
      rows: 200,
      followers: 0,
      features: [number(20), number(20)],
      maxLeaves: 2,
      rules: { ...rules, l1: 0, l2: 0.5, minRowsInLeaf: 1 },
    };
    const histograms = openLeafHistograms(shape, { path });
    const columns = [0, 1].map(() => Float64Array.from({ length: 200 }, () => random.below(19)));
    const cuts = Float64Array.from({ length: 18 }, (_, cut) => cut + 0.5);
    for (const feature of [0, 1]) await histograms.binNumbers(feature, columns[feature], cuts, 0);
    for (let row = 0; row < 200; row++) {
      histograms.gradients[row] = random.normal();
      histograms.hessians[row] = 0.5 + random.uniform();
    }
    await histograms.startTree(null);
    const found = histograms.findSplit(0, free, Uint8Array.of(1, 1));
    let best = { gain: 0, feature: -1, bin: 0 };
    const saved = (keep: (row: number) => boolean) => {
      let [gradient, hessian] = [0, 0];
      for (let row = 0; row < 200; row++) {
        if (!keep(row)) continue;
        gradient += histograms.gradients[row];
        hessian += histograms.hessians[row];
      }
      return gradient ** 2 / (hessian + 0.5);
    };
    for (const feature of [0, 1]) {
      for (let bin = 1; bin < 19; bin++) {
        const left = (row: number) => columns[feature][row] <= cuts[bin - 1];
        const gain = saved(left) + saved((row) => !left(row)) - saved(() => true);
        if (gain > best.gain) best = { gain, feature, bin };
      }
    }
    expect(found).toMatchObject({ feature: best.feature, bin: best.bin });
    // Gradients are rounded at 2^-30 of the largest.
    expect(found?.gain).toBeCloseTo(best.gain, 6);
  });

  it("refuse to split a leaf for which no split was found", async () => {
    const shape: HistogramShape = { rows: 4, followers: 0, features: [number(3)], maxLeaves: 2, rules };
    const histograms = openLeafHistograms(shape, { path });
    await histograms.startTree(null);
    expect(histograms.findSplit(0, free, Uint8Array.of(1))).toBeNull();
    await expect(histograms.split(0, 1)).rejects.toThrow("no split was found for leaf 0");
  });
});
