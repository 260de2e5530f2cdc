import { describe, expect, it } from "vitest";
import { isPlausible, readPlausible } from "./plausible.ts";

describe("what can be true of any system", () => {
  it("is the range that a question states, in base units and of the answer's unit only", () => {
    expect(readPlausible("1 GB..10 TB", { byte: 1 })).toEqual([1e9, 1e13]);
    expect(readPlausible("1 GB..10 TB", { second: 1 })).toBeUndefined();
    expect(readPlausible("1 GB..10 s", { byte: 1 })).toBeUndefined();
    expect(readPlausible("1 s..10 GB", { byte: 1 })).toBeUndefined();
    expect(readPlausible("1 GB", { byte: 1 })).toBeUndefined();
    expect(readPlausible("much..more", { byte: 1 })).toBeUndefined();
  });

  it("is the widest one of its unit where nothing is stated: no latency of two centuries, no price beyond the world's", () => {
    const outside: readonly (readonly [object, number, number])[] = [
      [{}, 1e-10, 1e17],
      [{ byte: 1 }, 0.01, 1e22],
      [{ second: 1 }, 1e-10, 200 * 365 * 86_400],
      [{ dollar: 1 }, 1e-6, 1e12],
      [{ flop: 1 }, 0.5, 1e29],
      [{ second: -1 }, 1e-10, 1e14],
      [{ byte: 1, second: -1 }, 1e-4, 1e18],
      [{ flop: 1, second: -1 }, 0.5, 1e23],
      [{ gram: 1 }, 1e-31, 1e31],
    ];
    for (const [dimension, low, high] of outside) {
      const range = readPlausible(undefined, dimension);
      if (range === undefined) throw new Error("no range");
      expect([low, high].map((value) => isPlausible(value, range))).toEqual([false, false]);
      expect([low * 200, high / 200].map((value) => isPlausible(value, range))).toEqual([true, true]);
    }
    expect(readPlausible(undefined, { second: 1 })).toEqual([1e-9, 3_153_600_000]);
  });

  it("looks at the size alone, ends included", () => {
    expect([-5, 2, 5, 1.99, 5.01].map((value) => isPlausible(value, [2, 5]))).toEqual([true, true, true, false, false]);
  });
});
