import { describe, expect, it } from "vitest";
import { logTicks, roundTicks, spanOf } from "./plot.ts";

const ticks = (from: number, to: number): readonly string[] =>
  roundTicks(from, to, (_, text) => text).map(({ text }) => text);

describe("the axis of a plot", () => {
  it("has three to five ticks on round numbers, with the decimals that all share", () => {
    expect(ticks(0, 1)).toEqual(["0.00", "0.25", "0.50", "0.75", "1.00"]);
    expect(ticks(0, 0.08)).toEqual(["0.00", "0.02", "0.04", "0.06", "0.08"]);
    expect(ticks(-0.3, 0.5)).toEqual(["-0.2", "0.0", "0.2", "0.4"]);
    expect(ticks(0, 4)).toEqual(["0", "1", "2", "3", "4"]);
    expect(ticks(0, 20)).toEqual(["0", "5", "10", "15", "20"]);
    expect(ticks(0, 30)).toEqual(["0", "10", "20", "30"]);
    expect(ticks(2.5, 2.5)).toEqual(["2.5"]);
    for (const [from, to] of [
      [0, 7],
      [-3, 11],
      [0.01, 0.09],
      [100, 950],
      [0, 1.3],
    ]) {
      const places = roundTicks(from, to, () => "").map(({ at }) => at);
      expect(places.length).toBeGreaterThanOrEqual(3);
      expect(places.length).toBeLessThanOrEqual(6);
      for (const at of places) {
        expect(at).toBeGreaterThanOrEqual(from - 1e-9);
        expect(at).toBeLessThanOrEqual(to + 1e-9);
      }
    }
    expect(roundTicks(-1, 1, (at) => `${at}`)[2]).toEqual({ at: 0, text: "0" });
  });

  it("holds all values and zero, with room at both ends, but none below a zero that is the least", () => {
    expect(spanOf([1, 5])).toEqual({ from: 0, to: 5.2 });
    expect(spanOf([-5, -1])).toEqual({ from: -5.2, to: 0 });
    const both = spanOf([-1, 3, Number.NaN]);
    expect(both.from).toBeCloseTo(-1.16, 12);
    expect(both.to).toBeCloseTo(3.16, 12);
    expect(spanOf([0])).toEqual({ from: 0, to: 0 });
    expect(spanOf([])).toEqual({ from: 0, to: 0 });
  });

  it("has powers of ten where it is logarithmic, ends included", () => {
    expect(logTicks(0.001, 10).map(({ text }) => text)).toEqual(["0.001", "0.01", "0.1", "1", "10"]);
    expect(logTicks(0.002, 9).map(({ at }) => at)).toEqual([0.01, 0.1, 1]);
  });
});
