import { expect, it } from "vitest";
import { countOf, refusalOf, refuseOddNumber } from "./case-refusals.ts";

it("a label is taken of a case that is there, once, and another one after it only where labels are not final", () => {
  const refusals = (isFinal: boolean) => [undefined, -1, 0, 1].map((before) => refusalOf(before, 1, isFinal));
  expect(refusals(false)).toEqual(["unknown-case", undefined, undefined, "duplicate"]);
  expect(refusals(true)).toEqual(["unknown-case", undefined, "already-labelled", "duplicate"]);
});

it("a number is refused by its entity where the data has an id that a number would not keep, and reasons are counted", () => {
  expect(() => refuseOddNumber("user", 42, undefined)).not.toThrow();
  expect(() => refuseOddNumber("user", 42, "0042")).toThrow("is 42, but must be a text in quotes");
  expect(countOf(["a", "b", "a"])).toEqual({ a: 2, b: 1 });
});
