/** Novelty: how surprising the shown items are, as the mean self-information of their popularity. */

import type { ListMetric, RecommendedLists } from "./metric.ts";

/**
 * Mean over shown items of -log2 of the item's share of the training events, in bits (Zhou et al. 2010, "Solving the apparent
 * diversity-accuracy dilemma of recommender systems"). An item without events counts as if it had one. Each list weighs the same.
 * NaN when there is no popularity or nothing was shown.
 */
export function noveltyAt(lists: RecommendedLists, k: number = Number.POSITIVE_INFINITY): number {
  const { popularity } = lists;
  if (popularity === undefined) return Number.NaN;
  let events = 0;
  for (let i = 0; i < popularity.length; i++) events += popularity[i];
  let total = 0;
  let shown = 0;
  for (const list of lists.lists) {
    const depth = Math.min(k, list.length);
    if (depth === 0) continue;
    let sum = 0;
    for (let i = 0; i < depth; i++) sum -= Math.log2(Math.max(1, popularity[list[i]] ?? 0) / events);
    total += sum / depth;
    shown++;
  }
  return shown === 0 || events === 0 ? Number.NaN : total / shown;
}

/** The metric `novelty`. */
export const novelty: ListMetric = {
  name: "novelty",
  aliases: ["self-information", "self information", "surprisal"],
  over: "lists",
  cutoff: "optional",
  direction: "higher is better",
  definition: "mean self-information of the shown items in bits: -log2 of their share of the training events",
  variants: [],
  measure: noveltyAt,
};
