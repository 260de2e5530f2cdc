/** MRR: the mean of one over the rank of the first relevant item. */

import type { RankedRequest, RequestMetric } from "./metric.ts";

/** 1 over the rank of the first relevant item within the first `k`, 0 when there is none. */
export function reciprocalRank(request: RankedRequest, k: number = request.relevance.length): number {
  const depth = Math.min(k, request.relevance.length);
  for (let i = 0; i < depth; i++) if (request.relevance[i] > 0) return 1 / (i + 1);
  return 0;
}

/** The metric `mrr`. */
export const mrr: RequestMetric = {
  name: "mrr",
  aliases: ["mean reciprocal rank", "reciprocal rank"],
  over: "requests",
  cutoff: "optional",
  direction: "higher is better",
  definition: "mean of 1 over the rank of the first relevant item; 0 when none is returned",
  variants: [],
  measure: reciprocalRank,
};
