import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { AREA_NAMES } from "./area.ts";
import { makePlan } from "./plan.ts";
import { foldHistory } from "./profile.ts";
import { sampleAnswer, sampleCards } from "./sample-history.ts";

const cards = sampleCards(200);
const plan = (days: number, more = {}, records: Parameters<typeof foldHistory>[0] = []) =>
  makePlan(foldHistory(records), cards, { today: 1000, until: 1000 + days, hoursPerWeek: 5, target: 5, ...more });

describe("a plan to a date", () => {
  it("fills exactly the days and the hours there are", () => {
    const { weeks } = unwrap(plan(54));
    expect(weeks.reduce((sum, week) => sum + week.days, 0)).toBe(54);
    expect(weeks.reduce((sum, week) => sum + week.minutes, 0)).toBeCloseTo((54 / 7) * 300, -1);
  });

  it("reaches the level it aims at, and every area", () => {
    const { weeks } = unwrap(plan(84));
    expect(weeks[weeks.length - 1].level).toBe(5);
    expect(new Set(weeks.flatMap(({ areas }) => areas.map(({ area }) => area)))).toEqual(new Set(AREA_NAMES));
    expect(weeks.every((week, i) => i === 0 || week.level >= weeks[i - 1].level)).toBe(true);
  });

  it("begins where one is weak and revises itself as one answers", () => {
    const weak = cards
      .filter(({ area }) => area === "fraud")
      .map((card, i) => sampleAnswer(card, { score: 0, at: 990 + (i % 9) }));
    expect(unwrap(plan(84, {}, weak)).weeks[0].areas[0].area).toBe("fraud");
    expect(unwrap(plan(84)).weeks[0].level).toBeGreaterThanOrEqual(unwrap(plan(84, {}, weak)).weeks[0].level);
  });

  it("says whether one is on track", () => {
    const stated = {
      type: "plan",
      id: "plan-0001",
      at: new Date(990 * 86_400_000).toISOString(),
      until: "2030-01-01",
      hoursPerWeek: 5,
      target: 5,
    } as const;
    expect(unwrap(plan(84, {}, [stated])).onTrack).toBe(false);
    const busy = Array.from({ length: 280 }, (_, i) =>
      sampleAnswer(cards[i % 200], { score: 1, at: 994 + (i % 6) + i / 1000 }),
    );
    expect(unwrap(plan(84, {}, [stated, ...busy])).onTrack).toBe(true);
  });

  it("refuses dates that have passed and hours nobody has", () => {
    expect(plan(0).ok).toBe(false);
    expect(plan(-3).ok).toBe(false);
    expect(plan(10_000).ok).toBe(false);
    expect(plan(30, { hoursPerWeek: 0 }).ok).toBe(false);
    expect(plan(30, { hoursPerWeek: Number.NaN }).ok).toBe(false);
  });

  it("is as long as five years of 366 days, and from one day on", () => {
    expect(plan(1).ok).toBe(true);
    expect(plan(1830).ok).toBe(true);
    expect(plan(1831).ok).toBe(false);
    expect(plan(30, { hoursPerWeek: 100 }).ok).toBe(true);
    expect(plan(30, { hoursPerWeek: 100.1 }).ok).toBe(false);
  });

  it("rises from the level of today to the target, and reviews a fifth at first and three fifths at the end", () => {
    const { weeks, target } = unwrap(plan(21));
    expect(target).toBe(5);
    expect(weeks.map(({ firstDay, days }) => [firstDay, days])).toEqual([
      [1000, 7],
      [1007, 7],
      [1014, 7],
    ]);
    // Nobody's level is 3.5: 3.5, 4.25 and 5 are rounded.
    expect(weeks.map(({ level }) => level)).toEqual([4, 4, 5]);
    expect(weeks.map(({ minutes, reviewMinutes }) => [minutes, reviewMinutes])).toEqual([
      [300, 60],
      [300, 120],
      [300, 180],
    ]);
    expect(weeks[0].areas.map(({ minutes }) => minutes)).toEqual([60, 60, 60, 60]);
    expect(unwrap(plan(3)).weeks).toMatchObject([{ days: 3, minutes: 129, reviewMinutes: 77, level: 5 }]);
    expect(unwrap(plan(21, { target: 1 })).weeks.map(({ level }) => level)).toEqual([4, 4, 4]);
    const weak = cards.slice(0, 60).map((card) => sampleAnswer({ ...card, level: 1 }, { score: 0, at: 990 }));
    expect(unwrap(plan(21, { target: 1 }, weak)).weeks.map(({ level }) => level)).toEqual([1, 1, 1]);
  });

  it("takes four areas a week in turn", () => {
    const names = unwrap(plan(35)).weeks.map(({ areas }) => areas.map(({ area }) => area));
    expect(names.slice(0, 4).flat()).toHaveLength(new Set(names.slice(0, 4).flat()).size);
    expect(names[4]).toEqual(names[0]);
  });

  it("asks for as many questions a day as the minutes allow, a minute beside each for reading", () => {
    expect(unwrap(plan(21)).questionsPerDay).toBe(Math.round(300 / 7 / 3));
    const long = cards.map((card) => ({ ...card, minutes: 30 }));
    const options = { today: 1000, until: 1021, hoursPerWeek: 5, target: 5 };
    expect(unwrap(makePlan(foldHistory([]), long, options)).questionsPerDay).toBe(Math.round(300 / 7 / 11));
    expect(unwrap(makePlan(foldHistory([]), [], options)).questionsPerDay).toBe(Math.round(300 / 7 / 4));
    expect(unwrap(plan(21, { hoursPerWeek: 0.1 })).questionsPerDay).toBe(1);
  });

  it("expects one level in forty hours, between one and six", () => {
    expect(unwrap(plan(56)).expected).toBeCloseTo(3.5 + (8 * 5) / 40, 12);
    expect(unwrap(plan(1000)).expected).toBe(6);
    const weak = cards.slice(0, 60).map((card) => sampleAnswer({ ...card, level: 1 }, { score: 0, at: 990 }));
    expect(unwrap(plan(7, {}, weak)).expected).toBe(1);
  });

  it("counts the minutes since the plan was stated, of the last seven days, a quarter of an hour at most for one answer", () => {
    const stated = (day: number) => ({
      type: "plan" as const,
      id: "plan-0002",
      at: new Date(day * 86_400_000).toISOString(),
      until: "2030-01-01",
      hoursPerWeek: 7,
      target: 5,
    });
    const answered = (seconds: number, at: number) => ({ ...sampleAnswer(cards[0], { score: 1, at }), seconds });
    const track = (day: number, ...answers: readonly ReturnType<typeof answered>[]) =>
      unwrap(plan(21, { hoursPerWeek: 7 }, [stated(day), ...answers]));
    expect([1001, 1000, 999, 997, 993, 990].map((day) => track(day).due)).toEqual([0, 0, 60, 180, 420, 420]);
    expect(track(999, answered(600, 992), answered(600, 993), answered(600, 1000)).done).toBe(20);
    expect(track(999, answered(5000, 999)).done).toBe(15);
    // Four fifths of what is due are on track.
    const minutes = (count: number) => Array.from({ length: count }, (_, i) => answered(60, 999 + i / 100));
    expect([track(999, ...minutes(47)).onTrack, track(999, ...minutes(48)).onTrack]).toEqual([false, true]);
    expect(unwrap(plan(21)).due).toBe(0);
  });
});
