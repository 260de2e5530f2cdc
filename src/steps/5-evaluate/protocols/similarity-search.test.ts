import { describe, expect, it } from "vitest";
import { similarityMeasures } from "./similarity-measures.ts";
import { mapAtR, searchPhotos } from "./similarity-search.ts";

/** Unit vectors at these angles. */
function at(...degrees: number[]): Float32Array {
  return Float32Array.from(
    degrees.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
  );
}

describe("search among photos", () => {
  const rows = Int32Array.from([0, 1, 2, 3, 4]);
  const photos = { vectors: at(0, 1, 10, 25, 40), dimensions: 2, label: [0, 0, 1, 0, 0], group: [0, 0, 1, 2, 3] };

  it("never answers with a photo of the same item, and orders the others by angle", () => {
    const [first] = searchPhotos(photos, Int32Array.of(0), rows);
    expect([...first.order]).toEqual([2, 3, 4]);
    expect([...Array.from(first.request.relevance)]).toEqual([0, 1, 1]);
  });

  it("measures mAP@R and hits by hand-counted values", () => {
    const [first] = searchPhotos(photos, Int32Array.of(0), rows);
    // R = 2: at rank 1 a miss, at rank 2 a hit with precision 1/2; over R.
    expect(mapAtR(first)).toBe(0.25);
    const measured = Object.fromEntries(similarityMeasures([]).map(({ name, measure }) => [name, measure(first)]));
    expect(measured).toMatchObject({ "hit rate@1": 0, "hit rate@5": 1, "map@R": 0.25 });
    expect(measured["ndcg@10"]).toBeCloseTo((1 / Math.log2(3) + 1 / 2) / (1 + 1 / Math.log2(3)), 12);
  });

  it("lets the note's first metric decide, and measures each once", () => {
    const names = similarityMeasures(["recall@20", "ndcg@10", "purchases"]).map(({ name }) => name);
    expect(names[0]).toBe("recall@20");
    expect(names.filter((name) => name === "ndcg@10")).toHaveLength(1);
  });
});
