import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatInUnit, formatQuantity } from "./format-quantity.ts";
import { parseQuantity } from "./quantity.ts";
import { QUANTITY_KINDS, type QuantityKind } from "./quantity-kind.ts";
import type { Dimension } from "./unit.ts";

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

  // For each dimension, both sides of the place where people change to the next unit.
  const [MINUTE, HOUR, DAY, MONTH] = [60, 3600, 86_400, 730 * 3600];
  it.each<readonly [Dimension, readonly (readonly [number, string])[]]>([
    [
      {},
      [
        [0.5, "0.5"],
        [999, "999"],
        [1000, "1k"],
        [99_999, "99999"],
        [99_900, "99.9k"],
        [123_456, "123k"],
        [1e6, "1M"],
        [1e9, "1bn"],
        [1e12, "1T"],
        [4.2e13, "42T"],
      ],
    ],
    [
      { byte: 1 },
      [
        [0, "0 B"],
        [0.5, "0.5 B"],
        [999, "999 B"],
        [1000, "1 kB"],
        [1e6, "1 MB"],
        [1e9, "1 GB"],
        [1e12, "1 TB"],
        [1e15, "1 PB"],
        [1e18, "1 EB"],
        [9.99e20, "999 EB"],
        [1e21, "1e21 B"],
      ],
    ],
    [
      { second: 1 },
      [
        [2e-9, "2 ns"],
        [9.99e-7, "999 ns"],
        [1e-6, "1 us"],
        [9.99e-4, "999 us"],
        [1e-3, "1 ms"],
        [0.999, "999 ms"],
        [1, "1 s"],
        [119, "119 s"],
        [120, "2 min"],
        [119 * MINUTE, "119 min"],
        [2 * HOUR, "2 h"],
        [47 * HOUR, "47 h"],
        [2 * DAY, "2 days"],
        [729 * DAY, "729 days"],
        [730 * DAY, "2 years"],
      ],
    ],
    [
      { dollar: 1 },
      [
        [0, "$0"],
        [0.5, "$0.5"],
        [1500, "$1.5k"],
        [2e6, "$2M"],
        [3e9, "$3bn"],
        [3e12, "$3T"],
      ],
    ],
    [{ euro: 1 }, [[1500, "€1.5k"]]],
    [{ pound: 1 }, [[1500, "£1.5k"]]],
    [
      { dollar: 1, second: -1 },
      [
        [7 / MONTH, "$7/month"],
        [2e6 / MONTH, "$2M/month"],
      ],
    ],
    [{ euro: 1, second: -1 }, [[7000 / MONTH, "€7k/month"]]],
    [{ pound: 1, second: -1 }, [[7000 / MONTH, "£7k/month"]]],
    [
      { gram: 1 },
      [
        [0.002, "2 mg"],
        [0.999, "999 mg"],
        [1, "1 g"],
        [999, "999 g"],
        [1000, "1 kg"],
        [999_000, "999 kg"],
        [1e6, "1 t"],
      ],
    ],
    [{ flop: 1 }, [[5e9, "5 GFLOP"]]],
    [
      { joule: 1 },
      [
        [2e-12, "2 pJ"],
        [1e-9, "1 nJ"],
        [1e-6, "1 uJ"],
        [1e-3, "1 mJ"],
        [0.999, "999 mJ"],
        [1, "1 J"],
        [3590, "3590 J"],
        [3600, "1 Wh"],
        [3.6e6, "1 kWh"],
        [3.6e9, "1 MWh"],
        [7.2e9, "2 MWh"],
      ],
    ],
    [
      { second: -1 },
      [
        [2 / (365 * DAY), "2/year"],
        [0.4 / DAY, "146/year"],
        [1 / DAY, "1/day"],
        [999 / DAY, "999/day"],
        [1000 / DAY, "1k/day"],
        [8000 / DAY, "8k/day"],
        [0.1, "0.1/s"],
        [999, "999/s"],
        [1000, "1k/s"],
        [1e6, "1M/s"],
      ],
    ],
    [{ byte: 1, second: -1 }, [[2e9, "2 GB/s"]]],
    [{ flop: 1, second: -1 }, [[2e12, "2 TFLOP/s"]]],
    [
      { joule: 1, second: -1 },
      [
        [2e-9, "2 nW"],
        [1e-6, "1 uW"],
        [1e-3, "1 mW"],
        [0.999, "999 mW"],
        [1, "1 W"],
        [700, "700 W"],
        [1e3, "1 kW"],
        [2e6, "2 MW"],
      ],
    ],
    [{ flop: 1, byte: -1 }, [[295, "295 FLOP/B"]]],
    [{ dollar: 1, byte: -1 }, [[0.05e-9, "$0.05/GB"]]],
    [{ dollar: 1, byte: -1, second: -1 }, [[0.02e-9 / MONTH, "$0.02/GB/month"]]],
    [{ dollar: 1, joule: -1 }, [[0.12 / 3.6e6, "$0.12/kWh"]]],
    [{ ampere: 1, second: 1 }, [[4000 * 3.6, "4000 mAh"]]],
    [{ joule: 1, ampere: -1, second: -1 }, [[3.85, "3.85 V"]]],
    [
      { ampere: 1 },
      [
        [0.25, "250 mA"],
        [1, "1 A"],
      ],
    ],
    [
      { metre: 1 },
      [
        [6e6, "6000 km"],
        [500, "0.5 km"],
      ],
    ],
  ])("writes values of %j in the unit that people would take", (dimension, written) => {
    for (const [value, text] of written) expect(formatQuantity(value, dimension)).toBe(text);
  });

  it("keeps the digits that were asked for, and goes to the next unit where rounding reaches it", () => {
    expect(formatQuantity(1_234_567, "size", { digits: 5 })).toBe("1.2346 MB");
    expect(formatQuantity(1_234_567, "size", { digits: 1 })).toBe("1 MB");
    expect(formatQuantity(999_499, "size")).toBe("999 kB");
    expect(formatQuantity(999_500, "size")).toBe("1 MB");
    expect(formatQuantity(119.6, "duration", { digits: 2 })).toBe("2 min");
    expect(formatQuantity(3e-6, "share")).toBe("0.0003%");
    expect(formatQuantity(3e-8, {})).toBe("3e-8");
  });

  it("never dresses up a value that is no number", () => {
    expect(formatQuantity(Number.NaN, "size")).toBe("n/a");
    expect(formatQuantity(Number.POSITIVE_INFINITY, {})).toBe("n/a");
  });

  it("spells out a dimension that has no name of its own", () => {
    expect(formatQuantity(6, { byte: 1, second: 1 })).toBe("6 B·s");
    expect(formatQuantity(6, { second: -2 })).toBe("6 1/s^2");
    expect(formatQuantity(6, { dollar: 1, gram: -1, metre: -2 })).toBe("6 USD/g/m^2");
    expect(formatQuantity(6, { euro: 1, pound: -1 })).toBe("6 EUR/GBP");
    expect(formatQuantity(6, { flop: 1, joule: -1 })).toBe("6 FLOP/J");
    expect(formatQuantity(6, { ampere: 2 })).toBe("6 A^2");
  });

  it("writes in a unit that was asked for", () => {
    expect(formatInUnit(25.6e9, "GB", 1e9)).toBe("25.6 GB");
    expect(formatInUnit(0.05, "%", 0.01)).toBe("5%");
    expect(formatInUnit(0.02, "$/h", 1 / 3600)).toBe("$72/h");
    expect(formatInUnit(-0.02, "€/h", 1 / 3600)).toBe("-€72/h");
    expect(formatInUnit(40, "/s", 1)).toBe("40/s");
    expect(formatInUnit(3, "x", 1)).toBe("3x");
    expect(formatInUnit(0.99995, "%", 0.01)).toBe("99.995%");
    expect(formatInUnit(Number.NaN, "GB", 1e9)).toBe("n/a");
  });

  it("says the whole part in full in a unit that was asked for, and no more digits than asked behind it", () => {
    expect(formatInUnit(131_072, "B", 1)).toBe("131072 B");
    expect(formatInUnit(58_982 * 3600, "h", 3600)).toBe("58982 h");
    expect(formatInUnit(1.234_567, "s", 1)).toBe("1.235 s");
    expect(formatInUnit(1.234_567, "s", 1, { digits: 6 })).toBe("1.23457 s");
    expect(formatInUnit(123_456_789, "B", 1)).toBe("1.235e8 B");
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
