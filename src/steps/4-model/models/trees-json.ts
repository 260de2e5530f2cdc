/** Boosted trees as JSON: readable, versioned, and checked when read back. */

import { z } from "zod";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { packTree, type Tree, type TreeNode, unpackTree } from "./tree.ts";
import type { TreeFeature, TreesModel } from "./trees-model.ts";

const nodeIndex = z.int().nonnegative();
const leafSchema = z.strictObject({ value: z.number(), rows: z.number().nonnegative() });
const splitFields = {
  feature: z.string(),
  missing: z.enum(["left", "right"]),
  left: nodeIndex,
  right: nodeIndex,
  gain: z.number(),
  value: z.number(),
  rows: z.number().nonnegative(),
};
const category = z.union([z.string(), z.number()]);
const numericSchema = z.strictObject({ ...splitFields, atMost: z.union([z.number(), z.literal("Infinity")]) });
const categoricalSchema = z.strictObject({ ...splitFields, oneOf: z.array(category) });
const modelSchema = z.strictObject({
  format: z.literal("heptad trees"),
  version: z.literal(1),
  objective: z.enum(["log-loss", "squared-error", "lambdarank"]),
  baseScore: z.number(),
  features: z.array(
    z.strictObject({
      name: z.string(),
      categories: z.array(category).optional(),
      monotone: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
    }),
  ),
  trees: z.array(z.array(z.union([numericSchema, categoricalSchema, leafSchema])).min(1)),
});

/**
 * The file format, version 1. The margin of a row is `baseScore` plus one leaf's `value` from each tree. A tree is a list of nodes,
 * the first the root. An inner node sends a row to the node with the index `left` when the feature is `atMost` a number, or is
 * `oneOf` some categories; else to `right`. A missing value goes where `missing` says, and an unseen category goes right.
 */
export type TreesFile = z.infer<typeof modelSchema>;
type FileNode = TreesFile["trees"][number][number];

/** The model as plain data for `JSON.stringify`. */
export function treesToFile(model: TreesModel): TreesFile {
  const { objective, baseScore, features, trees } = model;
  return {
    format: "heptad trees",
    version: 1,
    objective,
    baseScore,
    features: features.map(({ categories, ...feature }) =>
      categories === undefined ? feature : { ...feature, categories: [...categories] },
    ),
    trees: trees.map((tree) => unpackTree(tree).map((node) => writeNode(node, features))),
  };
}

/** The model in parsed JSON. Fails with `bad-model` and the place of the fault. */
export function treesFromFile(file: unknown): Outcome<TreesModel> {
  const parsed = modelSchema.safeParse(file);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0];
    return reject(path.join("."), message);
  }
  const { objective, baseScore, features, trees } = parsed.data;
  const packed: Tree[] = [];
  for (const [index, nodes] of trees.entries()) {
    const fault = findFault(nodes, features);
    if (fault !== undefined) return reject(`trees.${index}.${fault.node}`, fault.message);
    packed.push(packTree(nodes.map((node) => readNode(node, features))));
  }
  return succeed({ objective, baseScore, features, trees: packed });
}

function reject(where: string, message: string): Outcome<TreesModel> {
  return fail({
    code: "bad-model",
    where,
    message: `not a model of boosted trees: ${message} at ${where === "" ? "the top" : where}`,
    fix: "read a file that was written by this version, or train again",
  });
}

function writeNode(node: TreeNode, features: readonly TreeFeature[]): FileNode {
  const { feature, threshold, leftCodes, missingLeft, left, right, value, gain, rows } = node;
  if (feature < 0) return { value, rows };
  const { name, categories } = features[feature];
  const rest = { missing: missingLeft ? ("left" as const) : ("right" as const), left, right, gain, value, rows };
  if (leftCodes !== null && categories !== undefined) {
    return { feature: name, oneOf: leftCodes.map((code) => categories[code]), ...rest };
  }
  return { feature: name, atMost: threshold === Number.POSITIVE_INFINITY ? "Infinity" : threshold, ...rest };
}

function readNode(node: FileNode, features: readonly TreeFeature[]): TreeNode {
  const none = { feature: -1, threshold: 0, leftCodes: null, missingLeft: false, left: -1, right: -1, gain: 0 };
  if (!("feature" in node)) return { ...none, ...node };
  const { missing, left, right, gain, value, rows } = node;
  const feature = features.findIndex(({ name }) => name === node.feature);
  const rest = { feature, missingLeft: missing === "left", left, right, gain, value, rows };
  if ("atMost" in node) return { ...rest, threshold: Number(node.atMost), leftCodes: null };
  const categories = features[feature].categories ?? [];
  return { ...rest, threshold: 0, leftCodes: node.oneOf.map((one) => categories.indexOf(one)) };
}

/** Nodes have to point forward, each but the root from one place, and use features as they are. */
function findFault(
  nodes: readonly FileNode[],
  features: readonly TreeFeature[],
): { node: number; message: string } | undefined {
  const parents = new Uint8Array(nodes.length);
  for (const [index, node] of nodes.entries()) {
    if (!("feature" in node)) continue;
    const feature = features.find(({ name }) => name === node.feature);
    if (feature === undefined) return { node: index, message: `unknown feature ${node.feature}` };
    if ("oneOf" in node !== (feature.categories !== undefined)) {
      return { node: index, message: `${node.feature} is ${"oneOf" in node ? "numeric" : "categorical"}` };
    }
    const unknown = "oneOf" in node ? node.oneOf.find((one) => !feature.categories?.includes(one)) : undefined;
    if (unknown !== undefined) return { node: index, message: `${node.feature} has no category ${unknown}` };
    for (const child of [node.left, node.right]) {
      if (child <= index || child >= nodes.length)
        return { node: index, message: `child ${child} is not a later node` };
      parents[child]++;
    }
  }
  const stray = parents.findIndex((count, index) => (index === 0 ? count !== 0 : count !== 1));
  return stray < 0 ? undefined : { node: stray, message: `${parents[stray]} parents` };
}
