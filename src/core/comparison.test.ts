import { describe, expect, it } from "vitest";
import { type Comparison, compares } from "./comparison.ts";

describe("a comparison", () => {
  it.each<[Comparison, boolean, boolean, boolean]>([
    ["<", true, false, false],
    ["<=", true, true, false],
    [">", false, false, true],
    [">=", false, true, true],
    ["=", false, true, false],
  ])("%s is true below, at and above its limit as it should be", (comparison, below, at, above) => {
    expect([1, 2, 3].map((value) => compares(value, comparison, 2))).toEqual([below, at, above]);
  });

  it.each<Comparison>(["<", "<=", ">", ">=", "="])("%s is never true of what is no number", (comparison) => {
    expect(compares(Number.NaN, comparison, 2)).toBe(false);
  });
});
