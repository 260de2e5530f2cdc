import { describe, expect, it } from "vitest";
import { combine, raise, sameDimension, UNITS } from "./unit.ts";

const factor = (name: string): number | undefined => UNITS.get(name)?.factor;

describe("units", () => {
  it("keep decimal and binary prefixes apart", () => {
    expect(factor("GB")).toBe(1e9);
    expect(factor("GiB")).toBe(1_073_741_824);
    expect(factor("TiB")).toBe(1_099_511_627_776);
  });

  it("divide bits by eight and count a MAC as two FLOP", () => {
    expect(factor("Gb")).toBe(1.25e8);
    expect(factor("GMAC")).toBe(2e9);
  });

  it("hold 730 hours in a month of prices", () => {
    expect(factor("month")).toBe(730 * 3600);
  });

  it("tell an amount of FLOP from a rate of it", () => {
    expect(UNITS.get("TFLOPs")?.dimension).toEqual({ flop: 1 });
    expect(UNITS.get("TFLOPS")?.dimension).toEqual({ flop: 1, second: -1 });
  });
});

describe("dimensions", () => {
  it("cancel when divided by themselves", () => {
    expect(combine({ byte: 1, second: -1 }, { byte: 1, second: -1 }, -1)).toEqual({});
    expect(sameDimension({ byte: 1 }, { byte: 1, second: 0 })).toBe(true);
  });

  it("have a square root only when every exponent is even", () => {
    expect(raise({ second: 2 }, 0.5)).toEqual({ second: 1 });
    expect(raise({ second: 1 }, 0.5)).toBeUndefined();
  });
});
