import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatInUnit, formatQuantity } from "./format-quantity.ts";
import { parseQuantity, QUANTITY_KINDS, type QuantityKind } from "./quantity.ts";

describe("formatQuantity", () => {
  it.each([
    [1.2e9, "size", "1.2 GB"],
    [40_000, "rate", "40k/s"],
    [8.7 * 86_400, "duration", "8.7 days"],
    [0.1, "duration", "100 ms"],
    [90, "duration", "90 s"],
    [0, "duration", "0 s"],
    [30 / 86_400, "rate", "30/day"],
    [0.2 / (365 * 86_400), "growth", "20%/year"],
    [5000 / (730 * 3600), "money rate", "$5k/month"],
    [0.00466, "money", "$0.00466"],
    [0.9995, "share", "99.95%"],
    [0.99999, "share", "99.999%"],
    [1, "share", "100%"],
    [0.002, "share", "0.2%"],
    [3, "factor", "3x"],
    [2_000_000, "count", "2M"],
    [2048, "count", "2048"],
    [65_536, "count", "65536"],
    [20_000, "count", "20k"],
    [8.03e9, "count", "8.03bn"],
    [989e12, "compute", "989 TFLOP/s"],
    [8.4e22, "work", "8.4e22 FLOP"],
    [0.02 / 1e9 / (730 * 3600), "storage price", "$0.02/GB/month"],
    [-3600, "moment", "-60 min"],
    [999_960, "size", "1 MB"],
    [15.4 * 3600, "energy", "15.4 Wh"],
  ] as const)("writes %d as a %s: %s", (value, kind, text) => {
    expect(formatQuantity(value, kind)).toBe(text);
  });

  it("never dresses up a value that is no number", () => {
    expect(formatQuantity(Number.NaN, "size")).toBe("n/a");
    expect(formatQuantity(Number.POSITIVE_INFINITY, {})).toBe("n/a");
  });

  it("spells out a dimension that has no name of its own", () => {
    expect(formatQuantity(6, { byte: 1, second: 1 })).toBe("6 B·s");
  });

  it("writes in a unit that was asked for", () => {
    expect(formatInUnit(25.6e9, "GB", 1e9)).toBe("25.6 GB");
    expect(formatInUnit(0.05, "%", 0.01)).toBe("5%");
    expect(formatInUnit(0.02, "$/h", 1 / 3600)).toBe("$72/h");
  });

  it("is read back as the same quantity to the digits kept", () => {
    const kinds = Object.keys(QUANTITY_KINDS).filter((kind): kind is QuantityKind => kind in QUANTITY_KINDS);
    const positive = fc.double({ min: -8, max: 15, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), positive, fc.integer({ min: 3, max: 8 }), (kind, magnitude, digits) => {
        const value = kind === "share" ? Math.min(magnitude, 1 / (1 + magnitude)) : magnitude;
        const text = formatQuantity(value, kind, { digits });
        // A part of a thing is no count, and `1.234` of them is asked about.
        fc.pre(kind !== "count" || !/^\d{1,3}\.\d{3}$/u.test(text));
        const read = parseQuantity(text, kind);
        if (!read.ok) throw new Error(read.failure.message);
        expect(Math.abs(read.value.value - value)).toBeLessThanOrEqual(value * 10 ** (1 - digits));
      }),
      { numRuns: 2000 },
    );
  });
});
