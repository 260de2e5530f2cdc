import { describe, expect, it } from "vitest";
import { type Comparison, compares, exceeds, isSameNumber } from "./comparison.ts";

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

describe("rounding", () => {
  it("does not part what is one number on paper", () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect([compares(0.1 + 0.2, "<=", 0.3), compares(0.1 + 0.2, ">", 0.3), compares(0.1 + 0.2, "=", 0.3)]).toEqual([
      true,
      false,
      true,
    ]);
    expect([compares(0.3, ">=", 0.1 + 0.2), compares(0.3, "<", 0.1 + 0.2)]).toEqual([true, false]);
    expect([exceeds(0.1 + 0.2, 0.3), exceeds(-0.3, -(0.1 + 0.2))]).toEqual([false, false]);
  });

  it("parts what differs in its tenth digit, numbers of either sign, and what has no end", () => {
    expect([exceeds(1 + 1e-10, 1), exceeds(-1, -1 - 1e-10), exceeds(1e-300, 0), exceeds(0, -1e-300)]).toEqual(
      Array(4).fill(true),
    );
    expect(exceeds(1, 1 + 1e-10)).toBe(false);
    const end = Number.POSITIVE_INFINITY;
    expect([exceeds(end, 5), exceeds(5, end), exceeds(end, end), isSameNumber(5, end), isSameNumber(end, end)]).toEqual(
      [...[true, false, false, false, true]],
    );
    expect([isSameNumber(Number.NaN, Number.NaN), exceeds(Number.NaN, 1)]).toEqual([false, false]);
  });
});
