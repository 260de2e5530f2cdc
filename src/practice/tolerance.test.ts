import { describe, expect, it } from "vitest";
import { isWithin, logDistance, readTolerance } from "./tolerance.ts";

describe("how far an answer may be off", () => {
  it("is the factor of a share or of a number of times, on a log scale", () => {
    expect(readTolerance({ within: "10%", because: "x" })).toEqual({ text: "10%", logs: Math.log(1.1), because: "x" });
    expect(readTolerance({ within: "2x", because: "x" }).logs).toBeCloseTo(Math.LN2, 12);
    expect(readTolerance({ within: "2.5%", because: "x" }).logs).toBeCloseTo(Math.log(1.025), 12);
    expect(readTolerance({ within: "0.5x", because: "x" }).logs).toBe(0);
    expect(readTolerance({ within: "exact", because: "x" })).toEqual({ text: "exact", logs: 0, because: "x" });
    expect(readTolerance()).toMatchObject({ text: "5%", logs: Math.log(1.05) });
  });

  it("is the same up and down, and endless across zero", () => {
    expect(logDistance(20, 10)).toBeCloseTo(Math.LN2, 12);
    expect(logDistance(5, 10)).toBeCloseTo(Math.LN2, 12);
    expect(logDistance(-5, -10)).toBeCloseTo(Math.LN2, 12);
    expect(logDistance(0, 0)).toBe(0);
    for (const [given, answer] of [
      [0, 1],
      [1, 0],
      [-1, 1],
    ])
      expect(logDistance(given, answer)).toBe(Number.POSITIVE_INFINITY);
  });

  it("includes its own edge", () => {
    const tenth = readTolerance({ within: "10%", because: "x" });
    expect([110, 110.01, 100 / 1.1, 90].map((given) => isWithin(given, 100, tenth))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it("is nothing for a whole number that must be exact, and the fourth digit for any other", () => {
    const exact = readTolerance({ within: "exact", because: "x" });
    expect([3, 3.001, 4].map((given) => isWithin(given, 3, exact))).toEqual([true, false, false]);
    expect([0.6667, 0.6672, 0.666].map((given) => isWithin(given, 2 / 3, exact))).toEqual([true, false, false]);
  });
});
