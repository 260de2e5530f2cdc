import { describe, expect, it } from "vitest";
import { parseQuantity } from "../../core/quantity.ts";
import { ESTIMATE_FUNCTIONS } from "../../note/estimates.gen.ts";
import { evaluateExpression } from "./program.ts";

const YEAR = 365 * 86_400;
const outcomeOf = (growth: string) =>
  evaluateExpression(`relative_growth(count: 100, growth: ${growth}, time: 1 year)`, { estimates: ESTIMATE_FUNCTIONS });

describe("a growth given to a formula in an expression", () => {
  it.each(["20%/year", "10%/month", "2x/year", "1.5x/month", "-10%/month", "0.5%/week"])(
    "is the growth of a note: %s, which was read as so many times its share a year",
    (growth) => {
      const read = parseQuantity(growth, "growth");
      const outcome = outcomeOf(growth);
      expect(outcome.ok && outcome.value.at(-1)?.value).toBeCloseTo(
        read.ok ? 100 * (1 + read.value.value * YEAR) : Number.NaN,
        6,
      );
    },
  );

  it("is refused where it is computed and its period does not say how it compounds", () => {
    for (const growth of ["5%/month + 5%/month", "10%/month / 2", "2 * 1%/week", "-100%/year"])
      expect(outcomeOf(growth).ok, growth).toBe(false);
    const twice = outcomeOf("2 * 10%/year");
    expect(twice.ok && twice.value.at(-1)?.value).toBeCloseTo(120, 9);
  });
});
