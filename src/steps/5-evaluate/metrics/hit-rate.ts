/** hit rate@k: the share of requests with at least one relevant item among the first k. */

import type { RankedRequest, RequestMetric } from "./metric.ts";
import { hitsWithin } from "./ranked-request.ts";

/** 1 when the first `k` hold a relevant item, else 0. */
export function hitAt(request: RankedRequest, k: number): number {
  return hitsWithin(request, k) > 0 ? 1 : 0;
}

/** The metric `hit rate@k`. */
export const hitRate: RequestMetric = {
  name: "hit rate",
  aliases: ["hitrate", "hit-rate", "hit ratio", "hr"],
  over: "requests",
  cutoff: "required",
  direction: "higher is better",
  definition: "share of requests with a relevant item among the first k",
  variants: [],
  measure: hitAt,
};
