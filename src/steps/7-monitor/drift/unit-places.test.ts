import { expect, it } from "vitest";
import { placesOf, rowsByUnit } from "./unit-places.ts";

it("numbers units as they come, the same for numbers near each other, far apart, below 0 and for texts", () => {
  const expected = { place: Int32Array.of(0, 1, 0, 2, 1), count: 3 };
  expect(placesOf(Int32Array.of(4, 0, 4, 7, 0))).toEqual(expected);
  expect(placesOf(Int32Array.of(4_000_000, 0, 4_000_000, 7, 0))).toEqual(expected);
  expect(placesOf(Int32Array.of(-4, 0, -4, 7, 0))).toEqual(expected);
  expect(placesOf(["d", "a", "d", "g", "a"])).toEqual(expected);
  expect(placesOf(new Int32Array(0))).toEqual({ place: new Int32Array(0), count: 0 });
});

it("puts the rows of a unit side by side in their order", () => {
  const { starts, rows } = rowsByUnit(placesOf(["d", "a", "d", "g", "a"]));
  expect(Array.from(starts)).toEqual([0, 2, 4, 5]);
  expect(Array.from(rows)).toEqual([0, 2, 1, 4, 3]);
});
