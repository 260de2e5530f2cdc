import { expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { createTable, numbers } from "../../core/table.ts";
import { withSyntheticPositives } from "./synthetic-positives.ts";

/** Two groups of positives, far from each other, among forty negatives. */
const NEGATIVES = 40;
const left = Array.from({ length: 6 }, (_, at) => [at, 1000 + at]);
const right = Array.from({ length: 6 }, (_, at) => [100 + at, 2000 + at]);
const rows = [...Array.from({ length: NEGATIVES }, (_, at) => [-50 - at, 0]), ...left, ...right];
const features = createTable({
  near: Float64Array.from(rows, ([one]) => one),
  far: Float64Array.from(rows, ([, other]) => other),
});
const labels = Uint8Array.from(rows, (_, at) => (at < NEGATIVES ? 0 : 1));

it("adds positives until there are so many a negative, between neighbours of one group, and leaves the rows that are", () => {
  const made = withSyntheticPositives(features, labels, 0.5, createRandom(1));
  expect(made.labels.length).toBe(NEGATIVES + 20);
  expect(made.labels.reduce((sum, one) => sum + one, 0)).toBe(20);
  const [near, far] = ["near", "far"].map((name) => numbers(made.features, name));
  expect([...near.slice(0, rows.length)]).toEqual(rows.map(([one]) => one));
  for (let row = rows.length; row < near.length; row++) {
    const group = near[row] < 50 ? 0 : 100;
    expect(near[row]).toBeGreaterThanOrEqual(group);
    expect(near[row]).toBeLessThanOrEqual(group + 5);
    // Both columns move by the same share of the way.
    expect(far[row] - near[row]).toBeCloseTo(group === 0 ? 1000 : 1900, 9);
  }
  const between = near.slice(rows.length).filter((value) => !Number.isInteger(value));
  expect(between.length).toBeGreaterThan(5);
});

it("adds none where there are enough, and draws a missing value from nowhere", () => {
  expect(withSyntheticPositives(features, labels, 0.3, createRandom(1)).labels).toBe(labels);
  const gap = createTable({ near: numbers(features, "near"), far: numbers(features, "far").map(() => Number.NaN) });
  const made = withSyntheticPositives(gap, labels, 1, createRandom(1));
  expect(made.labels.length).toBe(2 * NEGATIVES);
  expect([...numbers(made.features, "far")].every(Number.isNaN)).toBe(true);
  expect([...numbers(made.features, "near")].some(Number.isNaN)).toBe(false);
});
