import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import type { KernelPath } from "./feature-probe.ts";
import type { Int8Rows } from "./int8-scan.scalar.ts";
import { createInt8Scan } from "./int8-scan.ts";

const paths: KernelPath[] = ["simd", "scalar"];

function randomRows(count: number, dimensions: number): Int8Rows {
  const random = createRandom(count);
  return {
    dimensions,
    values: Int8Array.from({ length: count * dimensions }, () => random.below(255) - 127),
    scales: Float32Array.from({ length: count }, () => 0.01 + random.uniform()),
  };
}

describe.each(paths)("the 8-bit scan, %s", (path) => {
  it("says which path it took", () => {
    expect(createInt8Scan(randomRows(3, 4), { path }).path).toBe(path);
  });

  it("finds the rows with the largest inner products, for widths and counts that fill no whole vector", () => {
    for (const [count, dimensions, queries, k] of [
      [1003, 64, 9, 100],
      [50, 20, 1, 7],
      [17, 3, 20, 5],
      [6, 600, 3, 6],
    ]) {
      const rows = randomRows(count, dimensions);
      const random = createRandom(9);
      const asked = Float32Array.from({ length: queries * dimensions }, () => random.normal());
      const found = createInt8Scan(rows, { path }).search(asked, k);
      for (let query = 0; query < queries; query++) {
        const own = asked.subarray(query * dimensions, (query + 1) * dimensions);
        const scores = Array.from({ length: count }, (_, row) =>
          own.reduce((sum, value, d) => sum + value * rows.values[row * dimensions + d] * rows.scales[row], 0),
        );
        const best = [...scores].sort((a, b) => b - a);
        // Half a step of the query's quantization in every dimension, times the largest row value.
        const step = Math.max(...own.map(Math.abs)) / Math.min(32_767, Math.floor((2 ** 31 - 1) / (127 * dimensions)));
        const tolerance = dimensions * step * 127 * 1.01;
        const listed = [...found.rows.subarray(query * k, (query + 1) * k)];
        expect(new Set(listed).size).toBe(k);
        listed.forEach((row, place) => {
          expect(Math.abs(scores[row] - best[place])).toBeLessThan(tolerance);
          expect(Math.abs(scores[row] - found.scores[query * k + place])).toBeLessThan(tolerance);
        });
      }
    }
  });

  it("finds rows whose best score is below zero, and never the padding", () => {
    const rows = { dimensions: 2, values: Int8Array.of(-1, -1, -2, -2, -3, -3), scales: Float32Array.of(1, 1, 1) };
    const found = createInt8Scan(rows, { path }).search(Float32Array.of(1, 1), 5);
    expect([...found.rows]).toEqual([0, 1, 2, -1, -1]);
    expect(found.scores[0]).toBeCloseTo(-2, 3);
    expect(found.scores[3]).toBe(Number.NEGATIVE_INFINITY);
  });

  it("gives a query of zeros the first rows, and no rows nothing", () => {
    expect([...createInt8Scan(randomRows(9, 4), { path }).search(new Float32Array(4), 3).rows]).toEqual([0, 1, 2]);
    expect([...createInt8Scan(randomRows(0, 4), { path }).search(new Float32Array(4), 2).rows]).toEqual([-1, -1]);
  });

  it("refuses rows that do not match their scales, half queries and a k it was not made for", () => {
    const bad = { dimensions: 2, values: new Int8Array(5), scales: new Float32Array(2) };
    expect(() => createInt8Scan(bad, { path })).toThrow("5 numbers and 2 scales");
    const scan = createInt8Scan(randomRows(4, 2), { path, mostResults: 3 });
    expect(() => scan.search(new Float32Array(3), 1)).toThrow("no whole queries");
    expect(() => scan.search(new Float32Array(2), 4)).toThrow("1 to 3");
  });
});

it("the 8-bit scan finds the same rows by SIMD as by its scalar twin", () => {
  // Integer sums are exact, and one conversion and one product round the same way on both paths.
  const rows = randomRows(500, 40);
  const random = createRandom(3);
  const asked = Float32Array.from({ length: 400 }, () => random.normal());
  const simd = createInt8Scan(rows, { path: "simd" }).search(asked, 50);
  const scalar = createInt8Scan(rows, { path: "scalar" }).search(asked, 50);
  expect(simd.rows).toEqual(scalar.rows);
  expect(simd.scores).toEqual(scalar.scores);
});
