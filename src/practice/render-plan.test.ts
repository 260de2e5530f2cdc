import { expect, it } from "vitest";
import type { PlanWeek, StudyPlan } from "./plan.ts";
import { renderPlan } from "./render-plan.ts";

const week = (i: number): PlanWeek => ({
  firstDay: 20_000 + 7 * i,
  days: 7,
  minutes: 90,
  reviewMinutes: 18 + i,
  level: 3,
  areas: [
    { area: "serving", minutes: 18 },
    { area: "reliability", minutes: 18 },
    { area: "llm", minutes: 18 },
  ],
});
const plan: StudyPlan = {
  weeks: [week(0), week(1)],
  target: 5,
  questionsPerDay: 14,
  done: 90,
  due: 119.6,
  onTrack: false,
  expected: 4.94,
};
const weeks = (count: number): StudyPlan => ({ ...plan, weeks: Array.from({ length: count }, (_, i) => week(i)) });

it("begins with the target, where one stands, and what the hours lead to", () => {
  expect(renderPlan(plan).slice(0, 4)).toEqual([
    "2 weeks to level 5 (Judge), about 14 questions a day",
    "behind: 90 of 120 minutes in the last seven days",
    "the goal: at about one level in forty hours this ends near 4.9: add hours or move the date",
    "",
  ]);
  expect(renderPlan({ ...plan, onTrack: true })[1]).toBe("on track: 90 of 120 minutes in the last seven days");
  expect(renderPlan({ ...plan, due: 0 })[1]).toBe("the plan begins today");
});

it("calls a goal within reach up to a twentieth of a level above what is expected", () => {
  expect(renderPlan({ ...plan, expected: 4.95 })[2]).toBe("the goal: within reach");
  expect(renderPlan({ ...plan, expected: 4.94 })[2]).not.toBe("the goal: within reach");
});

it("shows a week by its first day, minutes, and the first words of its areas", () => {
  expect(renderPlan(plan).slice(4)).toEqual([
    "2024-10-04  level 3    90 min, 18 of them review  serving, reliability, llm serving",
    "2024-10-11  level 3    90 min, 19 of them review  serving, reliability, llm serving",
  ]);
});

it("shows eight weeks, and of more how many and where they end", () => {
  expect(renderPlan(weeks(8))).toHaveLength(4 + 8);
  expect(renderPlan(weeks(9)).slice(-2)).toEqual([renderPlan(weeks(8)).at(-1), "… and 1 more, the last at level 3"]);
});
