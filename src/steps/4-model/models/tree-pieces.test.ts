import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countLeaves, packTree, type TreeNode } from "./tree.ts";
import { cutTree } from "./tree-pieces.ts";

const plain = { threshold: 0, leftCodes: null, missingLeft: false, gain: 0, rows: 1, value: 0 };

/** A tree that grows at the given places, each split on the given feature of five. */
function grow(steps: readonly (readonly [number, number])[]): TreeNode[] {
  const leaf = { ...plain, feature: -1, left: -1, right: -1 };
  const nodes: TreeNode[] = [leaf];
  for (const [pick, feature] of steps) {
    const leaves = [...nodes.keys()].filter((node) => nodes[node].feature < 0);
    nodes[leaves[pick % leaves.length]] = { ...leaf, feature, left: nodes.length, right: nodes.length + 1 };
    nodes.push(leaf, leaf);
  }
  return nodes.map((node, value) => ({ ...node, value }));
}

const trees = fc.array(fc.tuple(fc.nat(20), fc.nat(4)), { maxLength: 15 }).map((steps) => packTree(grow(steps)));

describe("the pieces of a tree", () => {
  it("have every leaf once", () => {
    fc.assert(
      fc.property(trees, fc.nat(2000), (tree, limit) => {
        const values = cutTree(tree, limit).flatMap(({ leaves }) => leaves.map(({ value }) => value));
        expect(new Set(values).size).toBe(values.length);
        expect(values.length).toBe(countLeaves(tree));
      }),
    );
  });

  it("have tables within the limit, and no table only where even a single leaf's would be larger", () => {
    fc.assert(
      fc.property(trees, fc.nat(2000), (tree, limit) => {
        for (const { isTabled, questions, features, leaves } of cutTree(tree, limit)) {
          expect(2 ** questions.length * features.length <= limit).toBe(isTabled);
          if (!isTabled) expect(leaves.length).toBe(1);
        }
      }),
    );
  });

  it("are one where the limit allows the whole tree", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        expect(cutTree(tree, 2 ** 15 * 5).length).toBe(1);
      }),
    );
  });
});
