/** Metrics of rankings and of lists as strangers may call them: behind checks of items, grades and cut-offs. */

import { coverageAt as uncheckedCoverageAt } from "../steps/5-evaluate/metrics/catalogue-coverage.ts";
import * as entropy from "../steps/5-evaluate/metrics/exposure-entropy.ts";
import * as gini from "../steps/5-evaluate/metrics/gini.ts";
import { hitAt as uncheckedHitAt } from "../steps/5-evaluate/metrics/hit-rate.ts";
import { averagePrecisionAt as uncheckedAveragePrecisionAt } from "../steps/5-evaluate/metrics/map.ts";
import { reciprocalRank as uncheckedReciprocalRank } from "../steps/5-evaluate/metrics/mrr.ts";
import * as ndcg from "../steps/5-evaluate/metrics/ndcg.ts";
import { noveltyAt as uncheckedNoveltyAt } from "../steps/5-evaluate/metrics/novelty.ts";
import { precisionAt as uncheckedPrecisionAt } from "../steps/5-evaluate/metrics/precision.ts";
import * as requests from "../steps/5-evaluate/metrics/ranked-request.ts";
import { recallAt as uncheckedRecallAt } from "../steps/5-evaluate/metrics/recall.ts";
import {
  asLongAs,
  both,
  type Check,
  count,
  cutoff,
  finite,
  list,
  mass,
  notNegative,
  oneOf,
  optional,
  record,
} from "./check.ts";
import { guarded } from "./guard.ts";

const request: Check = both(record({ relevance: list(notNegative), judged: list(notNegative) }), (value, name) => {
  const { relevance, judged }: Requested = Object(value);
  const [found, known] = [relevance, judged].map((all) => Array.from(all).filter((one) => one > 0).length);
  return found <= known
    ? undefined
    : `${name}.relevance has ${found} relevant items, and ${name}.judged knows of ${known}`;
});
interface Requested {
  readonly relevance: ArrayLike<number>;
  readonly judged: ArrayLike<number>;
}
const gain = optional(oneOf("linear", "exponential"));
const returned = list(count(0));
export const rankedRequest = guarded("rankedRequest", { returned, relevant: collection }, requests.rankedRequest);
export const gradedRequest = guarded("gradedRequest", { returned, grades: collection }, requests.gradedRequest);
export const ndcgAt = guarded("ndcgAt", { request, k: cutoff, gain }, ndcg.ndcgAt);
export const expectedNdcgUnderTies = guarded(
  "expectedNdcgUnderTies",
  { relevance: list(notNegative), scores: list(finite), k: optional(cutoff), gain },
  ndcg.expectedNdcgUnderTies,
  (relevance, scores) => asLongAs({ relevance, scores }),
);
export const averagePrecisionAt = guarded(
  "averagePrecisionAt",
  { request, k: cutoff, divisor: optional(oneOf("min(k, R)", "R", "hits", "k")) },
  uncheckedAveragePrecisionAt,
);
export const recallAt = guarded("recallAt", { request, k: cutoff }, uncheckedRecallAt);
export const precisionAt = guarded("precisionAt", { request, k: count(1) }, uncheckedPrecisionAt);
export const reciprocalRank = guarded("reciprocalRank", { request, k: optional(cutoff) }, uncheckedReciprocalRank);
export const hitAt = guarded("hitAt", { request, k: cutoff }, uncheckedHitAt);

const lists: Check = both(
  record({ lists: list(list(count(0)), 1), catalogue: count(1, 2 ** 31), popularity: optional(list(notNegative)) }),
  (value, name) => {
    const { lists: all, catalogue, popularity }: Listed = Object(value);
    const stranger = all.flatMap((one) => Array.from(one)).find((item) => item >= catalogue);
    if (stranger !== undefined)
      return `${name}.lists holds item ${stranger}, and the catalogue ends at ${catalogue - 1}`;
    return popularity === undefined || popularity.length === catalogue
      ? undefined
      : `${name}.popularity has ${popularity.length} entries, but must have one for each of ${catalogue} items`;
  },
);
interface Listed {
  readonly lists: readonly ArrayLike<number>[];
  readonly catalogue: number;
  readonly popularity?: ArrayLike<number>;
}
const ofLists = { lists, k: optional(cutoff) };
export const noveltyAt = guarded("noveltyAt", ofLists, uncheckedNoveltyAt);
export const exposureEntropyAt = guarded("exposureEntropyAt", ofLists, entropy.exposureEntropyAt);
export const coverageAt = guarded("coverageAt", ofLists, uncheckedCoverageAt);
export const giniAt = guarded(
  "giniAt",
  { ...ofLists, population: optional(oneOf("over recommended", "over catalogue")) },
  gini.giniAt,
);
export const giniIndex = guarded("giniIndex", { amounts: mass }, gini.giniIndex);
export const entropyBits = guarded("entropyBits", { amounts: mass }, entropy.entropyBits);

/** A Set of items, or a Map of their grades, each from 0 on. */
function collection(value: unknown, name: string): string | undefined {
  if (value instanceof Set) return list(count(0))([...value], name);
  if (value instanceof Map)
    return list(count(0))([...value.keys()], name) ?? list(notNegative)([...value.values()], name);
  return `${name} is ${String(value).slice(0, 40)}, but must be a Set or a Map`;
}
