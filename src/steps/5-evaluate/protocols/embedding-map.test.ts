import { expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { embeddingMap } from "./embedding-map.ts";

it("the map's axes are those along which vectors differ most, and it says how much they carry", () => {
  const random = createRandom(2);
  const rows = Int32Array.from({ length: 200 }, (_, row) => row);
  // Deviations 10, 3 and 1: of 110 parts of variance the first two axes carry 100 and 9.
  const vectors = Float32Array.from(
    Array.from(rows).flatMap(() => [random.normal(), 10 * random.normal(), 3 * random.normal()]),
  );
  const map = embeddingMap({ vectors, dimensions: 3 }, rows, new Int32Array(200), ["one"], createRandom(1));
  const spread = (of: (point: (typeof map.points)[number]) => number): number =>
    Math.sqrt(map.points.reduce((sum, point) => sum + of(point) ** 2, 0) / map.points.length);
  expect(spread(({ x }) => Number(x))).toBeGreaterThan(8.5);
  expect(spread(({ y }) => y)).toBeGreaterThan(2.5);
  expect(spread(({ y }) => y)).toBeLessThan(3.5);
  expect(map.caption).toMatch(/\(9\d% and [789]\.?\d?% of the variance\)/u);
});

it("a map of vectors that are all the same is a point", () => {
  const map = embeddingMap(
    { vectors: new Float32Array(40).fill(1), dimensions: 4 },
    Int32Array.from({ length: 10 }, (_, row) => row),
    new Int32Array(10),
    ["one"],
    createRandom(1),
  );
  expect(map.points.every(({ x, y }) => Math.abs(Number(x)) < 1e-9 && Math.abs(y) < 1e-9)).toBe(true);
});
