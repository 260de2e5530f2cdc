import { describe, expect, it } from "vitest";
import { formatChange, formatLevel, formatP, formatPlain, formatSigned } from "./format-plain.ts";

describe("numbers of an experiment", () => {
  it("have four significant digits, and no zeros behind them", () => {
    expect([12_345.6, 1.5, 0.25, -0.123456, 0].map((value) => formatPlain(value))).toEqual([
      "12350",
      "1.5",
      "0.25",
      "-0.1235",
      "0",
    ]);
    expect(formatPlain(2.34567, 2)).toBe("2.3");
  });

  it("never say that a p-value is nothing: p = 0.0e+0 stood there", () => {
    expect([0, 1e-300, 5e-5, 0.04].map(formatP)).toEqual(["below 0.000001", "below 0.000001", "0.00005", "0.04"]);
  });

  it("say which way they point", () => {
    expect([0.5, 0, -0.5].map((value) => formatSigned(value))).toEqual(["+0.5", "0", "-0.5"]);
  });

  it("are points where a rate changes, and one of them is a point", () => {
    const rate = { baseline: 0.1 };
    expect([0.01, 0.02, 0.005].map((change) => formatChange(rate, change))).toEqual([
      "1 point",
      "2 points",
      "0.5 points",
    ]);
    expect(formatChange({ mean: 4, sd: 2 }, 0.02)).toBe("0.02");
  });

  it.each([
    [0.95, "95"],
    [0.9, "90"],
    [1 - 0.05 / 3, "98.3"],
    [1 - 0.05 / 40, "99.88"],
    [0.9999949, "99.99949"],
    [0.5, "50"],
  ])("of a confidence level keep two digits of what it leaves out: %d", (level, written) => {
    expect(formatLevel(level)).toBe(written);
  });
});
