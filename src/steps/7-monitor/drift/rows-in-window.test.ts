import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { drawShuffled, drawSome, type RowsInWindow, rangeOf } from "./rows-in-window.ts";

const tens: RowsInWindow = { from: 5, until: 120, holds: (row) => row % 10 === 0 };

describe("rows in a window", () => {
  it("lie from its beginning to before its end, those of one moment all", () => {
    const time = [1, 2, 2, 2, 5, 7];
    expect(rangeOf(time, 2, 7)).toEqual({ from: 1, until: 5 });
    expect(rangeOf(time, 3, 5)).toEqual({ from: 4, until: 4 });
    expect(rangeOf(time, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual({ from: 0, until: 6 });
    expect(rangeOf(time, 8, 9)).toEqual({ from: 6, until: 6 });
    expect(rangeOf(time, 7, 2)).toEqual({ from: 5, until: 5 });
  });

  it("are all that hold where no more are asked for, in their order", () => {
    const all = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110];
    for (const draw of [drawSome, drawShuffled])
      for (const most of [11, 12]) expect(Array.from(draw(tens, most, createRandom(1)))).toEqual(all);
    expect(drawSome({ ...tens, holds: () => false }, 3, createRandom(1))).toHaveLength(0);
    expect(drawShuffled({ ...tens, holds: () => false }, 3, createRandom(1))).toHaveLength(0);
  });

  it("are so many where there are more, each as likely as any other", () => {
    for (const draw of [drawSome, drawShuffled]) {
      const times = new Int32Array(12);
      for (let seed = 0; seed < 4000; seed++) {
        const drawn = draw(tens, 3, createRandom(seed));
        expect(drawn).toHaveLength(3);
        expect(Array.from(drawn)).toEqual(Array.from(new Set(drawn)).sort((a, b) => a - b));
        for (const row of drawn) times[row / 10]++;
      }
      // 4,000 * 3 / 11 = 1,091 expected of each; four standard deviations are 113.
      for (const one of times.subarray(1)) expect(Math.abs(one - 1091)).toBeLessThan(113);
    }
  });

  it("are those that a shuffle of all would put first", () => {
    for (const [count, most] of [
      [200_000, 700],
      [1000, 999],
      [7, 3],
      [2, 1],
    ]) {
      const all = Int32Array.from({ length: count }, (_, at) => 2 * at + 1);
      const first = createRandom(9, "shuffled").shuffle(all).slice(0, most).sort();
      const rows = { from: 0, until: 2 * count, holds: (row: number) => row % 2 === 1 };
      expect(drawShuffled(rows, most, createRandom(9, "shuffled"))).toEqual(first);
    }
  });
});
