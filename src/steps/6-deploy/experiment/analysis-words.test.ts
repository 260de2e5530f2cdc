import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyRuns } from "../../../../test/property-runs.ts";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom, type Random } from "../../../core/random.ts";
import { momentsOf } from "../../5-evaluate/protocols/moments.ts";
import type { AnalysisPlan, Reading } from "./analysis.ts";
import { analyzeExperiment, leavesOutZero } from "./analyze.ts";
import type { ArmData, MetricMoments } from "./arm-data.ts";
import { compareEstimate } from "./comparison.ts";
import { describeAnalysis } from "./describe-analysis.ts";
import { guardrailError } from "./guardrail-error.ts";
import { designsFor, INTERFERENCES } from "./interference.ts";
import { checkGuardrail } from "./non-inferiority.ts";
import { pairedMomentsOf } from "./paired-moments.ts";
import { fiellerLift, relativeLift } from "./relative-lift.ts";

const CLEAN = { metrics: ["value", "hides"], inSeveralArms: 0, neverAssigned: 0 };

function metric(values: Float64Array, binary: boolean): MetricMoments {
  return { ...momentsOf(values), skewness: 0, binary };
}

/** An arm whose primary metric is a rate, a mean, a ratio, or a mean with its past. */
function drawnArm(name: string, random: Random, form: string, units: number, level: number): ArmData {
  const draw = (): number => (form === "rate" ? (random.uniform() < level / 20 ? 1 : 0) : level + 3 * random.normal());
  const values = Float64Array.from({ length: units }, draw);
  const beside = Float64Array.from(values, (value) => 6 + value / 2 + random.normal());
  const hides = Float64Array.from({ length: units }, () => (random.uniform() < 0.1 ? 1 : 0));
  return {
    ...{ name, units, withoutOutcome: 0 },
    metrics: new Map([
      ["value", metric(values, form === "rate")],
      ["hides", metric(hides, true)],
    ]),
    ...(form === "ratio" ? { ratio: pairedMomentsOf(values, beside) } : {}),
    ...(form === "past" ? { past: pairedMomentsOf(values, beside) } : {}),
  };
}

const readings: readonly Reading[] = [
  { kind: "fixed" },
  { kind: "group-sequential", shape: "pocock", look: 2, looks: 4 },
  { kind: "always-valid", tau: 1 },
];

describe("what is said of an experiment", () => {
  test("never contradicts its own figures, whatever the metric, the reading and the number of arms", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer(),
          form: fc.constantFrom("rate", "mean", "ratio", "past"),
          units: fc.integer({ min: 8, max: 60 }),
          levels: fc.array(fc.double({ min: -4, max: 10, noNaN: true }), { minLength: 2, maxLength: 4 }),
          reading: fc.constantFrom(...readings),
        }),
        ({ seed, form, units, levels, reading }) => {
          const random = createRandom(seed);
          const arms = levels.map((level, i) => drawnArm(`arm ${i}`, random, form, units, level));
          const guardrails = [{ metric: "hides", margin: 0.15, harmful: "increase" }] as const;
          const plan: AnalysisPlan = { control: "arm 0", interference: "none", reading, guardrails };
          const analyzed = analyzeExperiment({ ...CLEAN, arms }, plan);
          if (!analyzed.ok) return;
          const sentences = describeAnalysis(analyzed.value);
          for (const [i, { comparison, lift, significant, adjustedP }] of analyzed.value.arms.entries()) {
            const [low, high] = comparison.interval;
            const holdsZero = low <= 0 && high >= 0;
            const sentence = sentences[i];
            seen.add(
              sentence
                .split(" ")
                .slice(0, 3)
                .join(" ")
                .replace(/^arm \d /u, ""),
            );
            expect(/ (?:raises|lowers) value /u.test(sentence), sentence).toBe(significant);
            if (significant) {
              expect(holdsZero, sentence).toBe(false);
              expect(sentence.includes(" raises ")).toBe(low > 0);
            }
            if (sentence.includes("fits the data")) expect(holdsZero, sentence).toBe(true);
            if (sentence.startsWith("It is not settled"))
              expect(adjustedP <= 1 - comparison.level, sentence).toBe(holdsZero);
            const [least, most] = lift.interval;
            if (Number.isFinite(least) && Number.isFinite(most) && Math.abs(low * high) > 1e-12)
              expect([least <= 0 && most >= 0, Math.sign(lift.lift)]).toEqual([
                holdsZero,
                Math.sign(comparison.effect),
              ]);
          }
          for (const { guardrail, result } of analyzed.value.guardrails) {
            expect(result.verdict === "protected").toBe(result.harmAtMost < guardrail.margin);
            if (result.verdict === "harmed") expect(result.harm).toBeGreaterThan(guardrail.margin);
          }
        },
      ),
      { seed: 11, numRuns: propertyRuns(200) },
    );
    expect([...seen]).toEqual(expect.arrayContaining(["No effect of", "raises", "lowers"]));
  });

  test("of rates is exact where counts are few, and never says more than the exact test", () => {
    const rate = (name: string, events: number, units: number): ArmData => ({
      ...{ name, units, withoutOutcome: 0 },
      metrics: new Map([
        [
          "value",
          metric(
            Float64Array.from({ length: units }, (_, i) => (i < events ? 1 : 0)),
            true,
          ),
        ],
      ]),
    });
    const verdict = (control: number, treated: number, units: number) => {
      const arms = [rate("control", control, units), rate("treatment", treated, units)];
      const analysis = unwrap(
        analyzeExperiment({ ...CLEAN, metrics: ["value"], arms }, { control: "control", interference: "none" }),
      );
      const [{ method, comparison, lift, significant }] = analysis.arms;
      if (Number.isFinite(lift.lift))
        expect(leavesOutZero({ ...comparison, interval: lift.interval })).toBe(leavesOutZero(comparison));
      return { method, p: comparison.pValue, significant, says: describeAnalysis(analysis)[0] };
    };
    const exact = "two proportions, exact";
    // The tables no likelier than the one seen, counted by hand.
    expect(verdict(2, 0, 2)).toMatchObject({ method: exact, p: expect.closeTo(1 / 3, 12), significant: false });
    expect(verdict(7, 3, 8)).toMatchObject({ method: exact, p: expect.closeTo(952 / 8008, 12), significant: false });
    expect(verdict(0, 4, 20)).toMatchObject({ method: exact, p: expect.closeTo(9690 / 91390, 12) });
    expect(verdict(0, 4, 20).says).toMatch(/^No effect of treatment on value is shown/u);
    expect(verdict(0, 8, 8)).toMatchObject({ method: exact, p: expect.closeTo(2 / 12870, 12), significant: true });
    expect(verdict(0, 5, 30).says).toMatch(/^It is not settled whether treatment moves value: .*p = 0\.052/u);
    expect(verdict(5, 5, 10).method).toBe("two proportions");
    expect(verdict(4, 5, 10).method).toBe(exact);
    expect(verdict(0, 0, 10)).toMatchObject({ method: exact, p: 1 });
  });
});

describe("a guardrail that is read more than once", () => {
  test.each<[string, (look: number) => Reading]>([
    ["at five planned looks", (look) => ({ kind: "group-sequential", shape: "pocock", look, looks: 5 })],
    ["at any time", () => ({ kind: "always-valid", tau: 0.3 })],
  ])("calls harm at its margin excluded at any of five looks in at most 5 cases of 100, %s", (_, readingAt) => {
    const random = createRandom(8);
    const runs = 1500;
    const margin = 0.2;
    const looks = [1, 2, 3, 4, 5];
    // Known variances: 60 units an arm and look, so that the mean and its error are all there is to draw.
    const errorOf = (look: number): number => Math.sqrt(2 / (60 * look));
    const compareAt = (effect: number, look: number) => (level: number) =>
      compareEstimate(effect, errorOf(look), Number.POSITIVE_INFINITY, level);
    const errors = looks.map((look) => unwrap(guardrailError(readingAt(look), 0.05, margin, compareAt(0, look))));
    let [wrong, peeked] = [0, 0];
    for (let run = 0; run < runs; run++) {
      let sum = 0;
      const effects = looks.map((look) => {
        sum += margin + Math.sqrt(2 / 60) * random.normal();
        return sum / look;
      });
      const isProtected = (look: number, error: number): boolean =>
        checkGuardrail(compareAt(effects[look - 1], look), margin, "increase", error).verdict === "protected";
      if (looks.some((look, i) => isProtected(look, errors[i]))) wrong++;
      if (looks.some((look) => isProtected(look, 0.05))) peeked++;
    }
    expect(wrong / runs).toBeLessThan(0.05 + 2.5 * Math.sqrt(0.0475 / runs));
    expect(wrong / runs).toBeGreaterThan(0.01);
    expect(peeked / runs).toBeGreaterThan(0.1);
  });

  test("has the look's error in an analysis, and all of alpha without looks", () => {
    const arms = [0, 1].map((i) => drawnArm(`arm ${i}`, createRandom(i), "mean", 200, 3));
    const boundOf = (reading: Reading): number => {
      const guardrails = [{ metric: "hides", margin: 0.1, harmful: "increase" }] as const;
      const plan: AnalysisPlan = { control: "arm 0", interference: "none", guardrails, reading };
      return unwrap(analyzeExperiment({ ...CLEAN, arms }, plan)).guardrails[0].result.harmAtMost;
    };
    const [fixed, look, anyTime] = readings.map(boundOf);
    expect(look).toBeGreaterThan(fixed);
    expect(anyTime).toBeGreaterThan(fixed);
  });

  test("asks for an alpha below one half", () => {
    const arms = [0, 1].map((i) => drawnArm(`arm ${i}`, createRandom(i), "mean", 20, 3));
    const plan: AnalysisPlan = {
      ...{ control: "arm 0", alpha: 0.5, reading: readings[1] },
      guardrails: [{ metric: "hides", margin: 0.1, harmful: "increase" }],
    };
    expect(analyzeExperiment({ ...CLEAN, arms }, plan)).toMatchObject({ ok: false, failure: { where: "alpha" } });
  });
});

describe("the lift beside an effect", () => {
  test("is Fieller's: the shares at which the difference from that share of the control is just within reach", () => {
    const arms = { treated: 10.4, treatedError: 0.08, control: 10, controlError: 0.07 };
    const { lift, interval, standardError } = fiellerLift({ ...arms, reach: 1.96 });
    expect(lift).toBeCloseTo(0.04, 12);
    expect(standardError).toBe(relativeLift(arms).standardError);
    for (const [end, side] of [
      [interval[0], 1],
      [interval[1], -1],
    ] as const) {
      const ratio = 1 + end;
      const error = Math.hypot(arms.treatedError, ratio * arms.controlError);
      expect((arms.treated - ratio * arms.control) / error).toBeCloseTo(side * 1.96, 9);
    }
    expect(fiellerLift({ ...arms, controlError: 4, reach: 3 }).lift).toBeNaN();
    expect(fiellerLift({ ...arms, control: -10, reach: 1.96 }).interval[0]).toBeLessThan(-2.04);
  });

  test("covers the ratio of two means 19 times in 20", () => {
    const random = createRandom(3);
    const runs = 2000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const arm = (name: string, mean: number): ArmData => {
        const values = Float64Array.from({ length: 40 }, () => mean + 3 * random.normal());
        return { name, units: 40, withoutOutcome: 0, metrics: new Map([["value", metric(values, false)]]) };
      };
      const arms = [arm("control", 5), arm("treatment", 6)];
      const { arms: read } = unwrap(
        analyzeExperiment({ ...CLEAN, metrics: ["value"], arms }, { control: "control", interference: "none" }),
      );
      const [low, high] = read[0].lift.interval;
      if (low <= 0.2 && high >= 0.2) covered++;
    }
    expect(Math.abs(covered / runs - 0.95)).toBeLessThan(0.015);
  });
});

describe("a design beside the declared interference", () => {
  test.each([
    ["carry-over", "switchback", true, "blocks of the other arm"],
    ["marketplace", "switchback", null, "a whole block of time in one place"],
    ["social", "cluster", null, "a whole cluster"],
    ["shared-budget", "budget-split", false, "`budget-split` fits"],
    ["none", "ab", false, "`ab` fits"],
  ] as const)("%s with %s", (interference, design, holds, words) => {
    const arms = [0, 1].map((i) => drawnArm(`arm ${i}`, createRandom(i), "mean", 20, 3));
    const { doubts } = unwrap(analyzeExperiment({ ...CLEAN, arms }, { control: "arm 0", interference, design }));
    const doubt = doubts.find(({ name }) => name === "interference");
    expect([doubt?.holds, doubt?.fatal]).toEqual([holds, holds === true]);
    expect(doubt?.says).toContain(words);
  });

  test("says why each design that does not fit is wrong", () => {
    for (const kind of INTERFERENCES.slice(1)) expect(designsFor(kind).why).not.toBe("");
  });
});
