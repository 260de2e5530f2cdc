/** MAP@k: the mean over requests of the average precision at the ranks of the hits. */

import type { RankedRequest, RequestMetric } from "./metric.ts";
import { countRelevant, hitsWithin } from "./ranked-request.ts";

/**
 * What the sum of precisions is divided by: `min(k, R)` (the default; also Kaggle's), `R` (all relevant items, as TREC does),
 * the `hits` found, or `k`. The same ranking can score 0.21 by one and 0.83 by another, so the divisor belongs beside the number.
 */
export type MapDivisor = "min(k, R)" | "R" | "hits" | "k";

const DIVISORS: readonly MapDivisor[] = ["min(k, R)", "R", "hits", "k"];

/** Sum over hits within the first `k` of the precision at their rank, over the divisor. 0 for a request with no relevant item. */
export function averagePrecisionAt(request: RankedRequest, k: number, divisor: MapDivisor = "min(k, R)"): number {
  const depth = Math.min(k, request.relevance.length);
  let hits = 0;
  let sum = 0;
  for (let i = 0; i < depth; i++) {
    if (request.relevance[i] > 0) {
      hits++;
      sum += hits / (i + 1);
    }
  }
  return hits === 0 ? 0 : sum / divideBy(request, k, divisor);
}

function divideBy(request: RankedRequest, k: number, divisor: MapDivisor): number {
  switch (divisor) {
    case "min(k, R)":
      return Math.min(k, countRelevant(request));
    case "R":
      return countRelevant(request);
    case "hits":
      return hitsWithin(request, k);
    case "k":
      return k;
  }
}

/** The metric `map@k`. */
export const map: RequestMetric = {
  name: "map",
  aliases: ["mean average precision"],
  over: "requests",
  cutoff: "required",
  direction: "higher is better",
  definition: "mean precision at the ranks of the hits, over the smaller of k and the number of relevant items",
  variants: DIVISORS,
  measure: (request, k, variant) =>
    averagePrecisionAt(
      request,
      k,
      DIVISORS.find((divisor) => divisor === variant),
    ),
};
