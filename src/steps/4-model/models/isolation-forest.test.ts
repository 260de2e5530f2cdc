import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { isolationScore, isolationScores, trainIsolationForest, unsuccessfulSearch } from "./isolation-forest.ts";

const random = createRandom(1);
const x = Float64Array.from({ length: 2000 }, (_, row) => (row < 10 ? 6 + row / 10 : random.normal()));
const y = Float64Array.from({ length: 2000 }, (_, row) => (row < 10 ? -5 : random.normal()));
const table = createTable({ x, y });
const forest = unwrap(trainIsolationForest(table, {}, createRandom(3)));

describe("an isolation forest", () => {
  it("scores planted outliers above every ordinary row but a few", () => {
    const scores = isolationScores(forest, table);
    const least = Math.min(...scores.subarray(0, 10));
    expect(scores.subarray(10).filter((score) => score >= least).length).toBeLessThan(5);
    expect(least).toBeGreaterThan(0.65);
    expect(isolationScore(forest, [0, 0])).toBeLessThan(0.5);
  });

  it("is the same for the same seed, and survives JSON", () => {
    expect(trainIsolationForest(table, {}, createRandom(3))).toEqual({ ok: true, value: forest });
    expect(JSON.parse(JSON.stringify(forest))).toEqual(forest);
    expect(trainIsolationForest(table, {}, createRandom(4))).not.toEqual({ ok: true, value: forest });
  });

  it("scores every row the same where all rows are alike", () => {
    const flat = createTable({ x: new Float64Array(50).fill(2) });
    const alike = unwrap(trainIsolationForest(flat, { rowsPerTree: 50 }, random));
    for (const score of isolationScores(alike, flat)) expect(score).toBeCloseTo(0.5, 12);
  });

  it("sends missing values with the larger side and puts infinities outermost", () => {
    const holed = createTable({ x: x.map((value, row) => (row % 3 === 0 ? Number.NaN : value)), y });
    const learned = unwrap(trainIsolationForest(holed, {}, random));
    expect(isolationScore(learned, [Number.NaN, 0])).toBeLessThan(0.55);
    expect(isolationScore(forest, [Number.POSITIVE_INFINITY, 0])).toBe(isolationScore(forest, [1e300, 0]));
  });

  it("says why it cannot be grown", () => {
    const code = (...parameters: Parameters<typeof trainIsolationForest>) => {
      const outcome = trainIsolationForest(...parameters);
      return outcome.ok ? "grown" : outcome.failure.code;
    };
    expect(code(createTable({ x: Float64Array.of(1) }), {}, random)).toBe("too-few-rows");
    expect(code(table, { features: ["z"] }, random)).toBe("missing-column");
    expect(code(table, { trees: 0 }, random)).toBe("bad-option");
  });
});

it("the mean depth of an unsuccessful search is that of small search trees and of a long harmonic series", () => {
  // Three places to fall off: either order of two keys has them at depths 1, 2 and 2.
  expect(unsuccessfulSearch(3)).toBeCloseTo(5 / 3, 12);
  // Euler and Maclaurin: H(n) = ln n + 0.5772156649 + 1 / 2n - 1 / 12 n^2.
  const harmonic = Math.log(255) + 0.5772156649015329 + 1 / 510 - 1 / (12 * 255 ** 2);
  expect(unsuccessfulSearch(256)).toBeCloseTo(2 * harmonic - (2 * 255) / 256, 9);
  expect([unsuccessfulSearch(1), unsuccessfulSearch(2)]).toEqual([0, 1]);
});
