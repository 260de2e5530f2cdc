/** NDCG@k: discounted gain of the ranking over that of the ideal ranking of all judged items. */

import type { RankedRequest, RequestMetric } from "./metric.ts";

/** `linear` counts the relevance itself, `exponential` 2^relevance - 1 (web search, LightGBM, XGBoost). Equal for 0/1 labels. */
export type Gain = "linear" | "exponential";

/** Sum of gain / log2(rank + 1) over the first `k` (Järvelin and Kekäläinen 2002, with ranks from 1). */
export function dcg(relevance: ArrayLike<number>, k: number = relevance.length, gain: Gain = "linear"): number {
  const depth = Math.min(k, relevance.length);
  let sum = 0;
  for (let i = 0; i < depth; i++) {
    const value = relevance[i];
    if (value > 0) sum += (gain === "linear" ? value : 2 ** value - 1) / Math.log2(i + 2);
  }
  return sum;
}

/**
 * DCG over the DCG of the ideal order of all judged items, both cut at `k`. 0 for a request with no relevant item.
 * Items are taken in the order returned; where scores tie, see `expectedNdcgUnderTies`.
 */
export function ndcgAt(request: RankedRequest, k: number, gain: Gain = "linear"): number {
  const ideal = dcg(Float64Array.from(request.judged).sort().reverse(), k, gain);
  return ideal === 0 ? 0 : dcg(request.relevance, k, gain) / ideal;
}

/**
 * NDCG@k of scored items where every order of tied scores is equally likely: each member of a tied group earns the group's
 * mean gain (McSherry and Najork 2008; scikit-learn's `ndcg_score`). All judged items must be given with their scores.
 */
export function expectedNdcgUnderTies(
  relevance: ArrayLike<number>,
  scores: ArrayLike<number>,
  k: number = relevance.length,
  gain: Gain = "linear",
): number {
  const order = Array.from({ length: relevance.length }, (_, i) => i).sort((i, j) => scores[j] - scores[i]);
  const gainOf = (i: number): number => (gain === "linear" ? relevance[i] : 2 ** relevance[i] - 1);
  let sum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let groupGain = 0;
    for (; end < order.length && scores[order[end]] === scores[order[start]]; end++) groupGain += gainOf(order[end]);
    for (let i = start; i < Math.min(end, k); i++) sum += groupGain / (end - start) / Math.log2(i + 2);
    start = end;
  }
  const ideal = dcg(Float64Array.from(relevance).sort().reverse(), k, gain);
  return ideal === 0 ? 0 : sum / ideal;
}

/** The metric `ndcg@k`. */
export const ndcg: RequestMetric = {
  name: "ndcg",
  aliases: ["normalized discounted cumulative gain", "normalised discounted cumulative gain"],
  over: "requests",
  cutoff: "required",
  direction: "higher is better",
  definition:
    "discounted gain of the first k over that of the ideal order of all judged items; 0 without a relevant item",
  variants: ["linear", "exponential"],
  measure: (request, k, variant) => ndcgAt(request, k, variant === "exponential" ? "exponential" : "linear"),
};
