import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { parseCondition } from "../../../design/condition.ts";
import { changeOf, judgeWindows, type QualityWindow } from "./window-quality.ts";

const DAY = 86_400;
const WEEK = 7 * DAY;

function window(mean: number, half: number, ageDays: number, n = 80): QualityWindow {
  return { mean, interval: [mean - half, mean + half], n, age: -ageDays * DAY };
}

function judge(windows: readonly QualityWindow[], { lag = 0, holdsFor = 0, text = "drop > 5%" } = {}) {
  const rule = { condition: unwrap(parseCondition(text)), lag, holdsFor, window: WEEK };
  return judgeWindows(windows, { mean: 0.129, interval: [0.12, 0.138] }, rule);
}

describe("an alert on windows of quality", () => {
  it("leaves out the windows whose labels have not arrived: the worst week of the movie run ended before its lag", () => {
    const weeks = [window(0.14, 0.03, 35), window(0.13, 0.03, 14), window(0.047, 0.02, 0, 37)];
    expect(judge(weeks)).toMatchObject({ verdict: "fires", n: 37, unripe: 0 });
    expect(judge(weeks, { lag: WEEK })).toMatchObject({ verdict: "quiet", n: 80, unripe: 1, judged: 2 });
  });

  it("does not settle on a week whose interval holds the old value", () => {
    expect(judge([window(0.11, 0.04, 7, 37)])).toMatchObject({ verdict: "not settled", n: 37 });
  });

  it("fires only where it holds as long as `for` says", () => {
    const [bad, good] = [window(0.06, 0.02, 21), window(0.13, 0.02, 14)];
    expect(judge([bad, good, bad], { holdsFor: 2 * WEEK }).verdict).toBe("quiet");
    expect(judge([good, bad, bad], { holdsFor: 2 * WEEK }).verdict).toBe("fires");
  });

  it("measures nothing where no window is old enough", () => {
    expect(judge([window(0.06, 0.02, 0)], { lag: WEEK })).toMatchObject({
      verdict: "not measured",
      measured: null,
      unripe: 1,
    });
  });

  it("holds a limit on the value itself against the interval of the value", () => {
    expect(judge([window(0.06, 0.02, 7)], { text: "< 0.1" }).verdict).toBe("fires");
    expect(judge([window(0.09, 0.02, 7)], { text: "< 0.1" }).verdict).toBe("not settled");
  });
});

describe("a relative change", () => {
  it("knows of the error of both sides, and of the side of each bound", () => {
    const { value, interval } = changeOf(
      { mean: 0.5, interval: [0.4, 0.7] },
      { mean: 1, interval: [0.9, 1.2] },
      "drop",
    );
    expect(value).toBeCloseTo(0.5, 12);
    // Up: the window 0.2 above, the reference 0.1 below at half its weight. Down: 0.1 below, and 0.2 above at half.
    expect(interval[0]).toBeCloseTo(0.5 - Math.hypot(0.2, 0.05), 12);
    expect(interval[1]).toBeCloseTo(0.5 + Math.hypot(0.1, 0.1), 12);
    const rise = changeOf({ mean: 0.5, interval: [0.4, 0.7] }, { mean: 1, interval: [0.9, 1.2] }, "rise");
    expect(rise.value).toBeCloseTo(-0.5, 12);
    expect(rise.interval[0]).toBeCloseTo(-interval[1], 12);
  });
});
