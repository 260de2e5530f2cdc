import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";
import {
  type ClauseLimit,
  compareSystems,
  judgeClause,
  SETTLING_POWER,
  satisfies,
  unitsForHalfWidth,
} from "./verdict.ts";

const DROP: ClauseLimit = { of: "drop", comparison: "<=", limit: 0.01 };

describe("the verdict on a clause", () => {
  const cases: readonly (readonly [
    name: string,
    value: number,
    low: number,
    high: number,
    limit: number,
    verdict: string,
  ])[] = [
    ["all of it within the limit", -0.0007, -0.002, 0, 0.01, "kept"],
    ["an interval across the limit on both sides", -0.0037, -0.061, 0.056, 0.01, "not settled"],
    ["a loss that is shown, with an estimate beyond the limit", 0.117, 0.0199, 0.217, 0.02, "loses"],
    ["an estimate beyond the limit where no loss at all is possible too", 0.05, -0.01, 0.11, 0.01, "not settled"],
    ["a shown loss that may be within the limit, and is by its estimate", 0.004, 0.001, 0.012, 0.01, "not settled"],
    ["an end exactly at the limit", 0.005, 0, 0.01, 0.01, "kept"],
  ];
  for (const [name, value, low, high, limit, verdict] of cases)
    it(`is ${verdict} for ${name}`, () => {
      expect(judgeClause({ value, interval: [low, high], n: 494 }, { ...DROP, limit }).verdict).toBe(verdict);
    });

  it("says how many requests would settle pruning: about 19,000 where 494 left -0.4 % [-6.1, 5.6] against 1 %", () => {
    const { units } = judgeClause({ value: -0.0037, interval: [-0.0613, 0.0555], n: 494 }, DROP);
    // (5.55 + 0.37) / (1 + 0.37) is 4.32, 494 times its square 9,225; a power of 0.8 asks for ((1.96 + 0.8416) / 1.96)^2 = 2.043 times as many.
    expect(units).toBeGreaterThan(18_800);
    expect(units).toBeLessThan(18_890);
  });

  it("is not settled without an interval, whatever the estimate", () => {
    expect(judgeClause({ value: 0.5, interval: null, n: 3 }, DROP)).toEqual({ verdict: "not settled", units: null });
    expect(judgeClause({ value: 0.5, interval: [Number.NaN, 1], n: 3 }, DROP).verdict).toBe("not settled");
  });

  it("of a value loses only where the whole interval breaks the limit", () => {
    const least: ClauseLimit = { of: "value", comparison: ">=", limit: 0.3 };
    expect(judgeClause({ value: 0.25, interval: [0.2, 0.29], n: 50 }, least).verdict).toBe("loses");
    expect(judgeClause({ value: 0.25, interval: [0.2, 0.31], n: 50 }, least).verdict).toBe("not settled");
    expect(judgeClause({ value: 0.35, interval: [0.31, 0.4], n: 50 }, least).verdict).toBe("kept");
  });

  it("never contradicts its interval, and the units it asks for do settle it", () => {
    // Thousandths: with distances near the precision of a double an interval cannot be narrowed at all.
    const thousandths = (min: number, max: number) =>
      fc.integer({ min: min * 1000, max: max * 1000 }).map((one) => one / 1000);
    const ordered = fc
      .tuple(thousandths(-1, 1), thousandths(0, 1), thousandths(0, 1))
      .map(([value, below, above]) => ({ value, interval: [value - below, value + above] as const, n: 400 }));
    const limits = fc.record({
      of: fc.constantFrom<ClauseLimit["of"]>("value", "drop", "rise"),
      comparison: fc.constantFrom<ClauseLimit["comparison"]>("<", "<=", ">", ">="),
      limit: thousandths(-0.5, 0.5),
    });
    fc.assert(
      fc.property(ordered, limits, (measured, clause) => {
        const { verdict, units } = judgeClause(measured, clause);
        const ends = measured.interval.map((end) => satisfies(end, clause));
        if (verdict === "kept") expect(ends).toEqual([true, true]);
        if (ends.every(Boolean)) expect(verdict).toBe("kept");
        if (verdict === "loses") expect(satisfies(measured.value, clause)).toBe(false);
        if (verdict !== "not settled") expect(units).toBeNull();
        if (units === null) return;
        expect(units).toBeGreaterThan(measured.n);
        const factor = Math.sqrt(measured.n / (units * 1.0001));
        const narrower = measured.interval.map((end) => measured.value + (end - measured.value) * factor);
        expect(judgeClause({ ...measured, interval: [narrower[0], narrower[1]], n: units }, clause).verdict).not.toBe(
          "not settled",
        );
      }),
    );
  });
});

describe("the verdict on two systems", () => {
  it("tells apart only what lies wholly on one side of zero", () => {
    expect(compareSystems({ value: 0.098, interval: [0.076, 0.119], n: 494 }).verdict).toBe("better");
    expect(compareSystems({ value: 0.098, interval: [0.076, 0.119], n: 494 }, false).verdict).toBe("worse");
    expect(compareSystems({ value: -0.02, interval: [-0.03, -0.001], n: 494 }).verdict).toBe("worse");
    expect(compareSystems({ value: 0.00017, interval: [-0.011, 0.011], n: 283 }).verdict).toBe("not told apart");
    expect(compareSystems({ value: 0, interval: [0, 0], n: 44 })).toEqual({ verdict: "not told apart", units: null });
  });

  it("asks for so many requests that a difference of this size is told apart four times in five", () => {
    const [difference, error, n] = [0.02, 0.03, 100];
    const reach = 1.959964 * error;
    const { units } = compareSystems({ value: difference, interval: [difference - reach, difference + reach], n });
    const random = createRandom(3);
    const then = error * Math.sqrt(n / (units ?? 0));
    let told = 0;
    for (let run = 0; run < 4000; run++) {
      const value = difference + then * random.normal();
      const interval = [value - 1.959964 * then, value + 1.959964 * then] as const;
      if (compareSystems({ value, interval, n: units }).verdict === "better") told++;
    }
    expect(Math.abs(told / 4000 - SETTLING_POWER)).toBeLessThan(0.015);
  });

  it("asks for four times the requests to halve an interval", () => {
    expect(unitsForHalfWidth({ value: 0.1, interval: [0.08, 0.12], n: 500 }, 0.01)).toBe(2000);
    expect(unitsForHalfWidth({ value: 0.1, interval: [0.08, 0.12], n: null }, 0.01)).toBeNull();
    // 0.02 on [-0.04, 0.08]: the arm is three times the distance to zero.
    expect(compareSystems({ value: 0.02, interval: [-0.04, 0.08], n: 100 }).units).toBe(Math.ceil(900 * 2.043222));
  });
});
