/** Gini index of exposure: 0 when every item is shown equally often, towards 1 when a few take everything. */

import { exposure } from "./exposure.ts";
import type { ListMetric, RecommendedLists } from "./metric.ts";

/** Which items are counted: those shown at all, or the whole catalogue with zeros for the rest. */
export type GiniPopulation = "over recommended" | "over catalogue";

/** Gini index of non-negative amounts: sum of (2i - n - 1) x_(i) over n times their sum. NaN when they sum to 0. */
export function giniIndex(amounts: ArrayLike<number>): number {
  const sorted = Float64Array.from(amounts).sort();
  const n = sorted.length;
  let weighted = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    weighted += (2 * (i + 1) - n - 1) * sorted[i];
    sum += sorted[i];
  }
  return sum > 0 ? weighted / (n * sum) : Number.NaN;
}

/** Gini index of how often items are shown within the first `k`. */
export function giniAt(
  lists: RecommendedLists,
  k: number = Number.POSITIVE_INFINITY,
  population: GiniPopulation = "over recommended",
): number {
  const counts = [...exposure(lists, k).values()];
  if (population === "over recommended") return giniIndex(counts);
  const all = new Float64Array(Math.max(lists.catalogue, counts.length));
  all.set(counts);
  return giniIndex(all);
}

/** The metric `gini`. */
export const gini: ListMetric = {
  name: "gini",
  aliases: ["gini index", "gini coefficient"],
  over: "lists",
  cutoff: "optional",
  direction: "lower is better",
  definition: "concentration of exposure: 0 when all shown items are shown equally often",
  variants: ["over recommended", "over catalogue"],
  measure: (lists, k, variant) =>
    giniAt(lists, k, variant === "over catalogue" ? "over catalogue" : "over recommended"),
};
