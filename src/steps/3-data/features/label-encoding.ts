/** Columns that stand for a category by the label's rate in it: which they are, and the category of each row. */

import type { ScoredTask } from "../scored-task.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { wordsByRate } from "./scored-features.ts";

/**
 * The category of each row, -1 where it is missing, behind a feature that is the label's rate over all of the past; null for any other. Such a
 * rate settles while labels arrive, and rows that are trained on read it earlier than rows that are judged: it moves where nothing has moved.
 */
export function categoryBehind(declaration: FeatureDeclaration, task: ScoredTask): Int32Array | null {
  const { aggregate, entity, window } = wordsByRate(declaration, task);
  const isRate = (aggregate.kind === "rate" || aggregate.kind === "mean") && aggregate.measure === task.words.positive;
  if (!isRate || Number.isFinite(window)) return null;
  const keys = entity.flatMap((name) => task.entities.get(name)?.rows ?? []);
  return keys.length === entity.length && keys.length > 0 ? keys.reduce(crossed) : null;
}

/** Two categories as one: a key for each pair of keys that occurs. */
function crossed(one: Int32Array, other: Int32Array): Int32Array {
  const known = new Map<string, number>();
  return one.map((key, row) => {
    if (key < 0 || other[row] < 0) return -1;
    const pair = `${key} ${other[row]}`;
    const place = known.get(pair) ?? known.size;
    known.set(pair, place);
    return place;
  });
}
