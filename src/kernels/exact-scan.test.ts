import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { createExactScan } from "./exact-scan.ts";
import type { KernelPath } from "./feature-probe.ts";

const paths: KernelPath[] = ["simd", "scalar"];

function gaussian(length: number, label: string): Float32Array {
  const random = createRandom(1, label);
  return Float32Array.from({ length }, () => random.normal());
}

describe.each(paths)("the exact scan, %s", (path) => {
  it("says which path it took", () => {
    expect(createExactScan(new Float32Array(4), 4, { path }).path).toBe(path);
  });

  it("finds the rows with the largest inner products, for widths and counts that fill no whole vector", () => {
    for (const [count, dimensions, queries, k] of [
      [1003, 64, 9, 100],
      [50, 20, 1, 7],
      [17, 3, 20, 5],
      [6, 130, 3, 6],
    ]) {
      const vectors = gaussian(count * dimensions, "rows");
      const asked = gaussian(queries * dimensions, "queries");
      const found = createExactScan(vectors, dimensions, { path }).search(asked, k);
      for (let query = 0; query < queries; query++) {
        const scores = Array.from({ length: count }, (_, row) => {
          let sum = 0;
          for (let d = 0; d < dimensions; d++) sum += vectors[row * dimensions + d] * asked[query * dimensions + d];
          return sum;
        });
        const best = [...scores].sort((a, b) => b - a).slice(0, k);
        const rows = [...found.rows.subarray(query * k, (query + 1) * k)];
        expect(new Set(rows).size).toBe(k);
        // Float32 sums of d products of standard normals are off by less than d times the unit roundoff times the sum of magnitudes.
        const tolerance = dimensions * 2 ** -24 * dimensions * 4;
        rows.forEach((row, place) => {
          expect(Math.abs(scores[row] - best[place])).toBeLessThan(tolerance);
          expect(Math.abs(found.scores[query * k + place] - scores[row])).toBeLessThan(tolerance);
        });
      }
    }
  });

  it("puts the smaller row first when scores are equal", () => {
    const vectors = new Float32Array(40 * 4).fill(1);
    vectors[13 * 4] = 2;
    const found = createExactScan(vectors, 4, { path }).search(Float32Array.of(1, 1, 1, 1), 5);
    expect([...found.rows]).toEqual([13, 0, 1, 2, 3]);
  });

  it("leaves places empty when there are fewer rows than asked for", () => {
    const found = createExactScan(Float32Array.of(1, 2), 1, { path }).search(Float32Array.of(1), 4);
    expect([...found.rows]).toEqual([1, 0, -1, -1]);
    expect([...found.scores]).toEqual([2, 1, -Infinity, -Infinity]);
    expect([...createExactScan(new Float32Array(0), 1, { path }).search(Float32Array.of(1), 1).rows]).toEqual([-1]);
  });

  it("refuses half rows, half queries and a k it was not made for", () => {
    expect(() => createExactScan(new Float32Array(5), 2, { path })).toThrow("5 numbers are no whole rows of 2");
    const scan = createExactScan(new Float32Array(4), 2, { path, mostResults: 3 });
    expect(() => scan.search(new Float32Array(3), 1)).toThrow("no whole queries");
    expect(() => scan.search(new Float32Array(2), 4)).toThrow("1 to 3");
  });
});
