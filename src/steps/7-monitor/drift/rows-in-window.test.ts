import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { drawSome, rowsThatHold } from "./rows-in-window.ts";

describe("rows in a window", () => {
  it("are all that hold, in their order", () => {
    expect(Array.from(rowsThatHold(10, (row) => row % 3 === 1))).toEqual([1, 4, 7]);
    expect(rowsThatHold(4, () => false)).toHaveLength(0);
  });

  it("are so many where there are more, each as likely as any other", () => {
    const rows = Int32Array.from({ length: 12 }, (_, at) => 10 * at);
    const times = new Int32Array(12);
    for (let seed = 0; seed < 4000; seed++) {
      const drawn = drawSome(rows, 3, createRandom(seed));
      expect(drawn).toHaveLength(3);
      expect(Array.from(drawn)).toEqual(Array.from(new Set(drawn)).sort((a, b) => a - b));
      for (const row of drawn) times[row / 10]++;
    }
    // 1,000 expected of each; four standard deviations are 110.
    for (const one of times) expect(Math.abs(one - 1000)).toBeLessThan(110);
    expect(drawSome(rows, 12, createRandom(1))).toBe(rows);
  });
});
