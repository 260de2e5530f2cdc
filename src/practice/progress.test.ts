import { describe, expect, it } from "vitest";
import { recall } from "./memory.ts";
import { foldHistory } from "./profile.ts";
import { measureProgress } from "./progress.ts";
import { sampleAnswer, sampleCards } from "./sample-history.ts";

it("gives eight right answers of ten the Wilson interval 0.490 to 0.943", () => {
  const [card] = sampleCards(1);
  const records = Array.from({ length: 10 }, (_, at) => sampleAnswer(card, { score: at < 8 ? 1 : 0, at: 100 + at }));
  const { areas, answers, questions } = measureProgress(foldHistory(records), 110);
  const cell = areas.find(({ area }) => area === card.area)?.cells[card.level - 1];
  expect(cell).toMatchObject({ answers: 10, share: 0.8 });
  expect(cell?.interval?.[0]).toBeCloseTo(0.4902, 3);
  expect(cell?.interval?.[1]).toBeCloseTo(0.9433, 3);
  expect([answers, questions]).toEqual([10, 1]);
});

describe("progress", () => {
  const [one, two] = sampleCards(40);
  const records = [
    sampleAnswer(one, { score: 1, at: 100, confidence: 0.9 }),
    { ...sampleAnswer(two, { score: 0, at: 104, confidence: 0.7 }), seconds: 5000 },
    { ...sampleAnswer(two, { score: 0, at: 105 }), verdict: "unanswered" as const, seconds: 30 },
    { ...sampleAnswer(one, { score: 1, at: 106 }), seconds: 90 },
  ];

  it("counts answers given and questions seen, and forecasts what is still known of them", () => {
    const profile = foldHistory(records);
    const { answers, questions, forecast, streak } = measureProgress(profile, 106);
    expect([answers, questions, streak]).toEqual([3, 2, 3]);
    expect(forecast.map(({ inDays }) => inDays)).toEqual([0, 7, 30, 90]);
    for (const { inDays, known } of forecast) {
      const right = [...profile.memories.values()].filter((memory) => memory.right);
      expect(right).toHaveLength(1);
      expect(known).toBeCloseTo(recall(right[0], 106 + inDays), 12);
    }
    const known = forecast.map((one) => one.known);
    expect(known).toEqual(known.toSorted((a, b) => b - a));
    expect(known[0]).toBeLessThanOrEqual(1);
    expect(known[3]).toBeLessThan(known[0]);
  });

  it("calls nothing known whose last answer was not right, on the day itself neither", () => {
    const known = (...scores: readonly number[]): number =>
      measureProgress(foldHistory(scores.map((score, i) => sampleAnswer(one, { score, at: 100 + i / 10 }))), 100)
        .forecast[0].known;
    expect([known(0), known(0.5), known(1), known(1, 0), known(0, 1)]).toEqual([0, 0, 1, 0, 1]);
  });

  it("counts what was left open apart", () => {
    expect(measureProgress(foldHistory(records), 106).leftOpen).toBe(1);
  });

  it("adds up the minutes of seven days, at most a quarter of an hour for one answer", () => {
    const minutes = (today: number): number => measureProgress(foldHistory(records), today).minutesLastWeek;
    // 60 + 900 + 30 + 90 seconds, then without the first, then without the second.
    expect(minutes(106)).toBe(18);
    expect(minutes(107)).toBe(17);
    expect(minutes(110)).toBe(17);
    expect(minutes(111)).toBe(2);
    expect(minutes(113)).toBe(0);
  });

  it("gives the uncertainty as half a 95 % interval, wider in an area than in general", () => {
    const { ability, uncertainty, areas } = measureProgress(foldHistory([]), 1);
    expect(ability).toBe(3.5);
    expect(uncertainty).toBeCloseTo(1.96 * 1.5, 12);
    expect(areas[0].uncertainty).toBeCloseTo(1.96 * Math.hypot(1.5, 0.35), 12);
    expect(areas[0].cells).toEqual(Array.from({ length: 6 }, () => ({ answers: 0 })));
  });

  it("keeps calibration over all answers apart from that of the last fifty", () => {
    const early = Array.from({ length: 10 }, (_, at) => sampleAnswer(one, { score: 0, at, confidence: 0.9 }));
    const late = Array.from({ length: 50 }, (_, at) => sampleAnswer(one, { score: 1, at: 20 + at, confidence: 0.9 }));
    const { calibration, recentCalibration } = measureProgress(foldHistory([...early, ...late]), 80);
    expect([calibration?.answers, recentCalibration?.answers]).toEqual([60, 50]);
    expect(recentCalibration?.bias).toBeCloseTo(-0.1, 12);
    expect(calibration?.bias).toBeCloseTo(0.9 - 50 / 60, 12);
    expect(measureProgress(foldHistory([sampleAnswer(one, { score: 1, at: 1 })]), 1).calibration).toBeUndefined();
  });
});
