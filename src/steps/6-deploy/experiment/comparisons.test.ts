import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binomial } from "../../../core/distribution-binomial.ts";
import { standardNormal } from "../../../core/distribution-normal.ts";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { momentsOf } from "../../5-evaluate/protocols/moments.ts";
import { compareEstimate } from "./comparison.ts";
import { cupedAdjustment, cupedArms } from "./cuped.ts";
import { adjustPValues, type Correction } from "./multiple-comparisons.ts";
import { checkGuardrail, guardrailSampleSize } from "./non-inferiority.ts";
import { pairedMomentsOf } from "./paired-moments.ts";
import { clopperPearsonInterval, wilsonInterval } from "./proportion-interval.ts";
import { compareRatios, ratioEstimate } from "./ratio-metric.ts";
import { fiellerLift, relativeLift, relativeLiftOfRates } from "./relative-lift.ts";
import { checkSampleRatio } from "./sample-ratio.ts";
import { compareMeans } from "./two-means.ts";
import { compareProportions } from "./two-proportions.ts";

describe("two means", () => {
  const x = momentsOf([12.1, 9.8, 11.4, 10.6, 13.2, 9.1, 10.9, 12.7]);
  const y = momentsOf([8.9, 9.4, 7.7, 10.2, 8.1, 9.9, 7.2]);

  test("are compared by Welch unless Student or z is asked for", () => {
    const welch = compareMeans(y, x);
    expect(welch.effect).toBeCloseTo(2.453571429, 9);
    expect(welch.statistic).toBeCloseTo(3.724119734, 9);
    expect(welch.df).toBeCloseTo(12.93981607, 8);
    expect(welch.pValue).toBeCloseTo(0.00256921667, 11);
    expect(welch.interval[0]).toBeCloseTo(1.029576932, 9);
    expect(welch.interval[1]).toBeCloseTo(3.877565926, 9);
    const student = compareMeans(y, x, { test: "student" });
    expect(student.statistic).toBeCloseTo(3.668563144, 9);
    expect(student.pValue).toBeCloseTo(0.002835056951, 11);
    expect(compareMeans(y, x, { test: "z" }).pValue).toBeLessThan(welch.pValue);
  });

  test("of unequal spread and size: Welch keeps its 5 %, Student does not", () => {
    const random = createRandom(71);
    const runs = 4000;
    let welch = 0;
    let student = 0;
    for (let run = 0; run < runs; run++) {
      const wide = momentsOf(Float64Array.from({ length: 12 }, () => 4 * random.normal()));
      const narrow = momentsOf(Float64Array.from({ length: 60 }, () => random.normal()));
      if (compareMeans(wide, narrow).pValue < 0.05) welch++;
      if (compareMeans(wide, narrow, { test: "student" }).pValue < 0.05) student++;
    }
    expect(Math.abs(welch / runs - 0.05)).toBeLessThan(4 * Math.sqrt(0.0475 / runs));
    expect(student / runs).toBeGreaterThan(0.2);
  });

  test("without any variance say so rather than invent an error", () => {
    expect(compareMeans(momentsOf([1, 1, 1]), momentsOf([1, 1, 1])).pValue).toBe(1);
    expect(compareMeans(momentsOf([1, 1, 1]), momentsOf([2, 2, 2])).pValue).toBe(0);
    expect(compareMeans(momentsOf([1]), momentsOf([2])).pValue).toBeNaN();
  });
});

describe("two proportions", () => {
  const control = { n: 5000, successes: 500 };
  const treated = { n: 5000, successes: 560 };

  test("have a pooled and an unpooled test, a Newcombe and a Wald interval", () => {
    const pooled = compareProportions(control, treated);
    expect(pooled.statistic).toBeCloseTo(1.949079521, 9);
    expect(pooled.pValue).toBeCloseTo(0.05128592891, 10);
    expect(pooled.interval[0]).toBeCloseTo(-7.111240044e-5, 12);
    expect(pooled.interval[1]).toBeCloseTo(0.02407939657, 11);
    const unpooled = compareProportions(control, treated, { test: "unpooled", interval: "wald" });
    expect(unpooled.statistic).toBeCloseTo(1.949449845, 9);
    expect(unpooled.pValue).toBeCloseTo(0.05124172683, 10);
    expect(unpooled.interval[0]).toBeCloseTo(-6.472065432e-5, 12);
    expect(unpooled.interval[1]).toBeCloseTo(0.02406472065, 11);
    expect(pooled.statistic ** 2).toBeCloseTo(3.798910979, 8);
  });

  test("without a single success keep an interval with a width", () => {
    const nothing = compareProportions({ n: 50, successes: 0 }, { n: 50, successes: 0 });
    expect(nothing.pValue).toBe(1);
    expect(nothing.interval[1]).toBeGreaterThan(0.05);
    expect(nothing.interval[0]).toBeCloseTo(-nothing.interval[1], 12);
  });

  test("Newcombe's interval covers about as often as it claims where Wald's does not", () => {
    const random = createRandom(9);
    const runs = 3000;
    let newcombe = 0;
    let wald = 0;
    const draw = (n: number, p: number) => {
      let successes = 0;
      for (let i = 0; i < n; i++) if (random.uniform() < p) successes++;
      return { n, successes };
    };
    for (let run = 0; run < runs; run++) {
      const a = draw(40, 0.02);
      const b = draw(40, 0.05);
      const covers = ([low, high]: readonly [number, number]): boolean => low <= 0.03 && 0.03 <= high;
      if (covers(compareProportions(a, b).interval)) newcombe++;
      if (covers(compareProportions(a, b, { interval: "wald" }).interval)) wald++;
    }
    expect(newcombe / runs).toBeGreaterThan(0.94);
    expect(wald / runs).toBeLessThan(0.93);
  });

  test("one proportion has Wilson's and Clopper and Pearson's interval", () => {
    const expected = [
      [{ n: 5000, successes: 560 }, [0.1035547974, 0.1210409393], [0.1033870262, 0.1210688149]],
      [{ n: 30, successes: 0 }, [0, 0.1135133932], [0, 0.1157033082]],
    ] as const;
    for (const [counted, wilson, clopper] of expected) {
      wilsonInterval(counted).forEach((end, i) => {
        expect(end).toBeCloseTo(wilson[i], 9);
      });
      clopperPearsonInterval(counted).forEach((end, i) => {
        expect(end).toBeCloseTo(clopper[i], 9);
      });
    }
    expect(wilsonInterval({ n: 30, successes: 30 })[1]).toBe(1);
  });
});

describe("ratio metrics", () => {
  const clicks = [3, 0, 1, 4, 2, 0, 5, 1];
  const views = [20, 8, 15, 30, 18, 10, 32, 12];

  test("take their error from units, not from views", () => {
    const estimate = ratioEstimate(pairedMomentsOf(clicks, views));
    expect(estimate.ratio).toBeCloseTo(0.1103448276, 10);
    expect(estimate.variance).toBeCloseTo(0.0003149374254, 13);
    expect(estimate.standardError).toBeCloseTo(0.01774647642, 11);
  });

  test("reject a true null 5 % of the time, where a binomial error over views rejects far more", () => {
    const random = createRandom(19);
    const runs = 1500;
    let delta = 0;
    let naive = 0;
    const arm = () => {
      const rows = Array.from({ length: 150 }, () => {
        const seen = 1 + random.poisson(20);
        const taste = random.uniform() < 0.5 ? 0.02 : 0.3;
        let clicked = 0;
        for (let i = 0; i < seen; i++) if (random.uniform() < taste) clicked++;
        return [clicked, seen] as const;
      });
      return { x: rows.map((row) => row[0]), y: rows.map((row) => row[1]) };
    };
    for (let run = 0; run < runs; run++) {
      const a = arm();
      const b = arm();
      if (compareRatios(pairedMomentsOf(a.x, a.y), pairedMomentsOf(b.x, b.y)).pValue < 0.05) delta++;
      const counted = (rows: { x: number[]; y: number[] }) => ({
        n: rows.y.reduce((sum, value) => sum + value, 0),
        successes: rows.x.reduce((sum, value) => sum + value, 0),
      });
      if (compareProportions(counted(a), counted(b)).pValue < 0.05) naive++;
    }
    expect(Math.abs(delta / runs - 0.05)).toBeLessThan(4 * Math.sqrt(0.0475 / runs));
    expect(naive / runs).toBeGreaterThan(0.2);
  });
});

describe("relative lift", () => {
  test("knows that the control is an estimate", () => {
    const lift = relativeLift({ treated: 10.4, treatedError: 0.08, control: 10, controlError: 0.07 });
    expect(lift.lift).toBeCloseTo(0.04, 12);
    expect(lift.standardError).toBeCloseTo(0.01081657987, 11);
    expect(Math.hypot(0.08, 0.07) / 10).toBeCloseTo(0.01063014581, 11);
  });

  test("of a control that may be zero has no meaning", () => {
    expect(relativeLift({ treated: 1, treatedError: 0.1, control: 0.1, controlError: 0.06 }).lift).toBeNaN();
  });
});

describe("cuped", () => {
  const pre = [5.0, 7.2, 3.1, 9.4, 6.6, 4.8, 8.3, 2.9, 7.7, 5.5];
  const post = [6.1, 8.0, 3.9, 10.9, 6.8, 5.9, 9.1, 3.2, 8.8, 5.8];

  test("shrinks the variance by 1 - rho^2 and leaves the mean alone", () => {
    const { theta, rho, varianceRatio } = cupedAdjustment(pairedMomentsOf(pre, post));
    expect(theta).toBeCloseTo(1.086915335, 9);
    expect(rho).toBeCloseTo(0.9872091938, 10);
    expect(varianceRatio).toBeCloseTo(0.02541800766, 10);
    const adjusted = momentsOf(post.map((value, i) => value - theta * (pre[i] - momentsOf(pre).mean)));
    expect(adjusted.mean).toBeCloseTo(6.85, 12);
    expect(adjusted.variance).toBeCloseTo(0.144557858, 9);
    expect(adjusted.variance / momentsOf(post).variance).toBeCloseTo(varianceRatio, 12);
  });

  test("of two arms equals adjusting every unit, and finds an effect that the plain test misses", () => {
    const random = createRandom(3);
    const arm = (effect: number) => {
      const x = Array.from({ length: 400 }, () => random.normal());
      return { x, y: x.map((past) => past + 0.4 * random.normal() + effect) };
    };
    const control = arm(0);
    const treated = arm(0.1);
    const a = pairedMomentsOf(control.x, control.y);
    const b = pairedMomentsOf(treated.x, treated.y);
    const arms = cupedArms(a, b);
    const grand = (a.meanX + b.meanX) / 2;
    const byUnit = momentsOf(treated.y.map((value, i) => value - arms.adjustment.theta * (treated.x[i] - grand)));
    expect(arms.treated.mean).toBeCloseTo(byUnit.mean, 12);
    expect(arms.treated.variance).toBeCloseTo(byUnit.variance, 10);
    expect(compareMeans(arms.control, arms.treated).pValue).toBeLessThan(0.01);
    expect(compareMeans(arms.control, arms.treated).standardError).toBeLessThan(
      0.5 * compareMeans(momentsOf(control.y), momentsOf(treated.y)).standardError,
    );
  });

  test("covers the true effect as often as it claims", () => {
    const random = createRandom(29);
    const runs = 1000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const arm = (effect: number) => {
        const x = Array.from({ length: 50 }, () => random.normal());
        return pairedMomentsOf(
          x,
          x.map((past) => 2 * past + random.normal() + effect),
        );
      };
      const { control, treated } = cupedArms(arm(0), arm(0.3));
      const { interval } = compareMeans(control, treated);
      if (interval[0] <= 0.3 && 0.3 <= interval[1]) covered++;
    }
    expect(Math.abs(covered / runs - 0.95)).toBeLessThan(4 * Math.sqrt(0.0475 / runs));
  });

  test("with a past that does not vary changes nothing", () => {
    const flat = pairedMomentsOf([1, 1, 1], [2, 3, 4]);
    expect(cupedArms(flat, flat).control).toMatchObject({ mean: 3, variance: 1 });
  });
});

describe("the sample ratio", () => {
  test("is tested against the plan, with an alarm far below 5 %", () => {
    const even = unwrap(checkSampleRatio([50_320, 49_680], [0.5, 0.5]));
    expect(even.chiSquare).toBeCloseTo(4.096, 10);
    expect(even.pValue).toBeCloseTo(0.04298479507, 10);
    expect(even.alarm).toBe(false);
    const three = unwrap(checkSampleRatio([8900, 9300, 1700], [0.45, 0.45, 0.1]));
    expect(three.chiSquare).toBeCloseTo(55.89056393, 7);
    expect(three.pValue / 7.303284975e-13).toBeCloseTo(1, 8);
    expect(three.alarm).toBe(true);
  });

  test("refuses one arm, arms without units and shares that are no split", () => {
    for (const [counts, shares] of [
      [[100], [1]],
      [
        [0, 0],
        [0.5, 0.5],
      ],
      [
        [10, Number.NaN],
        [0.5, 0.5],
      ],
      [
        [10, 10],
        [0.5, 0.6],
      ],
      [
        [10, 10],
        [1, 0],
      ],
      [
        [10, 10, 10],
        [0.5, 0.5],
      ],
    ])
      expect(checkSampleRatio(counts, shares).ok).toBe(false);
  });
});

describe("several tests", () => {
  const p = [0.001, 0.008, 0.012, 0.039, 0.041, 0.042, 0.2, 0.5];

  test.each<[Correction, readonly number[]]>([
    ["bonferroni", [0.008, 0.064, 0.096, 0.312, 0.328, 0.336, 1, 1]],
    ["holm", [0.008, 0.056, 0.072, 0.195, 0.195, 0.195, 0.4, 0.5]],
    ["hochberg", [0.008, 0.056, 0.072, 0.126, 0.126, 0.126, 0.4, 0.5]],
    ["benjamini-hochberg", [0.008, 0.032, 0.032, 0.056, 0.056, 0.056, 0.2285714286, 0.5]],
    ["benjamini-yekutieli", [0.02174285714, 0.08697142857, 0.08697142857, 0.1522, 0.1522, 0.1522, 0.6212244898, 1]],
    ["none", p],
  ])("are adjusted by %s", (correction, expected) => {
    unwrap(adjustPValues(p, correction)).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 9);
    });
    const shuffled = [p[3], p[0], p[7], p[1]];
    const reordered = unwrap(adjustPValues(shuffled, correction));
    expect(reordered[1]).toBe(Math.min(...reordered));
  });

  test("hold the promise of their kind: any false alarm for Holm, the share of false ones for Benjamini and Hochberg", () => {
    const random = createRandom(77);
    const runs = 2000;
    let anyFalse = 0;
    let falseShare = 0;
    for (let run = 0; run < runs; run++) {
      const pValues = Array.from({ length: 20 }, (_, i) => (i < 10 ? random.uniform() : random.uniform() * 0.002));
      const holm = unwrap(adjustPValues(pValues, "holm"));
      if (holm.some((value, i) => i < 10 && value <= 0.05)) anyFalse++;
      const rejected = unwrap(adjustPValues(pValues, "benjamini-hochberg")).map((value) => value <= 0.05);
      const count = rejected.filter(Boolean).length;
      falseShare += count === 0 ? 0 : rejected.filter((each, i) => each && i < 10).length / count;
    }
    expect(anyFalse / runs).toBeLessThan(0.05 + 3 * Math.sqrt(0.0475 / runs));
    expect(falseShare / runs).toBeLessThan(0.05);
    expect(falseShare / runs).toBeGreaterThan(0.01);
  });

  test("never make a p-value smaller, nor break their order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (values) => {
        for (const correction of ["bonferroni", "holm", "hochberg", "benjamini-hochberg"] as const) {
          const adjusted = unwrap(adjustPValues(values, correction));
          for (let i = 0; i < values.length; i++) {
            expect(adjusted[i]).toBeGreaterThanOrEqual(values[i]);
            for (let j = 0; j < values.length; j++)
              if (values[i] < values[j]) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]);
          }
        }
      }),
      { seed: 1 },
    );
  });

  test("with a broken p-value are refused", () => {
    expect(adjustPValues([0.1, Number.NaN]).ok).toBe(false);
    expect(adjustPValues([0.1, 1.1])).toMatchObject({
      failure: { message: "p-value 2 is 1.1, not between 0 and 1" },
    });
    expect(adjustPValues([-1e-9]).ok).toBe(false);
    expect(unwrap(adjustPValues([0, 1]))).toEqual([0, 1]);
    expect(unwrap(adjustPValues([0.9, 0.6], "bonferroni"))).toEqual([1, 1]);
  });
});

describe("a guardrail", () => {
  test("is protected, harmed or open, by where the one-sided bound stands against the margin", () => {
    const at = (effect: number, error: number) =>
      checkGuardrail((level) => compareEstimate(effect, error, Number.POSITIVE_INFINITY, level), 1, "increase");
    expect(at(0, 0.3).verdict).toBe("protected");
    expect(at(0, 0.3).harmAtMost).toBeCloseTo(1.644853627 * 0.3, 8);
    expect(at(2, 0.3).verdict).toBe("harmed");
    expect(at(0.4, 2).verdict).toBe("open");
    expect(at(0.6, 0.2)).toMatchObject({ verdict: "protected", worse: true });
    expect(checkGuardrail((level) => compareEstimate(-3, 0.3, 50, level), 1, "decrease").verdict).toBe("harmed");
    expect(at(0, 0.3).pValue).toBeCloseTo(standardNormal.cdf(-1 / 0.3), 12);
    expect(at(2, 0.3).pValue).toBeCloseTo(standardNormal.cdf(1 / 0.3), 12);
    expect(at(1, 0.3).pValue).toBeCloseTo(0.5, 9);
  });

  test("is protected as often as its planned size says when nothing changes", () => {
    const n = Math.ceil(unwrap(guardrailSampleSize({ sd: 3, margin: 1, power: 0.9 })));
    expect(n).toBe(155);
    const random = createRandom(8);
    const runs = 1000;
    let passed = 0;
    for (let run = 0; run < runs; run++) {
      const arm = () => momentsOf(Float64Array.from({ length: n }, () => 3 * random.normal()));
      const [control, treated] = [arm(), arm()];
      const compareAt = (level: number) => compareMeans(control, treated, { level });
      if (checkGuardrail(compareAt, 1, "increase").verdict === "protected") passed++;
    }
    expect(Math.abs(passed / runs - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / runs));
    expect(guardrailSampleSize({ sd: 3, margin: 0 }).ok).toBe(false);
  });

  test("lets harm equal to the margin through 5 % of the time", () => {
    const random = createRandom(2);
    const runs = 4000;
    let passed = 0;
    for (let run = 0; run < runs; run++) {
      const effect = 1 + 0.5 * random.normal();
      const compareAt = (level: number) => compareEstimate(effect, 0.5, Number.POSITIVE_INFINITY, level);
      if (checkGuardrail(compareAt, 1, "increase").verdict === "protected") passed++;
    }
    expect(Math.abs(passed / runs - 0.05)).toBeLessThan(4 * Math.sqrt(0.0475 / runs));
  });

  const ofRates = (n: number, control: number, treated: number) => (level: number) =>
    compareProportions({ n, successes: control }, { n, successes: treated }, { level });

  test("without a single event in 20 and 20 units is open, with harm up to 11.9 % left", () => {
    const result = checkGuardrail(ofRates(20, 0, 0), 0.01, "increase");
    // Wilson's upper end at 0 of n is z^2 / (n + z^2), here with the one-sided z of 1.645 (Newcombe 1998, method 10).
    expect(result.harmAtMost).toBeCloseTo(1.6448536269514722 ** 2 / (20 + 1.6448536269514722 ** 2), 12);
    expect(result).toMatchObject({ verdict: "open", harm: 0, worse: false });
    expect(result.pValue).toBeGreaterThan(0.3);
    expect(checkGuardrail(ofRates(20, 20, 20), 0.01, "decrease").harmAtMost).toBeCloseTo(result.harmAtMost, 12);
    // The exact bound is 1 - 0.05^(1/n): 1,000 and 1,000 quiet units do protect a point.
    expect(checkGuardrail(ofRates(1000, 0, 0), 0.01, "increase").verdict).toBe("protected");
    expect(checkGuardrail(ofRates(20, 0, 15), 0.01, "increase").verdict).toBe("harmed");
  });

  test("of means that do not vary is open: 20 and 20 units all alike were called protected, with p = 1e-15", () => {
    const alike = (value: number) => momentsOf(new Float64Array(20).fill(value));
    for (const [control, treated, harm] of [
      [50, 50, 0],
      [0, 0, 0],
      [50, 60, 10],
    ]) {
      const result = checkGuardrail((level) => compareMeans(alike(control), alike(treated), { level }), 1, "increase");
      expect(result).toMatchObject({ verdict: "open", harm, worse: false, unitsWanted: Number.POSITIVE_INFINITY });
      expect([result.harmAtMost, result.pValue]).toEqual([Number.NaN, Number.NaN]);
    }
  });

  test("covers the harm 19 times in 20, over rates from 0 on, at 20 to 300 units an arm", () => {
    const random = createRandom(10);
    const runs = 4000;
    const draw = (n: number, rate: number): number => {
      let successes = 0;
      for (let i = 0; i < n; i++) if (random.uniform() < rate) successes++;
      return successes;
    };
    for (const n of [20, 100, 300]) {
      let covered = 0;
      for (let run = 0; run < runs; run++) {
        const control = 0.3 * random.uniform();
        const treated = 0.3 * random.uniform();
        // The bound that an open guardrail names; one that would settle it is the exact one, which the tests below hold.
        const harmAtMost = ofRates(n, draw(n, control), draw(n, treated))(0.9).interval[1];
        if (treated - control <= harmAtMost) covered++;
      }
      expect(Math.abs(covered / runs - 0.95)).toBeLessThan(0.015);
    }
  });

  test("of 20 units is not protected by a bound that holds only on average over rates", () => {
    // 0 of 20: Newcombe leaves 11.9 % open, the exact bound 1 - 0.05^(1/20) = 13.9 %, and a rate of 12 % shows no event in 7.8 cases of 100.
    expect(checkGuardrail(ofRates(20, 0, 0), 0.125, "increase").verdict).toBe("open");
    expect(checkGuardrail(ofRates(20, 0, 0), 0.125, "increase").harmAtMost).toBeCloseTo(1 - 0.05 ** (1 / 20), 9);
    expect(checkGuardrail(ofRates(20, 0, 0), 0.14, "increase").verdict).toBe("protected");
  });

  test.each([
    [2, 2],
    [20, 20],
    [20, 200],
    [200, 20],
    [100, 100],
  ])(
    "of rates, %i and %i units, calls harm excluded that is there at most 5 times in 100, at every fixed rate",
    (n, m) => {
      const chances = (count: number, rate: number) =>
        Array.from({ length: count + 1 }, (_, k) => binomial(count, rate).density(k));
      const bounds = Array.from({ length: n + 1 }, (_, a) =>
        Array.from({ length: m + 1 }, (_, b) => {
          const { interval, exactInterval } = compareProportions(
            { n, successes: a },
            { n: m, successes: b },
            { level: 0.9 },
          );
          return Math.max(interval[1], exactInterval?.[1] ?? Number.NaN);
        }),
      );
      let most = 0;
      for (const control of [0, 0.0005, 0.005, 0.02, 0.04, 0.08, 0.2, 0.5])
        for (const harm of [0.001, 0.01, 0.02, 0.05, 0.1, 0.12, 0.14, 0.3]) {
          // Enumerated, so without noise.
          const [first, second] = [chances(n, control), chances(m, control + harm)];
          let missed = 0;
          for (const [a, row] of bounds.entries())
            for (const [b, bound] of row.entries()) if (bound < harm) missed += first[a] * second[b];
          most = Math.max(most, missed);
        }
      expect(most).toBeLessThanOrEqual(0.0525);
    },
  );

  test("agrees with itself: the p-value is below alpha exactly where the verdict is protected", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        (n, a, b, margin) => {
          const compareAt = ofRates(n, Math.round(a * n), Math.round(b * n));
          for (const harmful of ["increase", "decrease"] as const) {
            const { pValue, verdict, harm, harmAtMost } = checkGuardrail(compareAt, margin, harmful);
            if (Math.abs(pValue - 0.05) > 1e-9) expect(verdict === "protected").toBe(pValue < 0.05);
            expect(harmAtMost).toBeGreaterThanOrEqual(harm);
          }
        },
      ),
      { seed: 3, numRuns: 60 },
    );
  });
});

describe("the lift of a rate at 0 or 100 %", () => {
  test("has an interval of some width, and none where the control has no event", () => {
    const { lift, interval } = relativeLiftOfRates({ n: 100, successes: 20 }, { n: 100, successes: 0 });
    expect(lift).toBe(-1);
    expect(interval[0]).toBeCloseTo(-1, 12);
    expect(interval[1]).toBeGreaterThan(-0.95);
    expect(interval[1]).toBeLessThan(-0.6);
    expect(relativeLiftOfRates({ n: 100, successes: 0 }, { n: 100, successes: 2 }).lift).toBeNaN();
  });

  test("covers the ratio 19 times in 20", () => {
    const random = createRandom(4);
    let covered = 0;
    const runs = 3000;
    const draw = (rate: number): number =>
      Array.from({ length: 80 }, () => random.uniform()).filter((u) => u < rate).length;
    for (let run = 0; run < runs; run++) {
      const [control, treated] = [0.3, 0.05];
      const { interval } = relativeLiftOfRates(
        { n: 80, successes: draw(control) },
        { n: 80, successes: draw(treated) },
      );
      if (interval[0] <= treated / control - 1 && treated / control - 1 <= interval[1]) covered++;
    }
    expect(Math.abs(covered / runs - 0.95)).toBeLessThan(0.015);
  });
});

test("a relative interval keeps its digits where means are large beside their errors", () => {
  // (1 ± 1.96 x 0.1414) / 1e9, up to terms of 1e-20: by the product of the means every digit of it is lost.
  const { lift, interval } = fiellerLift({
    treated: 1e9 + 1,
    treatedError: 0.1,
    control: 1e9,
    controlError: 0.1,
    reach: 1.959964,
  });
  expect(lift).toBeCloseTo(1e-9, 18);
  expect(interval[0] * 1e9).toBeCloseTo(1 - 1.959964 * Math.SQRT2 * 0.1, 6);
  expect(interval[1] * 1e9).toBeCloseTo(1 + 1.959964 * Math.SQRT2 * 0.1, 6);
});
