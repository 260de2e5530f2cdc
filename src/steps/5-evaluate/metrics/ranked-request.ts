/** A request's returned items against its relevant ones: built from item numbers, counted for the metrics. */

import type { RankedRequest } from "./metric.ts";

/**
 * The request for a list of returned item numbers and the relevant ones (binary relevance). An item returned twice counts as a
 * hit the first time only.
 */
export function rankedRequest(returned: ArrayLike<number>, relevant: ReadonlySet<number>): RankedRequest {
  const relevance = new Uint8Array(returned.length);
  const seen = new Set<number>();
  for (let i = 0; i < returned.length; i++) {
    if (relevant.has(returned[i]) && !seen.has(returned[i])) {
      relevance[i] = 1;
      seen.add(returned[i]);
    }
  }
  return { relevance, judged: new Uint8Array(relevant.size).fill(1) };
}

/** The request for a list of returned item numbers and the graded relevance of every judged item. */
export function gradedRequest(returned: ArrayLike<number>, grades: ReadonlyMap<number, number>): RankedRequest {
  const relevance = new Float64Array(returned.length);
  const seen = new Set<number>();
  for (let i = 0; i < returned.length; i++) {
    const grade = grades.get(returned[i]);
    if (grade !== undefined && !seen.has(returned[i])) {
      relevance[i] = grade;
      seen.add(returned[i]);
    }
  }
  return { relevance, judged: Float64Array.from(grades.values()) };
}

/** R: how many judged items are relevant. */
export function countRelevant(request: RankedRequest): number {
  let count = 0;
  for (let i = 0; i < request.judged.length; i++) if (request.judged[i] > 0) count++;
  return count;
}

/** Relevant items among the first `k`. */
export function hitsWithin(request: RankedRequest, k: number): number {
  const depth = Math.min(k, request.relevance.length);
  let hits = 0;
  for (let i = 0; i < depth; i++) if (request.relevance[i] > 0) hits++;
  return hits;
}
