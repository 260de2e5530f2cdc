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
});
