/** recall@k: the share of the relevant items that are among the first k. */

import type { RankedRequest, RequestMetric } from "./metric.ts";
import { countRelevant, hitsWithin } from "./ranked-request.ts";

/**
 * Hits in the first `k` over R, the number of relevant items of the request (not over min(k, R), so that a short list cannot
 * reach 1 when R > k). 0 for a request with no relevant item.
 */
export function recallAt(request: RankedRequest, k: number): number {
  const relevant = countRelevant(request);
  return relevant === 0 ? 0 : hitsWithin(request, k) / relevant;
}

/** The metric `recall@k`. */
export const recall: RequestMetric = {
  name: "recall",
  aliases: ["sensitivity at k"],
  over: "requests",
  cutoff: "required",
  direction: "higher is better",
  definition: "hits among the first k over the number of relevant items",
  variants: [],
  measure: recallAt,
};
