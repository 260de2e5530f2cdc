import { describe, expect, it } from "vitest";
import { mergeCandidates } from "./merge-candidates.ts";
import type { RankedLists } from "./ranked-lists.ts";

function lists(...each: number[][]): RankedLists {
  const offsets = Int32Array.from([0, ...each.map((_, i) => each.slice(0, i + 1).flat().length)]);
  const items = Int32Array.from(each.flat());
  return { offsets, items, scores: Float32Array.from(items, (_, i) => -i) };
}

const merged = (result: RankedLists, request: number): number[] => [
  ...result.items.subarray(result.offsets[request], result.offsets[request + 1]),
];

describe("merging candidates", () => {
  it("gives every source its quota, every title once, and fills up with the primary source", () => {
    const result = mergeCandidates(lists([1, 2, 3, 4, 5]), [{ lists: lists([2, 9, 8]), quota: 2 }], {
      keep: 5,
      cold: lists([7], [7]),
      isCold: () => false,
    });
    expect(merged(result, 0)).toEqual([1, 2, 3, 9, 8]);
    const short = mergeCandidates(lists([1, 2, 3, 4, 5]), [{ lists: lists([1]), quota: 2 }], {
      keep: 5,
      cold: lists([7], [7]),
      isCold: () => false,
    });
    expect(merged(short, 0)).toEqual([1, 2, 3, 4, 5]);
  });

  it("remembers nothing of the request before, and knows titles of any number", () => {
    const others = [{ lists: lists([9, 100_000], [1, 9], []), quota: 2 }];
    const result = mergeCandidates(lists([1, 2], [2, 100_000, 1], [100_000, 1]), others, {
      keep: 5,
      cold: lists([], [], []),
      isCold: () => false,
    });
    expect([0, 1, 2].map((request) => merged(result, request))).toEqual([
      [1, 2, 9, 100_000],
      [2, 100_000, 1, 9],
      [100_000, 1],
    ]);
  });

  it("lets the cold-start source lead where there is no history", () => {
    const options = { keep: 2, cold: lists([7, 8], [7, 8]), isCold: (request: number) => request === 1 };
    const result = mergeCandidates(lists([1, 2], [1, 2]), [], options);
    expect(merged(result, 0)).toEqual([1, 2]);
    expect(merged(result, 1)).toEqual([7, 8]);
  });
});
