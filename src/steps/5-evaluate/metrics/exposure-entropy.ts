/** Entropy of exposure: how evenly the shown places are spread over items, in bits. */

import { exposure } from "./exposure.ts";
import type { ListMetric, RecommendedLists } from "./metric.ts";

/** Shannon entropy of non-negative amounts taken as shares, in bits. NaN when they sum to 0. */
export function entropyBits(amounts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < amounts.length; i++) sum += amounts[i];
  if (!(sum > 0)) return Number.NaN;
  let entropy = 0;
  for (let i = 0; i < amounts.length; i++)
    if (amounts[i] > 0) entropy -= (amounts[i] / sum) * Math.log2(amounts[i] / sum);
  return entropy;
}

/** Entropy of how often items are shown within the first `k`, in bits. */
export function exposureEntropyAt(lists: RecommendedLists, k: number = Number.POSITIVE_INFINITY): number {
  return entropyBits([...exposure(lists, k).values()]);
}

/** The metric `exposure entropy`. */
export const exposureEntropy: ListMetric = {
  name: "exposure entropy",
  aliases: ["entropy", "shannon entropy"],
  over: "lists",
  cutoff: "optional",
  direction: "higher is better",
  definition: "Shannon entropy of the shown items, in bits",
  variants: [],
  measure: exposureEntropyAt,
};
