import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitRolling } from "./rolling.ts";
import { rowsOf } from "./split.ts";

describe("rolling splits", () => {
  it("train before each test period with the gap between, and test every moment once", () => {
    const options = fc.record({
      train: fc.constantFrom(10, 25, Number.POSITIVE_INFINITY),
      gap: fc.integer({ min: 0, max: 10 }),
      test: fc.integer({ min: 5, max: 12 }),
      folds: fc.integer({ min: 1, max: 4 }),
    });
    const times = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 120, maxLength: 200 });
    fc.assert(
      fc.property(times, options, (steps, chosen) => {
        // At least one event in each second, so that no period is empty.
        const time = Float64Array.from(steps.flatMap((more, second) => Array.from({ length: 1 + more }, () => second)));
        const now = time[time.length - 1] + 1;
        const splits = splitRolling(time, chosen);
        expect(splits).toHaveLength(chosen.folds);
        let testEnd = now - chosen.folds * chosen.test;
        for (const split of splits) {
          const tested = [...rowsOf(split, "test")].map((row) => time[row]);
          const trained = [...rowsOf(split, "train")].map((row) => time[row]);
          expect(split.testStart).toBe(testEnd);
          expect(Math.min(...tested)).toBe(testEnd);
          expect(Math.max(...trained)).toBe(testEnd - chosen.gap - 1);
          expect(Math.min(...trained)).toBe(Math.max(0, testEnd - chosen.gap - chosen.train));
          testEnd += chosen.test;
          expect(Math.max(...tested)).toBe(testEnd - 1);
        }
        expect(testEnd).toBe(now);
      }),
    );
  });

  it("are as many as the history has room for when no number is given", () => {
    const time = Float64Array.from({ length: 100 }, (_, second) => second);
    expect(splitRolling(time, { train: 30, gap: 10, test: 20 })).toHaveLength(3);
    expect(splitRolling(time, { train: 30, gap: 10, test: 20, end: 80 }).map(({ testStart }) => testStart)).toEqual([
      40, 60,
    ]);
  });

  it("are refused when not one period fits, or one has no rows", () => {
    expect(() => splitRolling(Float64Array.of(0, 1, 2), { train: 30, test: 20 })).toThrow("too short");
    expect(() => splitRolling(Float64Array.of(0, 90), { train: 30, test: 20, folds: 2 })).toThrow("nothing to train");
  });
});
