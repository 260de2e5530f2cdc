import { describe, expect, it } from "vitest";
import { calibration } from "./calibration.ts";
import { sampleAnswer, sampleCards } from "./sample-history.ts";

const [card] = sampleCards(1);
const answer = (confidence: number | undefined, score: number) => sampleAnswer(card, { score, at: 1, confidence });

describe("calibration", () => {
  it("compares what was stated with what was right, in five bins", () => {
    const found = calibration([
      answer(0.1, 0),
      answer(0.5, 1),
      answer(0.55, 0),
      answer(0.8, 1),
      answer(0.9, 0.5),
      answer(1, 1),
      answer(undefined, 1),
      { ...answer(0.9, 0), verdict: "unanswered" },
    ]);
    expect(found?.answers).toBe(6);
    expect(found?.bins).toEqual([
      { stated: 0.1, right: 0, answers: 1 },
      { stated: expect.closeTo(0.525, 12), right: 0.5, answers: 2 },
      { stated: expect.closeTo(0.9, 12), right: expect.closeTo(2 / 3, 12), answers: 3 },
    ]);
    // Close is not right: (0.1² + 0.5² + 0.55² + 0.2² + 0.9² + 0) / 6, and mean confidence 3.85/6 less 3/6 right.
    expect(found?.brier).toBeCloseTo((0.01 + 0.25 + 0.3025 + 0.04 + 0.81) / 6, 12);
    expect(found?.bias).toBeCloseTo(3.85 / 6 - 0.5, 12);
  });

  it("is unknown where no confidence was stated", () => {
    expect(calibration([])).toBeUndefined();
    expect(calibration([answer(undefined, 1)])).toBeUndefined();
  });
});
