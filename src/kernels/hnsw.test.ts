import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { createExactScan } from "./exact-scan.ts";
import type { KernelPath } from "./feature-probe.ts";
import { buildHnsw, loadHnsw } from "./hnsw.ts";

const paths: KernelPath[] = ["simd", "scalar"];

/** Vectors of unit length in clusters: what an index meets in practice. */
function clustered(count: number, dimensions: number, label: string): Float32Array {
  const centres = createRandom(1, "centres");
  const centre = Float32Array.from({ length: 20 * dimensions }, () => centres.normal());
  const random = createRandom(1, label);
  const vectors = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const own = random.below(20) * dimensions;
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    for (let d = 0; d < dimensions; d++) vector[d] = centre[own + d] + 0.5 * random.normal();
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    for (let d = 0; d < dimensions; d++) vector[d] /= length;
  }
  return vectors;
}

function recall(found: Int32Array, exact: Int32Array, k: number): number {
  let hits = 0;
  for (let from = 0; from < exact.length; from += k) {
    const truth = new Set(exact.subarray(from, from + k));
    for (const row of found.subarray(from, from + k)) if (truth.has(row)) hits++;
  }
  return hits / exact.length;
}

describe.each(paths)("the graph search, %s", (path) => {
  const vectors = clustered(1500, 10, "rows");
  const queries = clustered(50, 10, "queries");
  const build = (seed = 3) => buildHnsw(vectors, 10, { links: 8, construction: 60, random: createRandom(seed), path });
  const built = build();

  it("says which path it took", () => {
    expect(built.path).toBe(path);
  });

  it("finds nearly all of the ten best, and more of them with more effort", () => {
    const exact = createExactScan(vectors, 10).search(queries, 10).rows;
    const little = recall(built.search(queries, 10, 10).rows, exact, 10);
    const much = recall(built.search(queries, 10, 200).rows, exact, 10);
    expect(little).toBeGreaterThan(0.6);
    expect(much).toBeGreaterThan(0.98);
    expect(much).toBeGreaterThanOrEqual(little);
  });

  it("returns true scores, best first, no row twice", () => {
    const { rows, scores } = built.search(queries, 20, 40);
    for (let at = 0; at < rows.length; at++) {
      const query = Math.floor(at / 20);
      let score = 0;
      for (let d = 0; d < 10; d++) score += vectors[rows[at] * 10 + d] * queries[query * 10 + d];
      expect(Math.abs(scores[at] - score)).toBeLessThan(1e-6);
      if (at % 20 > 0) expect(scores[at]).toBeLessThanOrEqual(scores[at - 1]);
    }
    expect(new Set(rows.subarray(0, 20)).size).toBe(20);
  });

  it("is the same graph for the same seed, and keeps the limits on links", () => {
    const graph = built.graph();
    expect(build().graph()).toEqual(graph);
    expect(build(4).graph().starts).not.toEqual(graph.starts);
    for (let row = 0; row < 1500; row++) {
      const block = graph.ground.subarray(row * 17, (row + 1) * 17);
      const links = [...block.subarray(1, 1 + block[0])];
      expect(block[0]).toBeGreaterThan(0);
      expect(block[0]).toBeLessThanOrEqual(16);
      expect(new Set(links).size).toBe(links.length);
      expect(links.every((other) => other >= 0 && other < 1500 && other !== row)).toBe(true);
    }
  });

  it("saved and loaded finds the same", () => {
    const loaded = loadHnsw(structuredClone(built.graph()), path);
    expect(loaded.search(queries, 10, 50)).toEqual(built.search(queries, 10, 50));
    expect(loaded.graph()).toEqual(built.graph());
  });

  it("answers for no row, one row and a few rows", () => {
    for (const count of [0, 1, 3]) {
      const few = buildHnsw(vectors.slice(0, count * 10), 10, { random: createRandom(1), path });
      const { rows } = few.search(queries.subarray(0, 10), 5, 5);
      expect([...rows].filter((row) => row >= 0).sort()).toEqual(Array.from({ length: count }, (_, row) => row));
    }
  });

  it("refuses half rows, half queries and an effort beyond its memory", () => {
    const random = createRandom(1);
    expect(() => buildHnsw(new Float32Array(11), 10, { random, path })).toThrow("no whole rows of 10");
    expect(() => built.search(new Float32Array(11), 1, 1)).toThrow("no whole queries of 10");
    expect(() => built.search(new Float32Array(10), 1, 5000)).toThrow("at most 4096");
  });
});

describe.each(paths)("the graph search where vectors are equal or one-sided, %s", (path) => {
  const small = path === "scalar";
  const rows = (count: number, of: (row: number, d: number) => number) =>
    Float32Array.from({ length: count * 16 }, (_, at) => of(Math.floor(at / 16), at % 16));

  it("finds all copies of the best vector before any other", () => {
    const random = createRandom(100);
    const base = rows(5, () => random.normal());
    const vectors = rows(300, (row, d) => base[Math.floor(row / 60) * 16 + d]);
    const built = buildHnsw(vectors, 16, { random: createRandom(1), path });
    expect(built.count).toBe(300);
    const exact = createExactScan(vectors, 16).search(base, 80);
    const found = built.search(base, 80, 100);
    exact.scores.forEach((score, at) => {
      expect(found.scores[at]).toBeCloseTo(score, 4);
    });
    for (let query = 0; query < 5; query++) {
      const own = found.rows.subarray(query * 80, query * 80 + 60);
      const best = Math.floor(exact.rows[query * 80] / 60);
      expect([...own].every((row) => Math.floor(row / 60) === best)).toBe(true);
      expect(new Set(own).size).toBe(60);
    }
    const loaded = loadHnsw(structuredClone(built.graph()), path);
    expect(loaded.search(base, 80, 100)).toEqual(found);
    expect(loaded.count).toBe(300);
  });

  const random = createRandom(8);
  const count = small ? 150 : 600;
  const lengths = Float64Array.from({ length: count }, () => Math.exp(random.normal()));
  it.each([
    ["one direction", rows(count, () => 1 + 0.05 * random.normal())],
    ["one direction, lengths far apart", rows(count, (row) => lengths[row] * (1 + 0.3 * random.normal()))],
    ["a mean of 1", rows(count, () => 1 + 0.5 * random.normal())],
    ["one number apart", rows(count, (row, d) => (d === 0 ? row : 1))],
    ["a lonely row", rows(count, (row) => (row === 7 ? -5 - 0.1 * random.normal() : 1 + 0.2 * random.normal()))],
  ])("reaches all rows of %s", (_, vectors) => {
    const built = buildHnsw(vectors, 16, { random: createRandom(2), path });
    const queries = rows(4, () => 1 + 0.3 * random.normal());
    const { rows: found } = built.search(queries, count, count);
    for (let query = 0; query < 4; query++)
      expect(new Set(found.subarray(query * count, (query + 1) * count)).size).toBe(count);
    expect([...found].every((row) => row >= 0)).toBe(true);
    const k = 40;
    const exact = createExactScan(vectors, 16).search(queries, k).rows;
    expect(recall(built.search(queries, k, 100).rows, exact, k)).toBeGreaterThan(0.9);
  });
});

it("the graph search marks rows afresh after 65,535 searches", () => {
  const vectors = clustered(50, 4, "rows");
  const built = buildHnsw(vectors, 4, { links: 4, construction: 20, random: createRandom(2), path: "simd" });
  const query = vectors.subarray(0, 4);
  const first = built.search(query, 10, 30);
  for (let again = 0; again < 70_000; again++) built.search(query, 1, 1);
  expect(built.search(query, 10, 30)).toEqual(first);
});
