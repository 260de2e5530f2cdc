import { describe, expect, it } from "vitest";
import { DAY } from "../../../core/day.ts";
import { alertVolume } from "./alert-volume.ts";
import { startDay } from "./open-rollout.ts";
import type { RolloutCases } from "./rollout-cases.ts";
import { rolloutToll } from "./rollout-toll.ts";
import { stoppedInShadow } from "./rollout-words.ts";
import { isTreated, type RolloutPlan, type StepOutcome } from "./run-rollout.ts";
import { compareInShadow } from "./shadow-comparison.ts";
import { stepMoney } from "./step-money.ts";

/** Six cases, one an hour from 0: who paid what, what was positive, what each model declines. */
const CASES: RolloutCases = {
  time: Float64Array.of(0, 3600, 7200, 10_800, 14_400, 18_000),
  unit: Int32Array.of(0, 1, 2, 0, 1, 2),
  amount: Float64Array.of(10, 20, 30, 40, 50, 60),
  positive: Uint8Array.of(0, 1, 1, 1, 0, 0),
  declined: Uint8Array.of(0, 1, 0, 0, 0, 1),
  units: 3,
  delay: DAY,
};
const CANDIDATE = { declined: Uint8Array.of(1, 1, 1, 0, 0, 0), failed: Uint8Array.of(0, 0, 0, 0, 0, 1) };
const STEP: StepOutcome = {
  label: "100%",
  share: 1,
  from: 0,
  until: DAY,
  isCut: false,
  cases: 6,
  labelled: 0,
  readings: [],
};
const PLAN: RolloutPlan = {
  steps: [STEP],
  start: 0,
  bake: DAY,
  rollback: 300,
  guardrails: [],
  alpha: 0.05,
  positiveShare: 0.01,
  alertsPerDay: null,
  isTooSlow: false,
};

describe("the toll of a rollout", () => {
  it("counts the payments that the candidate decided, beside what the champion would have done", () => {
    expect(rolloutToll(CASES, CANDIDATE, PLAN, { steps: [STEP], withoutData: [], stop: undefined })).toEqual({
      units: 3,
      cases: 6,
      othersDeclined: 1,
      othersDeclinedBefore: 1,
      lost: 40,
      lostBefore: 70,
    });
  });

  it("ends when the champion serves everybody again", () => {
    const stop = { at: 3600, step: 0, shownBy: 0, reading: undefined, volume: undefined, servedUntil: 3900 };
    const toll = rolloutToll(CASES, CANDIDATE, PLAN, { steps: [STEP], withoutData: [], stop });
    expect(toll).toMatchObject({ units: 2, cases: 2, othersDeclined: 1, lost: 0 });
  });
});

describe("the shadow step", () => {
  it("counts what only one of the two declines, and the frauds among it", () => {
    expect(compareInShadow(CASES, CANDIDATE, { from: 0, until: DAY })).toMatchObject({
      cases: 6,
      onlyCandidate: { cases: 2, positives: 1 },
      onlyChampion: { cases: 1, positives: 0 },
      failed: 1,
      agreement: { share: 0.5 },
    });
  });

  it("is told as what would have been where it was stopped before its end", () => {
    const shadow = { ...STEP, label: "shadow", share: 0 };
    const stoppedAt = (at: number, step: number) => ({
      steps: [shadow, STEP],
      withoutData: [],
      stop: { at, step, shownBy: 0, reading: undefined, volume: undefined, servedUntil: at },
    });
    expect(stoppedInShadow(stoppedAt(DAY / 2, 0), PLAN)).toBe(true);
    // The number of alerts is looked at when the step has ended.
    expect(stoppedInShadow(stoppedAt(DAY, 0), PLAN)).toBe(false);
    expect(stoppedInShadow(stoppedAt(DAY / 2, 1), PLAN)).toBe(false);
    expect(stoppedInShadow({ ...stoppedAt(0, 0), stop: undefined }, PLAN)).toBe(false);
  });

  it("gives the alerts of whole days with the spread of days", () => {
    const time = Float64Array.from({ length: 96 }, (_, hour) => hour * 3600);
    // 2, 4, 2 and 4 alerts: mean 3, deviation 2 / sqrt 3, and t with 3 degrees of freedom is 3.182.
    const declined = Uint8Array.from(time, (_, hour) =>
      Number(hour % 24 < (hour < 24 || (hour >= 48 && hour < 72) ? 2 : 4)),
    );
    const volume = alertVolume(time, declined, 0, 4 * DAY);
    expect(volume?.mean).toBe(3);
    expect(volume?.interval[1]).toBeCloseTo(3 + (3.18245 * (2 / Math.sqrt(3))) / 2, 4);
    expect(alertVolume(time, declined, 0, DAY)).toBeUndefined();
  });
});

describe("the money of a step", () => {
  it("sets both models on the same payments beside each other where everybody is in", () => {
    const money = stepMoney(CASES, CANDIDATE, STEP);
    expect(money).toMatchObject({ candidate: 40 / 3, champion: 70 / 3, difference: -10, interval: null, units: 3 });
  });

  it("gives each arm what its own model lets through", () => {
    const units = 400;
    const all = Array.from({ length: units }, (_, unit) => unit);
    const cases: RolloutCases = {
      time: Float64Array.from(all, (i) => i),
      unit: Int32Array.from(all),
      amount: Float64Array.from(all, (i) => 10 + (i % 7)),
      positive: new Uint8Array(units).fill(1),
      declined: new Uint8Array(units),
      units,
      delay: DAY,
    };
    const candidate = { declined: Uint8Array.from(all, (i) => i % 2), failed: new Uint8Array(units) };
    const money = stepMoney(cases, candidate, { ...STEP, share: 0.5 });
    const mean = (values: number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
    expect(money?.champion).toBeCloseTo(mean(all.filter((i) => !isTreated(i, 0.5)).map((i) => 10 + (i % 7))), 9);
    const lost = all.filter((i) => isTreated(i, 0.5)).map((i) => (i % 2 === 1 ? 0 : 10 + (i % 7)));
    expect(money?.candidate).toBeCloseTo(mean(lost), 9);
    expect(money?.interval?.[1]).toBeLessThan(0);
  });
});

describe("the first day of a rollout", () => {
  const days = { train: 7, delay: 7, test: 7 };

  it("is the day after the test days where shadow is as long as labels take", () => {
    expect(startDay(100, days, 7 * DAY)).toBe(107);
  });

  it("is so late that the last label of the test days is there before the candidate serves anybody", () => {
    for (const quiet of [0, 3600, DAY, 2.5 * DAY, 6 * DAY, 9 * DAY]) {
      expect(startDay(100, days, quiet) * DAY + quiet).toBeGreaterThanOrEqual((100 + days.test + days.delay) * DAY);
    }
  });
});
