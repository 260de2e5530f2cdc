import { expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { createTable } from "../../core/table.ts";
import { openReconstruction } from "./reconstruction-error.ts";

const random = createRandom(4);
const base = Float64Array.from({ length: 400 }, () => random.normal());
const learned = createTable({
  one: base,
  twice: base.map((value) => 2 * value + 1),
  other: base.map((value) => 3 - value),
});

it("is nothing for a row on the plane that was learned, and large for one that leaves it", () => {
  const rows = createTable({
    one: Float64Array.of(0.5, 0.5),
    twice: Float64Array.of(2, -4),
    other: Float64Array.of(2.5, 2.5),
  });
  const [on, off] = openReconstruction(learned, 1)(rows);
  expect(on).toBeCloseTo(0, 9);
  // Standardized, 6 of `twice` are 3 deviations of the base: two thirds of their square are off the diagonal of three columns.
  const deviation = Math.sqrt(
    base.reduce((sum, value) => sum + value ** 2, 0) / 400 - (base.reduce((a, b) => a + b) / 400) ** 2,
  );
  expect(off).toBeCloseTo(((3 / deviation) ** 2 * (2 / 3)) / 3, 6);
});

it("is nothing where no component is left out", () => {
  const rows = createTable({ one: Float64Array.of(9), twice: Float64Array.of(-7), other: Float64Array.of(0) });
  expect(openReconstruction(learned, 3)(rows)[0]).toBeCloseTo(0, 9);
  expect(openReconstruction(learned, 0)(rows)[0]).toBeGreaterThan(10);
});
