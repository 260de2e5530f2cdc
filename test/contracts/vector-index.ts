/** What every vector index must do; each index's test runs it with its own options. */

import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { MOST_RESULTS, type VectorIndexType } from "../../src/steps/6-deploy/index/vector-index.ts";

export interface VectorIndexContract<Options> {
  readonly index: VectorIndexType<Options>;
  readonly options?: Partial<Options>;
  /** The least share of the true best that must be found. */
  readonly recall: number;
  /** How far measured bytes per vector may lie above the formula's, as a ratio. */
  readonly bytesWithin: number;
}

const COUNT = 2000;
const DIMENSIONS = 24;
const QUERIES = 40;
const K = 10;

export function describeVectorIndex<Options>(contract: VectorIndexContract<Options>): void {
  const { index } = contract;
  const options: Options = { ...index.defaults, ...contract.options };
  const vectors = gaussian(COUNT * DIMENSIONS, "rows");
  const queries = gaussian(QUERIES * DIMENSIONS, "queries");
  const build = (rows: Float32Array, seed = 1) => index.build(rows, DIMENSIONS, options, createRandom(seed));

  describe(`${index.type} as a vector index, ${JSON.stringify(options)}`, () => {
    const built = build(vectors);

    it("says what it is and how much it holds", () => {
      expect(built.type).toBe(index.type);
      expect(built.count).toBe(COUNT);
      expect(built.dimensions).toBe(DIMENSIONS);
    });

    it("finds the rows of largest inner product", () => {
      const found = built.search(queries, K);
      let hits = 0;
      for (let query = 0; query < QUERIES; query++) {
        const scores = Array.from({ length: COUNT }, (_, row) => inner(vectors, row, queries, query));
        const best = new Set([...scores.keys()].sort((a, b) => scores[b] - scores[a]).slice(0, K));
        const listed = found.rows.subarray(query * K, (query + 1) * K);
        expect(new Set(listed).size).toBe(K);
        for (const row of listed) if (best.has(row)) hits++;
      }
      expect(hits / (QUERIES * K)).toBeGreaterThanOrEqual(contract.recall);
    });

    it("lists scores that are near the true ones, best first", () => {
      const found = built.search(queries, K);
      found.rows.forEach((row, at) => {
        expect(found.scores[at]).toBeCloseTo(inner(vectors, row, queries, Math.floor(at / K)), 0);
        if (at % K > 0) expect(found.scores[at]).toBeLessThanOrEqual(found.scores[at - 1]);
      });
    });

    it("gives as many results as it promises, and refuses more", () => {
      const one = queries.subarray(0, DIMENSIONS);
      const found = [...built.search(one, MOST_RESULTS).rows].filter((row) => row >= 0);
      expect(found.length).toBeGreaterThan(0.95 * COUNT);
      expect(new Set(found).size).toBe(found.length);
      expect(() => built.search(one, MOST_RESULTS + 1)).toThrow(RangeError);
    });

    it("gives many queries at once the answers that each gets alone", () => {
      const together = built.search(queries, K);
      for (let query = 0; query < QUERIES; query++) {
        const alone = built.search(queries.subarray(query * DIMENSIONS, (query + 1) * DIMENSIONS), K);
        expect(alone.rows).toEqual(together.rows.subarray(query * K, (query + 1) * K));
        expect(alone.scores).toEqual(together.scores.subarray(query * K, (query + 1) * K));
      }
    });

    it("is the same for the same seed", () => {
      expect(build(vectors).toArtefact()).toEqual(built.toArtefact());
    });

    it("saved and loaded gives the same answers", () => {
      const artefact = built.toArtefact();
      expect(artefact.type).toBe(index.type);
      const stored = { ...structuredClone(artefact), meta: JSON.parse(JSON.stringify(artefact.meta)) };
      const loaded = index.fromArtefact(stored);
      expect(loaded.search(queries, K)).toEqual(built.search(queries, K));
      expect(loaded.bytesPerVector).toBe(built.bytesPerVector);
      expect(loaded.toArtefact()).toEqual(artefact);
    });

    it("takes about the bytes per vector that its formula says", () => {
      const ratio = built.bytesPerVector / index.estimateBytes(DIMENSIONS, options);
      expect(ratio).toBeGreaterThanOrEqual(1);
      expect(ratio).toBeLessThan(contract.bytesWithin);
    });

    it("answers with empty places when it holds fewer rows than asked for", () => {
      const [none, two] = [0, 2].map((rows) => build(vectors.slice(0, rows * DIMENSIONS)));
      const one = queries.subarray(0, DIMENSIONS);
      expect([...none.search(one, 3).rows]).toEqual([-1, -1, -1]);
      expect([...two.search(one, 3).rows].sort()).toEqual([-1, 0, 1]);
      expect(two.search(one, 3).scores[2]).toBe(Number.NEGATIVE_INFINITY);
    });
  });
}

function gaussian(length: number, label: string): Float32Array {
  const random = createRandom(1, label);
  return Float32Array.from({ length }, () => random.normal());
}

function inner(vectors: Float32Array, row: number, queries: Float32Array, query: number): number {
  let sum = 0;
  for (let d = 0; d < DIMENSIONS; d++) sum += vectors[row * DIMENSIONS + d] * queries[query * DIMENSIONS + d];
  return sum;
}
