import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogueCoverage, coverageAt } from "./catalogue-coverage.ts";
import { exposureEntropyAt } from "./exposure-entropy.ts";
import { giniAt, giniIndex } from "./gini.ts";
import { hitAt } from "./hit-rate.ts";
import { averagePrecisionAt, type MapDivisor } from "./map.ts";
import type { RankedRequest, RecommendedLists } from "./metric.ts";
import { reciprocalRank } from "./mrr.ts";
import { dcg, expectedNdcgUnderTies, ndcgAt } from "./ndcg.ts";
import { noveltyAt } from "./novelty.ts";
import { precisionAt } from "./precision.ts";
import { gradedRequest, rankedRequest } from "./ranked-request.ts";
import { recallAt } from "./recall.ts";

/** A request whose hits are given in ranked order, with `relevant` relevant items in all. */
function request(hits: readonly number[], relevant: number): RankedRequest {
  return { relevance: hits, judged: new Uint8Array(relevant).fill(1) };
}

const THREE = [request([1, 0, 1, 0, 0], 2), request([0, 0, 1, 0, 0], 1), request([0, 0, 0, 0, 0], 3)];

function meanOf(measure: (request: RankedRequest) => number): number {
  return THREE.reduce((sum, each) => sum + measure(each), 0) / THREE.length;
}

describe("binary ranking metrics of three requests", () => {
  test("agree with values worked out by hand, requests without hits included", () => {
    expect(meanOf((each) => reciprocalRank(each))).toBeCloseTo(4 / 9, 12);
    expect(meanOf((each) => hitAt(each, 5))).toBeCloseTo(2 / 3, 12);
    expect(meanOf((each) => precisionAt(each, 5))).toBeCloseTo(0.2, 12);
    expect(meanOf((each) => recallAt(each, 5))).toBeCloseTo(2 / 3, 12);
    expect(meanOf((each) => averagePrecisionAt(each, 5))).toBeCloseTo((5 / 6 + 1 / 3) / 3, 12);
  });

  test("a list shorter than k is judged over k places", () => {
    expect(precisionAt(request([1], 1), 10)).toBe(0.1);
    expect(recallAt(request([1], 1), 10)).toBe(1);
  });

  test("a request with nothing relevant counts 0, not NaN", () => {
    const empty = request([0, 0], 0);
    for (const value of [recallAt(empty, 2), precisionAt(empty, 2), ndcgAt(empty, 2), averagePrecisionAt(empty, 2)])
      expect(value).toBe(0);
    expect(reciprocalRank(empty)).toBe(0);
  });
});

describe("map@k", () => {
  test.each<[MapDivisor, number]>([
    ["min(k, R)", 1 / 3],
    ["R", 5 / 24],
    ["hits", 5 / 6],
    ["k", 1 / 3],
  ])("divided by %s gives its own value for the same ranking", (divisor, value) => {
    expect(averagePrecisionAt(request([1, 0, 1, 0, 0, 1, 0, 0, 0, 0], 8), 5, divisor)).toBeCloseTo(value, 12);
  });
});

describe("ndcg@k", () => {
  const relevance = [3, 2, 0, 1, 0, 2];
  const graded = { relevance, judged: relevance };

  test("agrees with the definition summed by hand, for both gains", () => {
    const byHand = 3 / Math.log2(2) + 2 / Math.log2(3) + 1 / Math.log2(5) + 2 / Math.log2(7);
    expect(dcg(relevance)).toBeCloseTo(byHand, 12);
    expect(dcg(relevance)).toBeCloseTo(5.404950439, 8);
    expect(ndcgAt(graded, 6)).toBeCloseTo(0.9494802277, 9);
    expect(dcg(relevance, 6, "exponential")).toBeCloseTo(10.39208738, 7);
    expect(ndcgAt(graded, 6, "exponential")).toBeCloseTo(0.9601441492, 9);
    expect(ndcgAt(graded, 3)).toBeCloseTo(0.8099531166, 9);
    expect(ndcgAt(graded, 3, "exponential")).toBeCloseTo(0.8556691604, 9);
  });

  test("takes the ideal from all judged items, which a list of its own flatters", () => {
    expect(ndcgAt({ relevance: [2, 0, 1], judged: [3, 2, 2, 1, 0] }, 3)).toBeCloseTo(0.4751172084, 9);
    expect(ndcgAt({ relevance: [2, 0, 1], judged: [2, 0, 1] }, 3)).toBeCloseTo(0.9502344168, 9);
  });

  test("under ties is the mean over every order of the tied items", () => {
    expect(expectedNdcgUnderTies([3, 0, 2, 1], [0.9, 0.9, 0.5, 0.1])).toBeCloseTo(0.8141926873, 9);
    const orders = [
      [3, 0, 2, 1],
      [0, 3, 2, 1],
    ];
    const mean = orders.reduce((sum, order) => sum + ndcgAt({ relevance: order, judged: order }, 4), 0) / 2;
    expect(expectedNdcgUnderTies([3, 0, 2, 1], [0.9, 0.9, 0.5, 0.1])).toBeCloseTo(mean, 12);
    expect(ndcgAt({ relevance: [3, 0, 2, 1], judged: [3, 0, 2, 1] }, 4)).toBeCloseTo(0.9304509197, 9);
  });

  test("is 1 exactly for an ideal order, never above 1, and both gains agree on binary labels", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (grades, k) => {
          const ideal = [...grades].sort((a, b) => b - a);
          const best = ndcgAt({ relevance: ideal, judged: grades }, k);
          expect(best).toBe(grades.some((grade) => grade > 0) ? 1 : 0);
          expect(ndcgAt({ relevance: grades, judged: grades }, k)).toBeLessThanOrEqual(best);
          const binary = grades.map((grade) => (grade > 2 ? 1 : 0));
          const both = { relevance: binary, judged: binary };
          expect(ndcgAt(both, k, "exponential")).toBe(ndcgAt(both, k));
        },
      ),
      { seed: 11 },
    );
  });
});

describe("a request built from item numbers", () => {
  test("counts an item returned twice once", () => {
    const built = rankedRequest([5, 5, 9], new Set([5, 7]));
    expect([...Array.from(built.relevance)]).toEqual([1, 0, 0]);
    expect(recallAt(built, 3)).toBe(0.5);
  });

  test("keeps grades and the ideal of items that were not returned", () => {
    const built = gradedRequest(
      [2, 1, 2],
      new Map([
        [1, 4],
        [2, 1],
        [8, 3],
      ]),
    );
    expect(Array.from(built.relevance)).toEqual([1, 4, 0]);
    expect(Array.from(built.judged).sort()).toEqual([1, 3, 4]);
  });
});

describe("what the lists show", () => {
  const lists: RecommendedLists = {
    catalogue: 1000,
    lists: [...Array(50).fill([0]), ...Array(30).fill([1]), ...Array(20).fill([2])],
    popularity: [8, 4, 4],
  };

  test("coverage, entropy, gini and novelty agree with values worked out by hand", () => {
    expect(coverageAt(lists)).toBe(0.003);
    expect(exposureEntropyAt(lists)).toBeCloseTo(1.485475297, 9);
    expect(giniAt(lists)).toBeCloseTo(0.2, 12);
    expect(giniAt(lists, 1, "over catalogue")).toBeCloseTo(1 - 0.003 * (1 - 0.2), 12);
    // Shares 1/2, 1/4, 1/4 are 1, 2 and 2 bits.
    expect(noveltyAt(lists)).toBeCloseTo(0.5 * 1 + 0.5 * 2, 12);
  });

  test("gini is the mean absolute difference over twice the mean", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 15 }), (amounts) => {
        fc.pre(amounts.some((amount) => amount > 0));
        const n = amounts.length;
        let differences = 0;
        for (const a of amounts) for (const b of amounts) differences += Math.abs(a - b);
        const mean = amounts.reduce((sum, amount) => sum + amount, 0) / n;
        expect(giniIndex(amounts)).toBeCloseTo(differences / (2 * n * n * mean), 10);
      }),
      { seed: 5 },
    );
  });

  test("an empty catalogue, no lists or no popularity give NaN rather than a number", () => {
    const none: RecommendedLists = { catalogue: 0, lists: [] };
    expect(catalogueCoverage.measure(none, 5, "")).toBeNaN();
    expect(noveltyAt(none)).toBeNaN();
    expect(giniAt(none)).toBeNaN();
    expect(exposureEntropyAt(none)).toBeNaN();
  });
});
