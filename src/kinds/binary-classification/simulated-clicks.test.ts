import { describe, expect, it } from "vitest";
import { DAY } from "../../core/day.ts";
import { createRandom } from "../../core/random.ts";
import { simulateClicks } from "./simulated-clicks.ts";

const world = { people: 60, things: 20, days: 200 };
const { time, label, knownAt = new Float64Array(), entities, values } = simulateClicks(world, createRandom(3));
const user = entities.get("user");
const ad = entities.get("ad");
const hour = values.get("hour") ?? new Float64Array();
const width = values.get("width") ?? new Float64Array();

const rate = (holds: (row: number) => boolean): number => {
  const rows = [...label.keys()].filter(holds);
  return rows.reduce((sum, row) => sum + label[row], 0) / rows.length;
};

describe("a simulated world of clicks", () => {
  it("has three cases a person and day, in the order of time, from the sixth of January 2025", () => {
    expect(time).toHaveLength(60 * 200 * 3);
    expect(time.every((moment, row) => row === 0 || moment >= time[row - 1])).toBe(true);
    const start = Date.UTC(2025, 0, 6) / 1000;
    expect(time[0]).toBeGreaterThanOrEqual(start);
    expect(time[0]).toBeLessThan(start + DAY);
    expect(time[time.length - 1]).toBeLessThan(start + 200 * DAY);
    expect(time[time.length - 1]).toBeGreaterThan(start + 199 * DAY);
    expect([user?.count, ad?.count]).toEqual([60, 20]);
    expect(new Set(user?.rows).size).toBe(60);
    expect(new Set(ad?.rows).size).toBe(20);
  });

  it("says the hour of the moment, and one of three widths", () => {
    for (let row = 0; row < 500; row++) expect(hour[row]).toBe(new Date(time[row] * 1000).getUTCHours());
    expect(new Set(width)).toEqual(new Set([1, 2, 3]));
  });

  it("is clicked on more in the evening and where it is wide, by people and on things of their own rate", () => {
    expect(rate(() => true)).toBeGreaterThan(0.04);
    expect(rate(() => true)).toBeLessThan(0.12);
    expect(rate((row) => Math.abs(hour[row] - 20) <= 3)).toBeGreaterThan(
      1.6 * rate((row) => Math.abs(hour[row] - 8) <= 3),
    );
    expect(rate((row) => width[row] === 3)).toBeGreaterThan(1.6 * rate((row) => width[row] === 1));
    for (const [rows, count] of [
      [user?.rows, 60],
      [ad?.rows, 20],
    ] as const) {
      const rates = Array.from({ length: count }, (_, one) => rate((row) => rows?.[row] === one)).sort((a, b) => a - b);
      expect(rates[count - 2]).toBeGreaterThan(3 * rates[1]);
    }
  });

  it("is known within the hour where it is a click, after a day where it is none, and hardly ever never", () => {
    const delays = time.map((moment, row) => knownAt[row] - moment);
    const clicks = [...delays].filter((delay, row) => label[row] === 1 && Number.isFinite(delay));
    expect(Math.min(...clicks)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...clicks)).toBeLessThanOrEqual(3600);
    expect(clicks.reduce((sum, one) => sum + one, 0) / clicks.length).toBeCloseTo(1800, -2);
    for (const [row, delay] of delays.entries())
      if (label[row] === 0 && Number.isFinite(delay)) expect(delay).toBeCloseTo(DAY, 3);
    const never = delays.filter((delay) => delay === Number.POSITIVE_INFINITY).length / delays.length;
    expect(never).toBeGreaterThan(0.0004);
    expect(never).toBeLessThan(0.002);
  });
});
