import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY } from "../../../core/day.ts";
import { createRandom, type Random } from "../../../core/random.ts";
import type { Guardrail, GuardrailKind } from "./guardrail.ts";
import { readingHistory } from "./reading-history.ts";
import type { CandidateDecisions, RolloutCases } from "./rollout-cases.ts";
import { rolloutToll } from "./rollout-toll.ts";
import { isTreated, LOOK, type RolloutPlan, runRollout } from "./run-rollout.ts";

const START = 1000 * DAY;
const DELAY = DAY;
const BAKE = DAY;

interface Rates {
  /** Share of honest cases, and of positives, that are declined. */
  readonly honest: number;
  readonly positive: number;
}

const TODAY: Rates = { honest: 0.03, positive: 0.6 };
const POSITIVE = 0.04;

/** Cases of units who differ in how often they look suspicious; the champion declines by `TODAY`. */
function drawCases(random: Random, count = 3000, units = 300, days = 4): RolloutCases {
  const suspicion = Float64Array.from({ length: units }, () => random.exponential());
  const unit = Int32Array.from({ length: count }, () => random.below(units));
  const positive = Uint8Array.from(unit, () => Number(random.uniform() < POSITIVE));
  const time = Float64Array.from({ length: count }, (_, i) => START + (i * days * DAY) / count);
  const amount = Float64Array.from(unit, () => 20 * Math.exp(1.5 * random.normal()));
  const shell = { time, unit, amount, positive, units, delay: DELAY, declined: new Uint8Array(count) };
  return { ...shell, declined: decide(shell, TODAY, suspicion, random) };
}

function decide(
  { unit, positive }: Pick<RolloutCases, "unit" | "positive">,
  rates: Rates,
  suspicion: Float64Array,
  random: Random,
): Uint8Array {
  return Uint8Array.from(unit, (one, row) =>
    Number(random.uniform() < (positive[row] === 1 ? rates.positive : rates.honest * suspicion[one])),
  );
}

function drawCandidate(cases: RolloutCases, rates: Rates, random: Random): CandidateDecisions {
  const suspicion = new Float64Array(cases.units).fill(1);
  return { declined: decide(cases, rates, suspicion, random), failed: new Uint8Array(cases.time.length) };
}

function guardrail(kind: GuardrailKind, margin = 0): Guardrail {
  return { name: kind, kind, margin, isStated: true };
}

const PLAN: RolloutPlan = {
  steps: [
    { label: "shadow", share: 0 },
    { label: "10%", share: 0.1 },
    { label: "50%", share: 0.5 },
    { label: "100%", share: 1 },
  ],
  start: START,
  bake: BAKE,
  rollback: 300,
  guardrails: [
    guardrail("errors"),
    guardrail("false positives"),
    guardrail("positives missed"),
    guardrail("cases declined"),
    guardrail("money lost"),
  ],
  alpha: 0.05,
  positiveShare: POSITIVE,
  alertsPerDay: null,
  isTooSlow: false,
};

describe("a rollout", () => {
  it("stops a candidate that does no harm at most as often as alpha says, though it looks every hour", () => {
    const seeds = 300;
    let stopped = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const random = createRandom(seed, "equal");
      const cases = drawCases(random);
      if (runRollout(cases, drawCandidate(cases, TODAY, random), PLAN).stop !== undefined) stopped++;
    }
    expect(stopped / seeds).toBeLessThanOrEqual(PLAN.alpha);
  });

  it("stops a candidate that declines everybody within hours of shadow, before it has served anybody", () => {
    const cases = drawCases(createRandom(1, "flood"));
    const candidate = drawCandidate(cases, { honest: 1, positive: 1 }, createRandom(2, "flood"));
    const outcome = runRollout(cases, candidate, PLAN);
    expect(outcome.stop).toMatchObject({ step: 0, shownBy: 0, reading: { when: "at once" } });
    expect((outcome.stop?.at ?? 0) - START).toBeLessThanOrEqual(6 * LOOK);
    expect(rolloutToll(cases, candidate, PLAN, outcome)).toMatchObject({ units: 0, othersDeclined: 0 });
  });

  it("stops a candidate that misses fraud only when labels tell, with payments of an earlier step", () => {
    const cases = drawCases(createRandom(3, "blind"), 12_000);
    const candidate = drawCandidate(cases, { honest: TODAY.honest, positive: 0 }, createRandom(4, "blind"));
    const { stop } = runRollout(cases, candidate, PLAN);
    expect(stop).toMatchObject({ step: 1, shownBy: 0, reading: { kind: "positives missed", when: "confirmed" } });
    expect(stop?.at).toBeGreaterThan(START + DELAY);
    expect(stop?.servedUntil).toBe((stop?.at ?? 0) + 300);
    const told = { step: 0, kind: "positives missed", when: "confirmed", until: stop?.at ?? 0 } as const;
    const [last, before] = readingHistory(cases, candidate, PLAN, told).toReversed();
    expect(last).toMatchObject({ at: stop?.at, isHarmed: true, effect: stop?.reading?.effect });
    expect(before).toMatchObject({ at: (stop?.at ?? 0) - LOOK, isHarmed: false });
  });

  it("does not catch missed fraud with guardrails that do not look at it", () => {
    const cases = drawCases(createRandom(3, "blind"), 12_000);
    const candidate = drawCandidate(cases, { honest: TODAY.honest, positive: 0 }, createRandom(4, "blind"));
    const plan = { ...PLAN, guardrails: [guardrail("errors"), guardrail("false positives", 0.01)] };
    const outcome = runRollout(cases, candidate, plan);
    expect(outcome.stop).toBeUndefined();
    const toll = rolloutToll(cases, candidate, plan, outcome);
    expect(toll.lost).toBeGreaterThan(toll.lostBefore);
  });

  it("compares arms where there is no shadow: a candidate that fails on payments is stopped in its first step", () => {
    const cases = drawCases(createRandom(5, "errors"), 6000, 600);
    const failed = Uint8Array.from(cases.time, (_, row) => Number(row % 3 === 0));
    const plan = { ...PLAN, steps: PLAN.steps.slice(1), guardrails: [guardrail("errors")] };
    const outcome = runRollout(cases, { declined: cases.declined, failed }, plan);
    expect(outcome.stop).toMatchObject({ step: 0, reading: { kind: "errors" } });
    const { units } = rolloutToll(cases, { declined: cases.declined, failed }, plan, outcome);
    expect(units).toBeLessThan(0.2 * cases.units);
  });

  it("serves until the step ends where there is no way back", () => {
    const cases = drawCases(createRandom(5, "errors"));
    const failed = new Uint8Array(cases.time.length).fill(1);
    const plan = { ...PLAN, steps: PLAN.steps.slice(1), rollback: null };
    const { stop } = runRollout(cases, { declined: cases.declined, failed }, plan);
    expect(stop?.servedUntil).toBe(START + BAKE);
  });

  it("stops at the end of shadow where alerts are more than the team can work off, and goes on where they are not", () => {
    const cases = drawCases(createRandom(6, "volume"), 6000, 300, 12);
    const candidate = drawCandidate(cases, TODAY, createRandom(7, "volume"));
    const plan = { ...PLAN, bake: 3 * DAY, guardrails: [] };
    const stopped = runRollout(cases, candidate, { ...plan, alertsPerDay: 5 }).stop;
    expect(stopped).toMatchObject({ at: START + 3 * DAY, step: 0, reading: undefined, volume: { days: 3 } });
    expect(runRollout(cases, candidate, { ...plan, alertsPerDay: 60 }).stop).toBeUndefined();
  });

  it("says which steps there are no payments for, and which one is cut", () => {
    const cases = drawCases(createRandom(8, "short"), 1500, 100, 1.5);
    const outcome = runRollout(cases, drawCandidate(cases, TODAY, createRandom(9, "short")), PLAN);
    expect(outcome.steps.map(({ label, isCut }) => [label, isCut])).toEqual([
      ["shadow", false],
      ["10%", true],
    ]);
    expect(outcome.withoutData).toEqual(["50%", "100%"]);
  });

  it("decides nothing by a label that has not arrived", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 100 }), (seed, hours) => {
        const random = createRandom(seed, "labels");
        const cases = drawCases(random, 1200, 60);
        const candidate = drawCandidate(cases, { honest: 0.05, positive: 0.1 }, random);
        const now = START + hours * LOOK;
        // What is not known at `now` could as well have been the other way round.
        const positive = cases.positive.map((one, row) => (cases.time[row] + DELAY > now ? 1 - one : one));
        const before = runRollout(cases, candidate, PLAN).stop;
        const after = runRollout({ ...cases, positive }, candidate, PLAN).stop;
        const known = (stop: typeof before) => (stop !== undefined && stop.at <= now ? stop : undefined);
        expect(known(after)).toEqual(known(before));
      }),
      { numRuns: 40 },
    );
  });
});

describe("the customers of a step", () => {
  it("stay in when the share grows", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.nat(1_000_000), share, share, (unit, a, b) => {
        if (isTreated(unit, Math.min(a, b))) expect(isTreated(unit, Math.max(a, b))).toBe(true);
      }),
    );
  });

  it("are nobody in shadow, everybody at 100%, and about the share in between", () => {
    const units = Array.from({ length: 10_000 }, (_, unit) => unit);
    const count = (share: number): number => units.filter((one) => isTreated(one, share)).length;
    expect([count(0), count(1)]).toEqual([0, 10_000]);
    expect(count(0.1)).toBeGreaterThan(880);
    expect(count(0.1)).toBeLessThan(1120);
  });
});
