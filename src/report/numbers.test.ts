import { describe, expect, it } from "vitest";
import {
  decimalsOf,
  factorWords,
  gapOf,
  joined,
  money,
  pairOf,
  plain,
  roughly,
  roughShare,
  sharedDecimals,
  shareWords,
} from "./numbers.ts";

const said = (value: number, interval: readonly [number, number] | null, unit = "") =>
  joined(pairOf({ value, interval, unit }));

describe("numbers of a report", () => {
  it("have the decimals that two digits of half the interval take", () => {
    expect(said(0.1312, [0.1111, 0.1529])).toBe("0.131 [0.111, 0.153]");
    expect(said(12.34, [2, 22])).toBe("12 [2, 22]");
    expect(said(0.5, [0.4997, 0.5003])).toBe("0.50000 [0.49970, 0.50030]");
    expect(said(0.267, [0.21, 0.32], "share")).toBe("26.7% [21.0, 32.0]");
    expect(said(12_345.6, [10_000, 14_000])).toBe("12,346 [10,000, 14,000]");
    expect(said(0.5, [0.5, 0.5])).toBe("0.5 [0.5, 0.5]");
    expect(said(0.1234, null)).toBe("0.123");
    expect(said(0.02, [0.01, 0.03], "s")).toBe("20 ms [10 ms, 30 ms]");
    expect([decimalsOf([0, 2]), decimalsOf([0, 0.2]), decimalsOf([2, 0]), decimalsOf([1, 1])]).toEqual([
      1,
      2,
      1,
      undefined,
    ]);
    expect(decimalsOf([0, 1e-12])).toBe(6);
    expect(decimalsOf([0, 5000])).toBe(0);
    expect(decimalsOf([0, Number.POSITIVE_INFINITY])).toBeUndefined();
  });

  it("carry the sign of a difference, zero none", () => {
    const gap = (value: number, unit = "") => joined(gapOf({ value, interval: [value - 0.02, value + 0.02], unit }));
    expect(gap(0.098)).toBe("+0.098 [0.078, 0.118]");
    expect(gap(-0.098)).toBe("-0.098 [-0.118, -0.078]");
    expect(gap(0.0001)).toBe("0.000 [-0.020, 0.020]");
    expect(gap(-0.0001)).toBe("0.000 [-0.020, 0.020]");
    expect(gap(0.0001, "share")).toBe("0.0% [-2.0, 2.0]");
  });

  it("take the decimals of what they stand beside", () => {
    const level = (value: number, interval: readonly [number, number] | null, unit = "") =>
      joined(pairOf({ value, interval, unit }, { least: 3 }));
    expect(level(0.3321, [0.217, 0.4551])).toBe("0.332 [0.217, 0.455]");
    expect(level(0.3321, [0.3301, 0.3341])).toBe("0.3321 [0.3301, 0.3341]");
    expect(level(0.13, null)).toBe("0.130");
    expect(level(0.13, null, "share")).toBe("13.000%");
    expect(level(0.02, null, "s")).toBe("20 ms");
    expect(level(0, [0, 0])).toBe("0 [0, 0]");
    expect(
      sharedDecimals([
        { interval: [0, 0.5], unit: "" },
        { interval: [0.07, 0.12], unit: "" },
      ]),
    ).toBe(3);
    expect(
      sharedDecimals([
        { interval: null, unit: "" },
        { interval: [1, 2], unit: "s" },
      ]),
    ).toBeUndefined();
  });

  it("are short where they are counts, money, factors or estimates", () => {
    expect([1234.5, 12.345, 0.001_234_5].map((one) => plain(one, ""))).toEqual(["1,235", "12.3", "0.00123"]);
    expect([863.4, 10, 9.99, 0.1234, 12_345].map(money)).toEqual(["$863", "$10", "$10", "$0.12", "$12,345"]);
    expect([101, 100, 3.44, 2.15, 2.16, 1.9, 1.89, 1].map(factorWords)).toEqual([
      "more than 100 times",
      "100 times",
      "3.4 times",
      "twice",
      "2.2 times",
      "twice",
      "1.9 times",
      "1 times",
    ]);
    expect([9234, 487, 7, 0.2, 12_499].map(roughly)).toEqual([
      "about 9,200",
      "about 490",
      "about 7",
      "about 0",
      "about 12,000",
    ]);
    // Nearly all is not all, and a busy machine leaves nobody 100% of the time.
    expect([0.9996, 0.99996, 0.9951, 1].map((one) => plain(one, "share"))).toEqual([
      "99.96%",
      "99.996%",
      "99.5%",
      "100%",
    ]);
    expect([0.9996, 0.99996, 1.0004].map((one) => plain(one, ""))).toEqual(["0.9996", "0.99996", "1"]);
    expect([0.267, 0.996, 0.9996, 1, 1.234].map(roughShare)).toEqual(["27%", "99.6%", "99.96%", "100%", "120%"]);
    expect([0.267, 0.0009, 0, 0.001].map(shareWords)).toEqual(["26.7%", "less than 0.1%", "0%", "0.1%"]);
  });
});
