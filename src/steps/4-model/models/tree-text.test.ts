import { describe, expect, it } from "vitest";
import { packTree, type TreeNode } from "./tree.ts";
import { treeText } from "./tree-text.ts";
import type { TreesModel } from "./trees-model.ts";

const bare = {
  feature: -1,
  threshold: 0,
  leftCodes: null,
  missingLeft: false,
  left: -1,
  right: -1,
  value: 0,
  gain: 0,
  rows: 0,
};
const nodes: TreeNode[] = [
  { ...bare, feature: 0, threshold: 213.456, left: 1, right: 2, rows: 1100 },
  { ...bare, value: -7, rows: 1000 },
  { ...bare, feature: 1, leftCodes: [0, 2], missingLeft: true, left: 3, right: 4, rows: 100 },
  { ...bare, value: 3, rows: 60 },
  { ...bare, value: -1, rows: 40 },
];
const model: TreesModel = {
  objective: "log-loss",
  baseScore: 1,
  features: [
    { name: "amount", monotone: 0 },
    { name: "country", categories: ["AT", "BE", "CH"], monotone: 0 },
  ],
  trees: [packTree(nodes)],
};

describe("a tree as text", () => {
  it("says each condition and the probability at each leaf", () => {
    expect(treeText(model)).toBe(
      [
        "amount <= 213.5: 0.247% of 1,000 rows",
        "amount > 213.5 or missing",
        "  country is AT or CH: 98.2% of 60 rows",
        "  country is not AT or CH: 50% of 40 rows",
      ].join("\n"),
    );
    expect(treeText({ ...model, trees: [packTree([{ ...bare, value: -1, rows: 7 }])] })).toBe("always: 50% of 7 rows");
  });

  it("is refused for several trees and for other objectives", () => {
    expect(() => treeText({ ...model, trees: [model.trees[0], model.trees[0]] })).toThrow("single tree");
    expect(() => treeText({ ...model, objective: "squared-error" })).toThrow("log loss");
  });
});
