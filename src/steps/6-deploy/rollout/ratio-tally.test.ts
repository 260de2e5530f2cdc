import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairedMomentsOf } from "../experiment/paired-moments.ts";
import { ratioEstimate } from "../experiment/ratio-metric.ts";
import { createRatioTally } from "./ratio-tally.ts";

const UNITS = 6;

describe("a tallied ratio", () => {
  it("is the ratio of the customers' sums, with at least the delta method's variance, whatever the order of payments", () => {
    const drawn = fc.record({
      unit: fc.nat(UNITS - 1),
      x: fc.constantFrom(0, 1),
      y: fc.constantFrom(0, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 10, maxLength: 60 }), (cases) => {
        const tally = createRatioTally(UNITS);
        const [xs, ys] = [new Float64Array(UNITS), new Float64Array(UNITS)];
        for (const { unit, x, y } of cases) {
          tally.add(unit, x, y);
          xs[unit] += y > 0 ? x : 0;
          ys[unit] += y;
        }
        const seen = ys.map((_, one) => one).filter((one) => ys[one] > 0);
        fc.pre(seen.length >= 2);
        const whole = ratioEstimate(
          pairedMomentsOf(
            seen.map((one) => xs[one]),
            seen.map((one) => ys[one]),
          ),
        );
        const read = tally.read();
        expect(read?.ratio).toBeCloseTo(whole.ratio, 9);
        expect(read?.units).toBe(seen.length);
        expect(read?.variance).toBeGreaterThanOrEqual(whole.variance - 1e-9);
      }),
    );
  });

  it.each([0, 1])("keeps a doubt where every payment so far was %d", (x) => {
    const tally = createRatioTally(UNITS);
    for (let i = 0; i < 12; i++) tally.add(i % UNITS, x, 1);
    // Half a success, or half a failure, in 13 cases.
    const share = 0.5 / 13;
    expect(tally.read()).toMatchObject({ ratio: x, cases: 12 });
    expect(tally.read()?.variance).toBeCloseTo((share * (1 - share)) / 12, 12);
  });

  it("says nothing of a single customer", () => {
    const tally = createRatioTally(UNITS);
    tally.add(0, 1, 1);
    tally.add(0, 0, 1);
    expect(tally.read()).toBeUndefined();
  });
});
