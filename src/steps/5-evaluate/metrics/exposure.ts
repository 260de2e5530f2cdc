/** Exposure: how often each item was shown, over all requests. */

import type { RecommendedLists } from "./metric.ts";

/** Item number to the number of lists that show it within the first `k`. */
export function exposure(lists: RecommendedLists, k: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const list of lists.lists) {
    const depth = Math.min(k, list.length);
    for (let i = 0; i < depth; i++) counts.set(list[i], (counts.get(list[i]) ?? 0) + 1);
  }
  return counts;
}
