import { describe, expect, test } from "vitest";
import { standardNormal } from "../../../core/distribution-normal.ts";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { experimentDuration } from "./duration.ts";
import { adjustPValues } from "./multiple-comparisons.ts";
import { powerProportions } from "./power.ts";
import { sampleSizeMeans } from "./sample-size-means.ts";
import {
  type ProportionMethod,
  sampleSizeProportions,
  unequalSampleSizeProportions,
} from "./sample-size-proportions.ts";

describe("the sample size of two proportions", () => {
  const plan = { baseline: 0.1, treated: 0.11, alpha: 0.05, power: 0.8 };

  test.each<[ProportionMethod, number]>([
    ["pooled null", 14750.79047],
    ["unpooled", 14748.04502],
    ["average", 14751.96946],
    ["baseline", 14127.98352],
    ["baseline null", 14312.85624],
    ["arcsine", 14744.14095],
    ["arcsine both tails", 14744.10484],
    ["continuity corrected", 14950.12158],
    ["rule of 16", 14400],
  ])("by the %s formula is its published value", (method, perArm) => {
    expect(unwrap(sampleSizeProportions({ ...plan, method })) / perArm).toBeCloseTo(1, 8);
  });

  test("by default is the pooled-null formula, the one of R's power.prop.test", () => {
    expect(unwrap(sampleSizeProportions({ baseline: 0.1, treated: 0.11 }))).toBeCloseTo(14750.790469, 5);
  });

  test("of unequal arms agrees with the unpooled formula", () => {
    const arms = unwrap(unequalSampleSizeProportions({ baseline: 0.05, treated: 0.06, power: 0.9, ratio: 2 }));
    expect(arms.control).toBeCloseTo(7954.119258, 5);
    expect(arms.treated).toBeCloseTo(15908.23852, 4);
  });

  test("finds the planned effect as often as the power says", () => {
    const n = Math.ceil(unwrap(sampleSizeProportions({ baseline: 0.2, treated: 0.26, power: 0.8 })));
    const random = createRandom(13);
    const runs = 1000;
    let found = 0;
    for (let run = 0; run < runs; run++) {
      const control = successes(0.2);
      const treated = successes(0.26);
      const pooled = (control + treated) / (2 * n);
      const z = (treated - control) / n / Math.sqrt((2 * pooled * (1 - pooled)) / n);
      if (Math.abs(z) > 1.959964) found++;
    }
    expect(Math.abs(found / runs - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / runs));

    function successes(rate: number): number {
      let count = 0;
      for (let i = 0; i < n; i++) if (random.uniform() < rate) count++;
      return count;
    }
  });

  test.each([
    [{ ...plan, alpha: 1 }, "alpha"],
    [{ ...plan, alpha: 0 }, "alpha"],
    [{ ...plan, power: 1 }, "power"],
    [{ ...plan, power: 0.01 }, "power"],
    [{ ...plan, baseline: 0 }, "baseline"],
    [{ ...plan, treated: 1.2 }, "treated"],
    [{ ...plan, treated: 0.1 }, "effect"],
    [{ ...plan, baseline: Number.NaN }, "baseline"],
    [{ ...plan, power: 0.9, method: "rule of 16" as const }, "power"],
  ])("refuses %o and names what is wrong", (bad, name) => {
    const outcome = sampleSizeProportions(bad);
    expect(outcome.ok ? "" : outcome.failure.where).toBe(name);
  });
});

describe("the sample size of two means", () => {
  test("is the closed form", () => {
    expect(unwrap(sampleSizeMeans({ sd: 10, delta: 2 }))).toBeCloseTo(392.4439867, 6);
  });

  test("refuses a difference of zero and a standard deviation that is none", () => {
    expect(sampleSizeMeans({ sd: 10, delta: 0 }).ok).toBe(false);
    expect(sampleSizeMeans({ sd: -1, delta: 1 }).ok).toBe(false);
    expect(sampleSizeMeans({ sd: Number.NaN, delta: 1 }).ok).toBe(false);
  });
});

describe("the duration", () => {
  test("is the days until the smallest arm is full, also in whole weeks", () => {
    const plan = { perArm: 752_700, unitsPerDay: 20_000 };
    expect(unwrap(experimentDuration(plan))).toEqual({ days: 76, wholeWeeks: 77, total: 1_505_400 });
    expect(unwrap(experimentDuration({ ...plan, traffic: 0.5 })).days).toBe(151);
    expect(unwrap(experimentDuration({ ...plan, smallestShare: 0.1 })).days).toBe(377);
  });

  test("refuses no traffic, one arm and shares that cannot be the smallest", () => {
    const plan = { perArm: 100, unitsPerDay: 10 };
    for (const bad of [{ traffic: 0 }, { traffic: 1.5 }, { arms: 1 }, { smallestShare: 0.6 }, { unitsPerDay: 0 }])
      expect(experimentDuration({ ...plan, ...bad }).ok).toBe(false);
  });
});

test("a method that does not exist is refused by its name: it succeeded without a value", () => {
  // As a caller without types would give it.
  const rates = JSON.parse('{"baseline":0.1,"treated":0.11,"ratio":2,"method":"nosuch"}');
  const means = JSON.parse('{"sd":1,"delta":0.1,"method":"nosuch"}');
  for (const outcome of [sampleSizeProportions(rates), unequalSampleSizeProportions(rates), sampleSizeMeans(means)]) {
    expect(outcome.ok ? "" : outcome.failure.message).toMatch(/^method is nosuch, but must be one of /u);
  }
  expect(adjustPValues([0.1], JSON.parse('"nosuch"')).ok).toBe(false);
});

test("a one-sided test has no second tail to reject in: both tails asked for 3471 units where statsmodels asks for 3482", () => {
  const plan = { baseline: 0.09211141038873714, treated: 0.10500554342258217, alpha: 0.1, sides: 1 } as const;
  // NormalIndPower().solve_power(0.0436, alpha=0.1, power=0.7, alternative="larger").
  const size = unwrap(sampleSizeProportions({ ...plan, power: 0.7, method: "arcsine both tails" }));
  expect(size).toBeCloseTo(3482.191936878564, 6);
  const power = unwrap(powerProportions({ ...plan, perArm: 50, method: "unpooled both tails" }));
  // Phi(0.0128941 sqrt(50) / 0.4218 - 1.2816), without the chance of the far tail.
  const unpooled = Math.sqrt(plan.baseline * (1 - plan.baseline) + plan.treated * (1 - plan.treated));
  const shift = ((plan.treated - plan.baseline) * Math.sqrt(50)) / unpooled;
  expect(power).toBeCloseTo(standardNormal.cdf(shift - 1.2815515655446004), 12);
});
