import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { type Binning, chooseCuts } from "./choose-cuts.ts";

const binnings: Binning[] = ["equal-count", "tails"];

function lognormal(rows: number): Float64Array {
  const random = createRandom(1);
  return Float64Array.from({ length: rows }, () => Math.exp(2 * random.normal()));
}

describe.each(binnings)("%s cuts", (binning) => {
  it("ascend, are no more than asked for, and part neighbouring values", () => {
    const value = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -5, max: 5 }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 300 }), fc.integer({ min: 2, max: 40 }), (values, maxBins) => {
        const cuts = chooseCuts(Float64Array.from(values), maxBins, binning);
        expect(cuts.length).toBeLessThan(maxBins);
        const sorted = [...new Set(values.map((one) => one + 0))].sort((a, b) => a - b);
        for (const [i, cut] of cuts.entries()) {
          if (i > 0) expect(cut).toBeGreaterThan(cuts[i - 1]);
          expect(sorted.some((one) => one <= cut) && sorted.some((one) => one > cut)).toBe(true);
        }
      }),
    );
  });

  it("part every two values when there are no more than the bins", () => {
    expect([...chooseCuts(Float64Array.of(5, 1, 2, 2, 9), 4, binning)]).toEqual([1.5, 3.5, 7]);
  });

  it("are none for one value or none", () => {
    expect(chooseCuts(Float64Array.of(3, 3, 3), 10, binning).length).toBe(0);
    expect(chooseCuts(new Float64Array(0), 10, binning).length).toBe(0);
  });

  it("stay finite beside infinities", () => {
    const cuts = chooseCuts(Float64Array.of(Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY), 10, binning);
    expect([...cuts]).toEqual([-Number.MAX_VALUE, Number.MAX_VALUE]);
  });
});

it("equal-count cuts put as many rows in each bin, within a tenth", () => {
  const values = lognormal(50_000);
  const cuts = chooseCuts(values.slice(), 100, "equal-count");
  expect(cuts.length).toBe(99);
  for (let i = 1; i < cuts.length; i++) {
    const rows = values.filter((value) => value > cuts[i - 1] && value <= cuts[i]).length;
    expect(rows).toBeGreaterThan(450);
    expect(rows).toBeLessThan(550);
  }
});

it("equal-count cuts give a heavy value a bin of its own", () => {
  const values = Float64Array.from({ length: 10_000 }, (_, row) => (row < 6000 ? 7 : row / 1000));
  const cuts = [...chooseCuts(values, 20, "equal-count")];
  const around = cuts.filter((cut) => Math.abs(cut - 7) < 0.01);
  expect(around.length).toBe(2);
});

it("tails cuts reach the single largest and smallest values, which equal-count cuts do not", () => {
  const values = lognormal(50_000);
  const sorted = values.toSorted();
  const [tails, equal] = [chooseCuts(values.slice(), 255, "tails"), chooseCuts(values.slice(), 255, "equal-count")];
  const above = (cut: number) => sorted.filter((value) => value > cut).length;
  expect(above(tails[tails.length - 1])).toBe(1);
  expect(tails[0]).toBeLessThan(sorted[1]);
  expect(above(equal[equal.length - 1])).toBeGreaterThan(100);
  expect(tails.filter((cut) => above(cut) <= 100).length).toBeGreaterThan(20);
});
