import { describe, expect, it } from "vitest";
import { readPlanDay } from "./plan-day.ts";

const dayOf = (date: string): number => Date.parse(date) / 86_400_000;

describe("the last day of a plan", () => {
  it.each([
    ["2027-01-15", "2026-11-28", "2027-01-15"],
    ["6 weeks", "2026-11-28", "2027-01-09"],
    ["1 week", "2026-11-28", "2026-12-05"],
    ["10 days", "2026-11-28", "2026-12-08"],
    [" 3days ", "2026-12-30", "2027-01-02"],
    ["2 months", "2026-11-28", "2027-01-28"],
    ["1 month", "2027-01-31", "2027-02-28"],
    ["1 month", "2028-01-31", "2028-02-29"],
    ["13 months", "2026-12-31", "2028-01-31"],
    ["0 days", "2026-11-28", "2026-11-28"],
  ])("`%s` written on %s is %s", (text, today, day) => {
    expect(readPlanDay(text, dayOf(today))).toBe(dayOf(day));
  });

  it.each(["soon", "", "2027-02-30", "2027-1-5", "-2 weeks", "1.5 weeks", "6", "weeks", "6 fortnights", "99999 days"])(
    "`%s` is no day",
    (text) => {
      expect(readPlanDay(text, 20_000)).toBeUndefined();
    },
  );
});
