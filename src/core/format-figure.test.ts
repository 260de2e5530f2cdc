import { describe, expect, it } from "vitest";
import { formatFigure, formatValue } from "./format-figure.ts";

describe("figures in words", () => {
  it("scale seconds, bytes and shares", () => {
    expect(formatValue({ value: 0.0124, unit: "s" })).toBe("12.4 ms");
    expect(formatValue({ value: 3.2e-6, unit: "s" })).toBe("3.2 µs");
    expect(formatValue({ value: 86_400 * 41, unit: "s" })).toBe("41 d");
    expect(formatValue({ value: 1_230_000, unit: "B" })).toBe("1.23 MB");
    expect(formatValue({ value: 0.123, unit: "share" })).toBe("12.3%");
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
