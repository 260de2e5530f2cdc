import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paretoFront } from "./pareto.ts";

describe("the Pareto front", () => {
  it("keeps what nothing beats in both quality and cost", () => {
    const points = [
      [0.5, 10],
      [0.6, 20],
      [0.4, 20],
      [0.6, 30],
      [Number.NaN, 1],
    ];
    expect(paretoFront(points, ["more", "less"])).toEqual([true, true, false, false, false]);
  });

  it("keeps equal points together, and some point whenever there is one", () => {
    expect(
      paretoFront(
        [
          [1, 1],
          [1, 1],
        ],
        ["more", "less"],
      ),
    ).toEqual([true, true]);
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), { minLength: 1 });
    fc.assert(fc.property(points, (list) => paretoFront(list, ["more", "less"]).includes(true)));
  });
});
