import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairedMomentsOf } from "../experiment/paired-moments.ts";
import { ratioEstimate } from "../experiment/ratio-metric.ts";
import { createRatioTally } from "./ratio-tally.ts";

const CUSTOMERS = 6;

describe("a tallied ratio", () => {
  it("is the ratio of the customers' sums, with at least the delta method's variance, whatever the order of payments", () => {
    const payment = fc.record({
      customer: fc.nat(CUSTOMERS - 1),
      x: fc.constantFrom(0, 1),
      y: fc.constantFrom(0, 1, 2),
    });
    fc.assert(
      fc.property(fc.array(payment, { minLength: 10, maxLength: 60 }), (payments) => {
        const tally = createRatioTally(CUSTOMERS);
        const [xs, ys] = [new Float64Array(CUSTOMERS), new Float64Array(CUSTOMERS)];
        for (const { customer, x, y } of payments) {
          tally.add(customer, x, y);
          xs[customer] += y > 0 ? x : 0;
          ys[customer] += y;
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
        expect(read?.customers).toBe(seen.length);
        expect(read?.variance).toBeGreaterThanOrEqual(whole.variance - 1e-9);
      }),
    );
  });

  it.each([0, 1])("keeps a doubt where every payment so far was %d", (x) => {
    const tally = createRatioTally(CUSTOMERS);
    for (let i = 0; i < 12; i++) tally.add(i % CUSTOMERS, x, 1);
    // Half a success, or half a failure, in 13 payments.
    const share = 0.5 / 13;
    expect(tally.read()).toMatchObject({ ratio: x, payments: 12 });
    expect(tally.read()?.variance).toBeCloseTo((share * (1 - share)) / 12, 12);
  });

  it("says nothing of a single customer", () => {
    const tally = createRatioTally(CUSTOMERS);
    tally.add(0, 1, 1);
    tally.add(0, 0, 1);
    expect(tally.read()).toBeUndefined();
  });
});
