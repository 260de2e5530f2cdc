/** A small tree as text that a person can read: both conditions of every split, indented, and a probability at each leaf. */

import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { sigmoid } from "../losses/log-loss.ts";
import type { Tree } from "./tree.ts";
import type { TreesModel } from "./trees-model.ts";

/** A log-loss model with a single tree, one line a branch. Throws for any other model. */
export function treeText({ objective, baseScore, features, trees }: TreesModel): string {
  const [tree] = trees;
  if (trees.length !== 1 || objective !== "log-loss")
    throw new RangeError("only a single tree of log loss reads as text");
  const write = (node: number, condition: string, indent: string): string[] => {
    if (tree.feature[node] < 0) {
      const share = formatValue({ value: sigmoid(baseScore + tree.value[node]), unit: "share" });
      return [`${indent}${condition}: ${share} of ${formatNumber(tree.rows[node])} rows`];
    }
    const [left, right] = conditionsOf(tree, node, features);
    const deeper = condition === "" ? indent : `${indent}  `;
    return [
      ...(condition === "" ? [] : [`${indent}${condition}`]),
      ...write(tree.left[node], left, deeper),
      ...write(tree.right[node], right, deeper),
    ];
  };
  return tree.feature[0] < 0 ? write(0, "always", "").join("\n") : write(0, "", "").join("\n");
}

/** What sends a row left and what sends it right; a missing value is told only where it goes right, with the larger values. */
function conditionsOf(tree: Tree, node: number, features: TreesModel["features"]): readonly [string, string] {
  const { name, categories } = features[tree.feature[node]];
  const codes = tree.leftCodes[node];
  const orMissing = tree.missingLeft[node] === 1 ? "" : " or missing";
  if (codes === null) {
    const threshold = formatNumber(tree.threshold[node]);
    return [`${name} <= ${threshold}`, `${name} > ${threshold}${orMissing}`];
  }
  const named = codes.map((code) => categories?.[code] ?? code).join(" or ");
  return [`${name} is ${named}`, `${name} is not ${named}${orMissing}`];
}
