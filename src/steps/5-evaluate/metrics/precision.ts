/** precision@k: the share of the first k places that hold a relevant item. */

import type { RankedRequest, RequestMetric } from "./metric.ts";
import { hitsWithin } from "./ranked-request.ts";

/** Hits in the first `k` over k, also where fewer than k items were returned: an empty place is a wasted one. */
export function precisionAt(request: RankedRequest, k: number): number {
  return hitsWithin(request, k) / k;
}

/** The metric `precision@k`. */
export const precision: RequestMetric = {
  name: "precision",
  aliases: [],
  over: "requests",
  cutoff: "required",
  direction: "higher is better",
  definition: "hits among the first k over k",
  variants: [],
  measure: precisionAt,
};
