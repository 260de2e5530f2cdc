import { expect, it } from "vitest";
import { clockWarning, minutesLeft, stepTimes } from "./clock.ts";
import { foldEvents, type InterviewState } from "./interview-event.ts";

/** An interview of `minutes` in which so many minutes were spent in each step. */
function spent(minutes: number, byStep: Readonly<Record<number, number>>, step = 1): InterviewState {
  const state = foldEvents([{ type: "start", at: "2026-01-01T10:00:00.000Z", session: "s", problem: "p", minutes }]);
  if (state === undefined) throw new Error("no start");
  const seconds = Object.fromEntries(Object.entries(byStep).map(([one, value]) => [one, 60 * value]));
  return { ...state, step, seconds };
}

it("gives each step its minutes of 45, scaled to the length of the interview", () => {
  expect(stepTimes(spent(45, {})).map(({ usual }) => usual)).toEqual([7, 5, 7, 9, 5, 7, 3]);
  expect(stepTimes(spent(45, {})).map(({ minutes }) => minutes)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(stepTimes(spent(90, { 2: 6 }))[1]).toEqual({ step: 2, minutes: 6, usual: 10, isLate: false });
});

it("calls a step long from more than half as long again", () => {
  expect(stepTimes(spent(45, { 4: 13.5 }))[3].isLate).toBe(false);
  expect(stepTimes(spent(45, { 4: 13.6 }))[3].isLate).toBe(true);
});

it("warns of the present step alone, never of the last, and of the end from the last minute on", () => {
  expect(minutesLeft(spent(45, { 1: 20, 2: 15 }))).toBe(10);
  expect(clockWarning(spent(45, { 1: 10.5 }))).toBeUndefined();
  expect(clockWarning(spent(45, { 1: 11 }))).toContain("takes 7 minutes usually");
  expect(clockWarning(spent(45, { 1: 11 }, 2))).toBeUndefined();
  expect(clockWarning(spent(45, { 6: 11 }, 6))).toContain("takes 7 minutes usually");
  expect(clockWarning(spent(45, { 7: 11 }, 7))).toBeUndefined();
  expect(clockWarning(spent(45, { 3: 44.9 }, 7))).toBeUndefined();
  expect(clockWarning(spent(45, { 3: 45 }, 7))).toContain("the time is over");
});
