import fc from "fast-check";
import { expect, it } from "vitest";
import { wholeAbove, wholeBelow } from "./whole.ts";

it("keeps what is whole on paper, and rounds the rest to its own side", () => {
  expect([wholeBelow(10 * (1 - 0.9)), wholeAbove(1 / (1 - 0.9)), wholeBelow((0.7 * 0.03) / 0.001)]).toEqual([
    1, 10, 21,
  ]);
  expect([wholeAbove(2.1), wholeBelow(2.9), wholeAbove(-2.1), wholeBelow(-2.1), wholeAbove(2 + 1e-9)]).toEqual([
    ...[3, 2, -2, -3, 3],
  ]);
  expect([wholeAbove(Number.POSITIVE_INFINITY), wholeBelow(Number.NaN)]).toEqual([
    Number.POSITIVE_INFINITY,
    Number.NaN,
  ]);
});

it("is what remains of whole items when whole percents are taken", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 99 }), (items, percent) => {
      const left = items * (1 - percent / 100);
      expect(wholeBelow(left)).toBe(Math.floor((items * (100 - percent)) / 100));
      expect(wholeAbove(left)).toBe(Math.ceil((items * (100 - percent)) / 100));
      expect(wholeAbove(items / (1 - percent / 100))).toBe(Math.ceil((100 * items) / (100 - percent)));
    }),
  );
});
