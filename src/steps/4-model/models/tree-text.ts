/** A small tree as text that a person can read: conditions indented, a probability at each leaf. */

import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { sigmoid } from "../losses/log-loss.ts";
import type { Tree } from "./tree.ts";
import type { TreesModel } from "./trees-model.ts";

/** One line a condition and one a leaf, of a log-loss model with a single tree. Throws for any other model. */
export function treeText({ objective, baseScore, features, trees }: TreesModel): string {
  const [tree] = trees;
  if (trees.length !== 1 || objective !== "log-loss")
    throw new RangeError("only a single tree of log loss reads as text");
  const write = (node: number, indent: string): string[] => {
    if (tree.feature[node] < 0) {
      const share = formatValue({ value: sigmoid(baseScore + tree.value[node]), unit: "share" });
      return [`${indent}${share} of ${formatNumber(tree.rows[node])} rows`];
    }
    return [
      `${indent}if ${conditionOf(tree, node, features)}`,
      ...write(tree.left[node], `${indent}  `),
      `${indent}else`,
      ...write(tree.right[node], `${indent}  `),
    ];
  };
  return write(0, "").join("\n");
}

/** What sends a row to the left. */
function conditionOf(
  { feature, threshold, leftCodes, missingLeft }: Tree,
  node: number,
  features: TreesModel["features"],
): string {
  const { name, categories } = features[feature[node]];
  const codes = leftCodes[node];
  const orMissing = missingLeft[node] === 1 ? " or missing" : "";
  if (codes === null) return `${name} <= ${formatNumber(threshold[node])}${orMissing}`;
  return `${name} is ${codes.map((code) => categories?.[code] ?? code).join(" or ")}${orMissing}`;
}
