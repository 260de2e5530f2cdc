import { describe, expect, it } from "vitest";
import { DAY } from "./day.ts";
import { formatQuantity } from "./format-quantity.ts";
import { grownBy, relativeGrowthOf } from "./growth.ts";
import { unwrap } from "./outcome.ts";
import { parseQuantity } from "./quantity.ts";

const YEAR = 365 * DAY;
const read = (text: string) => unwrap(parseQuantity(text, "growth"));

describe("growth", () => {
  it.each([
    ["20%/year", 0.2],
    ["2x/year", 1],
    ["1.5x/year", 0.5],
    ["0.5x/year", -0.5],
    ["10%/month", 1.1 ** 12 - 1],
    ["3x/month", 3 ** 12 - 1],
    ["1%/week", 1.01 ** (365 / 7) - 1],
    ["-2%/month", 0.98 ** 12 - 1],
  ])("of %s compounds by its own period", (text, yearly) => {
    const growth = read(text);
    expect(growth.percent).toBe(true);
    expect(growth.value * YEAR).toBeCloseTo(yearly, 10 - Math.ceil(Math.log10(Math.abs(yearly) + 1)));
    expect(grownBy(growth, 2000, YEAR) / 2000).toBeCloseTo(yearly, 6);
    expect((1 + grownBy(growth, 1, YEAR / 12)) ** 12 - 1).toBeCloseTo(yearly, 6);
  });

  it("of a count per time adds", () => {
    const growth = read("50k/month");
    expect(growth.percent).toBe(false);
    expect(grownBy(growth, 1e6, YEAR)).toBeCloseTo(600_000, 6);
    expect(relativeGrowthOf(growth, 1e6) * YEAR).toBeCloseTo(0.6, 12);
    expect(relativeGrowthOf(read("10%/month"), 5)).toBe(read("10%/month").value);
  });

  it("is written back as the yearly growth it comes to", () => {
    expect(formatQuantity(read("10%/month").value, "growth")).toBe("214%/year");
    expect(formatQuantity(read("2x/year").value, "growth")).toBe("100%/year");
  });

  it("and any other quantity that overflows in another unit is refused by name", () => {
    for (const text of ["$1e308/h", "1e285 GB/s"]) {
      const outcome = parseQuantity(text);
      expect(outcome.ok ? "" : outcome.failure.message).toContain(`\`${text}\` is too large`);
    }
    expect(parseQuantity("$1e200/h").ok).toBe(true);
  });

  it("refuses to lose more than all", () => {
    expect(parseQuantity("-120%/year", "growth").ok).toBe(false);
    expect(parseQuantity("0x/year", "growth").ok).toBe(false);
  });
});
