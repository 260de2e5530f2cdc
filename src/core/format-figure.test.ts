import { describe, expect, it } from "vitest";
import { formatBeside, formatFigure, formatNumber, formatShare, formatValue } from "./format-figure.ts";

describe("figures in words", () => {
  it("scale seconds, bytes and shares", () => {
    expect(formatValue({ value: 0.0124, unit: "s" })).toBe("12.4 ms");
    for (const [value, text] of [
      [119, "119 s"],
      [90, "90 s"],
      [120, "2 min"],
      [7199, "120 min"],
      [7200, "2 h"],
      [172_800, "2 d"],
      [0.99, "990 ms"],
      [1, "1 s"],
      [1e-3, "1 ms"],
      [5e-7, "500 ns"],
    ] as const)
      expect(formatValue({ value, unit: "s" })).toBe(text);
    expect(formatValue({ value: 3.2e-6, unit: "s" })).toBe("3.2 µs");
    expect(formatValue({ value: 86_400 * 41, unit: "s" })).toBe("41 d");
    expect(formatValue({ value: 1_230_000, unit: "B" })).toBe("1.23 MB");
    expect(formatValue({ value: 0.123, unit: "share" })).toBe("12.3%");
  });

  it("never print what is no number as one", () => {
    expect(formatNumber(Number.NaN)).toBe("not defined");
    expect(formatNumber(Number.POSITIVE_INFINITY)).toBe("endless");
  });

  it("never round nines away: what a share or a power leaves out is said", () => {
    const share = (value: number) => formatValue({ value, unit: "share" });
    expect(share(0.9995)).toBe("99.95%");
    expect(share(0.99999)).toBe("99.999%");
    expect(share(0.9999912)).toBe("99.99912%");
    expect(share(1)).toBe("100%");
    expect(share(0.992)).toBe("99.2%");
    expect(share(-0.9995)).toBe("-99.95%");
    expect(formatValue({ value: 0.99999, unit: "" })).toBe("0.99999");
    expect(formatFigure({ value: 0.9995, unit: "share", interval: [0.9987, 0.99999] })).toBe(
      "99.95% [99.87%, 99.999%]",
    );
    for (let left = 0.5; left > 1e-12; left /= 1.7) {
      expect(Number.parseFloat(share(1 - left))).toBeLessThan(100);
      expect(Number(formatValue({ value: 1 - left, unit: "" }))).toBeLessThan(1);
      expect(Math.abs((100 - Number.parseFloat(share(1 - left))) / (100 * left) - 1)).toBeLessThan(0.06);
    }
  });

  it("never call a share of nearly all 100 %, in as many digits as a sentence has: 99.6% of the members started cold", () => {
    expect([0.996, 0.9996, 0.99996].map((share) => formatShare(share, 2))).toEqual(["99.6%", "99.96%", "99.996%"]);
    expect([0, 0.5, 0.171, 0.986, 1, -0.996].map((share) => formatShare(share, 2))).toEqual([
      ...["0%", "50%", "17%", "99%", "100%", "-99.6%"],
    ]);
    expect(formatShare(Number.NaN)).toBe("not defined");
  });

  it("keep digits that mean something", () => {
    expect(formatValue({ value: 0.143249, unit: "" })).toBe("0.1432");
    expect(formatValue({ value: 14750.79, unit: "members" })).toBe("14,751 members");
    expect(formatValue({ value: 0, unit: "" })).toBe("0");
  });

  it("name what is counted once, behind the interval", () => {
    const counted = { value: 0.164, unit: "points", interval: [-0.0529, 0.3637] } as const;
    expect(formatFigure(counted)).toBe("0.164 [-0.0529, 0.3637] points");
    expect(formatFigure({ ...counted, unit: "share" })).toBe("16.4% [-5.29%, 36.4%]");
  });

  it("count one thing as one", () => {
    expect(formatValue({ value: 1, unit: "transactions" })).toBe("1 transaction");
    expect(formatValue({ value: 0, unit: "transactions" })).toBe("0 transactions");
  });

  it("show the interval, and never a number where there is none", () => {
    expect(formatFigure({ value: 0.143, unit: "", interval: [0.131, 0.155] })).toBe("0.143 [0.131, 0.155]");
    expect(formatValue({ value: Number.NaN, unit: "s" })).toBe("not defined");
  });
});

it("values of one metric beside each other have the same decimals", () => {
  expect(formatBeside([0.0702, 0.134, 0.13])).toEqual(["0.070", "0.134", "0.130"]);
  expect(formatBeside([12.34, 1.5])).toEqual(["12.3", "1.5"]);
  expect(formatBeside([1234.5, 2])).toEqual(["1235", "2"]);
  expect(formatBeside([0, 0])).toEqual(["0", "0"]);
  expect(formatBeside([Number.NaN, 1])).toEqual(["not defined", "1"]);
});

describe("the bounds between forms of a number", () => {
  const at = (unit: string, ...values: readonly number[]) => values.map((value) => formatValue({ value, unit }));

  it("separate thousands from 1,000 on, and powers from 1e15 on and below 1e-4", () => {
    expect([999.94, 1000, 1234.5, -1000].map((value) => formatNumber(value))).toEqual([
      "999.9",
      "1,000",
      "1,235",
      "-1,000",
    ]);
    expect([999_999_999_999_999, 1e15, -2.5e15].map((value) => formatNumber(value))).toEqual([
      "999,999,999,999,999",
      "1.000e15",
      "-2.500e15",
    ]);
    expect([1e-4, 0.99e-4, -5e-5].map((value) => formatNumber(value))).toEqual(["0.0001", "9.90e-5", "-5.00e-5"]);
    expect([7, 123, 0.5, 12.3456].map((value) => formatNumber(value))).toEqual(["7", "123", "0.5", "12.35"]);
    expect([12.3456, 0.123_456].map((value) => formatNumber(value, 2))).toEqual(["12", "0.12"]);
    expect(formatNumber(Number.NEGATIVE_INFINITY)).toBe("-endless");
  });

  it("scale time up from each unit's own size", () => {
    expect(at("s", 0, 0.99e-6, 1e-6, 0.9e-3, 1e-3, 119.9, 120, 7199, 7200, 172_799, 172_800)).toEqual([
      "0 s",
      "990 ns",
      "1 µs",
      "900 µs",
      "1 ms",
      "120 s",
      "2 min",
      "120 min",
      "2 h",
      "48 h",
      "2 d",
    ]);
    expect(at("s", -0.02, -90, -7200)).toEqual(["-20 ms", "-90 s", "-2 h"]);
  });

  it("scale bytes by thousands up to petabytes", () => {
    expect(at("B", 0, 999, 1000, 999e3, 1e6, 1e9, 1e12, 1e15, 2e18, -5000)).toEqual([
      "0 B",
      "999 B",
      "1 kB",
      "999 kB",
      "1 MB",
      "1 GB",
      "1 TB",
      "1 PB",
      "2,000 PB",
      "-5 kB",
    ]);
  });

  it("write days, dates, dollars and rates each in their own way", () => {
    expect(at("d", 1.5)).toEqual(["1.5 d"]);
    expect(at("time", 86_400)).toEqual(["1970-01-02"]);
    expect([...at("$", 0.05, 12), ...at("$/month", 5000)]).toEqual(["$0.05", "$12", "$5,000/month"]);
    expect(at("/s", 1234.5)).toEqual(["1,235/s"]);
    expect(at("users", -1, 2, 1)).toEqual(["-1 user", "2 users", "1 user"]);
  });

  it("show what a share lacks only between 99 and 100", () => {
    expect(at("share", 0.99, 0.9912, 0.9999, 1, 1.005, 0, 0.1234, -1)).toEqual([
      "99%",
      "99.12%",
      "99.99%",
      "100%",
      "101%",
      "0%",
      "12.3%",
      "-100%",
    ]);
  });

  it("give values beside each other no more than twenty decimals", () => {
    expect(formatBeside([1e-30])).toEqual([(0).toFixed(20)]);
    expect(formatBeside([9.99, -10.01])).toEqual(["10.0", "-10.0"]);
    expect(formatBeside([0.0999, 0.05])).toEqual(["0.0999", "0.0500"]);
  });
});
