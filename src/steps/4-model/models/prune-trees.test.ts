import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { trainTrees } from "./gradient-boosted-trees.ts";
import { pruneByGain, pruneToShare } from "./prune-trees.ts";
import { countLeaves } from "./tree.ts";
import { importanceByGain } from "./tree-importance.ts";
import { treesFromFile, treesToFile } from "./trees-json.ts";
import type { TreesModel } from "./trees-model.ts";
import { createTreesScorer } from "./trees-scorer.ts";

const random = createRandom(4);
const x = Float64Array.from({ length: 800 }, () => random.normal());
const noise = Float64Array.from({ length: 800 }, () => random.normal());
const features = createTable({ x, noise });
const labels = x.map((value) => (value > 0 ? 2 : -1) + 0.3 * random.normal());
const trained = await trainTrees(
  { features, labels },
  { objective: "squared-error", trees: 12, leaves: 10 },
  { random },
);
const { model } = unwrap(trained);
const leavesOf = ({ trees }: TreesModel) => trees.reduce((sum, tree) => sum + countLeaves(tree), 0);
const errorOf = (one: TreesModel) => {
  const margins = createTreesScorer(one).margins(features);
  return margins.reduce((sum, margin, row) => sum + (margin - labels[row]) ** 2, 0) / 800;
};

describe("pruning", () => {
  it("by gain removes only splits below the limit, and none at 0", () => {
    expect(createTreesScorer(pruneByGain(model, 0)).margins(features)).toEqual(
      createTreesScorer(model).margins(features),
    );
    const pruned = pruneByGain(model, 5);
    expect(leavesOf(pruned)).toBeLessThan(leavesOf(model));
    for (const tree of pruned.trees) {
      for (const [node, feature] of tree.feature.entries()) {
        const below = feature >= 0 && tree.feature[tree.left[node]] < 0 && tree.feature[tree.right[node]] < 0;
        if (below) expect(tree.gain[node]).toBeGreaterThanOrEqual(5);
      }
    }
  });

  it("by an infinite limit leaves the mean of each tree's training rows", () => {
    const stumps = pruneByGain(model, Number.POSITIVE_INFINITY);
    expect(leavesOf(stumps)).toBe(model.trees.length);
    const mean = labels.reduce((sum, label) => sum + label, 0) / 800;
    expect(createTreesScorer(stumps).margin(Float64Array.of(0, 0))).toBeCloseTo(mean, 6);
  });

  it("to a share keeps no more leaves than that, and the strong splits with them", () => {
    const half = pruneToShare(model, 0.5);
    expect(leavesOf(half)).toBeLessThanOrEqual(0.5 * leavesOf(model));
    expect(leavesOf(half)).toBeGreaterThan(0.4 * leavesOf(model));
    expect(errorOf(half)).toBeLessThan(1.1 * errorOf(model));
    expect(pruneToShare(model, 1)).toBe(model);
  });

  it("keeps a model that can be stored and read back", () => {
    const half = pruneToShare(model, 0.5);
    expect(unwrap(treesFromFile(treesToFile(half)))).toEqual(half);
  });
});

describe("importance by gain", () => {
  it("adds up to 1 and goes to the feature that matters", () => {
    const [ofX, ofNoise] = importanceByGain(model);
    expect(ofX + ofNoise).toBeCloseTo(1, 12);
    expect(ofX).toBeGreaterThan(0.95);
  });

  it("is 0 throughout without trees", () => {
    expect([...importanceByGain({ ...model, trees: [] })]).toEqual([0, 0]);
  });
});
