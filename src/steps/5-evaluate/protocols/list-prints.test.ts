import fc from "fast-check";
import { expect, it } from "vitest";
import { areSameLists, listPrint } from "./list-prints.ts";

it("tells lists by their items and their order", () => {
  const lists = fc.array(fc.nat({ max: 50 }), { maxLength: 12 });
  fc.assert(
    fc.property(lists, lists, (a, b) => {
      expect(listPrint(Int32Array.from(a))).toBe(listPrint(a));
      expect(listPrint(a) === listPrint(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      expect(Number.isSafeInteger(listPrint(a))).toBe(true);
    }),
    { numRuns: 3000 },
  );
  const pairs = new Set(Array.from({ length: 90_000 }, (_, at) => listPrint([Math.floor(at / 300), at % 300])));
  expect(pairs.size).toBe(90_000);
});

it("calls nothing the same that is not known, or was never asked", () => {
  expect(areSameLists([1, 2], [1, 2])).toBe(true);
  expect(areSameLists([1, 2], [1, 3])).toBe(false);
  expect(areSameLists([1, 3], [1, 2])).toBe(false);
  expect(areSameLists([1, 2], [1])).toBe(false);
  expect(areSameLists([], [])).toBe(false);
  expect(areSameLists(undefined, undefined)).toBe(false);
});
