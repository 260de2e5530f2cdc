/** Facts as a tree: each value with its place in the file. */

import type { Stretch } from "./markdown.ts";

/** Where a fact stands: its value, and its key. */
export interface FactPlace extends Stretch {
  /** The place of its key; of the value itself for an element of a list and for the whole block. */
  readonly key: Stretch;
}

/** A value with its place in the file: a scalar, a map (`entries`) or a list (`items`). */
export interface FactNode extends FactPlace {
  /** Written with `{ }` or `[ ]`. */
  readonly flow: boolean;
  readonly scalar?: string | number | boolean | null;
  readonly entries?: ReadonlyMap<string, FactNode>;
  readonly items?: readonly FactNode[];
}

/** The tree as plain values. */
export function plainValue(node: FactNode): unknown {
  if (node.items !== undefined) return node.items.map(plainValue);
  if (node.entries === undefined) return node.scalar;
  const value: Record<string, unknown> = {};
  for (const [key, one] of node.entries) if (key !== "__proto__") value[key] = plainValue(one);
  return value;
}

/** The node at a path, or undefined. */
export function nodeAt(root: FactNode, path: readonly PropertyKey[]): FactNode | undefined {
  let node: FactNode | undefined = root;
  for (const part of path) {
    node = typeof part === "number" ? node?.items?.[part] : node?.entries?.get(String(part));
  }
  return node;
}
