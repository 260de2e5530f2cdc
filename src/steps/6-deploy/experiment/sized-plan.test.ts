import { describe, expect, test } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { type PlanInput, signOf, sizePlan, totalUnits } from "./sized-plan.ts";

const MEAN: PlanInput = { metric: { mean: 10, sd: 5 }, effect: { size: 0.1, kind: "relative" } };
const RATE: PlanInput = { metric: { baseline: 0.05 }, effect: { size: 0.02, kind: "relative" } };
const refused = (changes: Partial<PlanInput>, of = MEAN): string => {
  const sized = sizePlan({ ...of, ...changes });
  return sized.ok ? "" : sized.failure.message;
};

describe("the sizes of a plan", () => {
  test("are those of the normal law for a mean: 2 sd² (z + z)² / effect²", () => {
    const { perArm, effect, arms, smallestShare, factor, steps } = unwrap(sizePlan(MEAN));
    // (1.959964 + 0.841621)² = 7.848879, times 2 · 25.
    expect(perArm).toBe(393);
    expect([effect, arms, smallestShare, factor]).toEqual([1, 2, 0.5, 1]);
    expect(steps).toHaveLength(1);
    expect(steps[0].what).toContain("two-sided alpha 0.05, power 0.8, read once");
    expect(unwrap(sizePlan({ ...MEAN, effect: { size: 1, kind: "absolute" } })).perArm).toBe(393);
    expect(unwrap(sizePlan({ ...MEAN, arms: 3 })).steps[0].what).toContain("alpha 0.025,");
  });

  test("are multiplied by each factor, which is named with four digits", () => {
    const cluster = { meanSize: 20, correlation: 0.05 };
    const { steps, factor, perArm } = unwrap(sizePlan({ ...MEAN, pastCorrelation: 0.6, cluster, formula: "z" }));
    expect(steps.map(({ what }) => what).slice(1)).toEqual([
      "CUPED with correlation 0.6, 1 - rho^2: x 0.64",
      "clusters of 20 with intra-cluster correlation 0.05, design effect: x 1.95",
    ]);
    expect(factor).toBeCloseTo(0.64 * 1.95, 12);
    expect(perArm % 20).toBe(0);
    expect(perArm).toBe(20 * Math.ceil((steps[0].perArm * 0.64 * 1.95) / 20));
  });

  test("are whole units, two at least where a variance is taken, and whole clusters, two at least", () => {
    const large = { effect: { size: 1000, kind: "absolute" as const }, formula: "z" as const };
    expect(unwrap(sizePlan({ ...MEAN, ...large })).perArm).toBe(2);
    const cluster = { meanSize: 7.5, correlation: 0 };
    expect(unwrap(sizePlan({ ...MEAN, ...large, cluster })).perArm).toBe(15);
    expect(unwrap(sizePlan({ ...MEAN, ...large, cluster: { ...cluster, meanSize: 1 } })).perArm).toBe(2);
  });

  test("of all arms are those of the smallest by the shares, in whole clusters each", () => {
    const total = (changes: Partial<PlanInput>, perArm: number): number => {
      const input = { ...MEAN, ...changes };
      return totalUnits(input, unwrap(sizePlan(input)), perArm);
    };
    expect(total({}, 100)).toBe(200);
    expect(total({ arms: 3 }, 100)).toBe(300);
    expect(total({ shares: [0.75, 0.25] }, 100)).toBe(400);
    expect(total({ shares: [0.7, 0.3] }, 100)).toBe(334);
    const cluster = { meanSize: 10, correlation: 0.1 };
    expect(total({ cluster }, 100)).toBe(200);
    expect(total({ cluster, shares: [0.75, 0.25] }, 100)).toBe(400);
    // 233.3 units are 24 clusters.
    expect(total({ cluster, shares: [0.7, 0.3] }, 100)).toBe(340);
  });

  test("take the control against the smallest treated arm", () => {
    const lopsided = (...shares: readonly number[]) => {
      const { ratio, isControlSmaller } = unwrap(sizePlan({ ...MEAN, shares })).comparison;
      return [ratio, isControlSmaller];
    };
    expect(lopsided(0.5, 0.5)).toEqual([1, false]);
    expect(lopsided(0.25, 0.75)).toEqual([3, true]);
    expect(lopsided(0.6, 0.2, 0.2)).toEqual([expect.closeTo(3, 12), false]);
  });

  test("look for a rise or a fall, of a negative mean too", () => {
    const sign = (mean: number, size: number, kind: "relative" | "absolute" = "relative") =>
      signOf({ metric: { mean, sd: 1 }, effect: { size, kind } });
    expect([sign(10, 0.1), sign(10, -0.1), sign(-10, 0.1), sign(-10, -0.1)]).toEqual([1, -1, -1, 1]);
    expect([sign(-10, 1, "absolute"), sign(10, -1, "absolute")]).toEqual([1, -1]);
    expect(signOf({ ...RATE, effect: { size: -0.02, kind: "relative" } })).toBe(-1);
  });
});

describe("a plan that cannot be sized", () => {
  test.each<[string, Partial<PlanInput>, string]>([
    ["one arm", { arms: 1 }, "arms is 1, but must be a whole number from 2"],
    ["too many arms", { arms: 1001 }, "arms is 1001, but must be at most 1000"],
    ["part of an arm", { arms: 2.5 }, "arms is 2.5"],
    ["no days", { days: 0 }, "days is 0, but must be a whole number from 1"],
    ["nobody to take part", { unitsTotal: 0 }, "units in all is 0, but must be above 0"],
    [
      "shares of other arms",
      { arms: 3, shares: [0.5, 0.5] },
      "number of shares is 2, but must be the number of arms (3)",
    ],
    ["shares that do not add up", { shares: [0.5, 0.4] }, "sum of shares is 0.9"],
    ["an arm without a share", { shares: [1, 0] }, "smallest share is 0, but must be above 0"],
    ["a past that says all", { pastCorrelation: 1 }, "correlation with the past is 1,"],
    ["a past that says all the other way", { pastCorrelation: -1 }, "correlation with the past is -1,"],
    [
      "clusters that vary less than chance",
      { cluster: { meanSize: 2, correlation: -0.1 } },
      "intra-cluster correlation is -0.1,",
    ],
    ["clusters alike beyond one", { cluster: { meanSize: 2, correlation: 1.1 } }, "intra-cluster correlation is 1.1,"],
    [
      "clusters of less than one",
      { cluster: { meanSize: 0.9, correlation: 0.1 } },
      "mean cluster size is 0.9, but must be 1 or more",
    ],
    ["no effect", { effect: { size: 0, kind: "absolute" } }, "effect is 0, but must be a number other than 0"],
    ["a share of nothing", { metric: { mean: 0, sd: 1 } }, "must be absolute where today's mean is 0"],
    ["a formula of rates", { formula: "arcsine" }, "the formula `arcsine` is for rates, but the metric is a mean"],
  ])("with %s is refused by its name", (_, changes, words) => {
    expect(refused(changes)).toContain(words);
  });

  test("of a rate stays within 0 and 1, with a formula of rates, and of equal arms where it is one of those", () => {
    const effect = (size: number) => ({ effect: { size, kind: "absolute" as const } });
    expect(refused(effect(-0.05), RATE)).toContain("leave the rate above 0 and below 1: 0.05 today, 0 with it");
    expect(refused(effect(0.95), RATE)).toContain("leave the rate above 0 and below 1");
    expect(refused({ formula: "t" }, RATE)).toContain("the formula `t` is for means, but the metric is a rate");
    const shares = [0.75, 0.25];
    expect(refused({ formula: "pooled null", shares }, RATE)).toContain("is for equal arms");
    expect(
      ["unpooled", "arcsine"].map((formula) =>
        refused({ formula: formula === "arcsine" ? "arcsine" : "unpooled", shares }, RATE),
      ),
    ).toEqual(["", ""]);
  });

  test("is planned at the ends of what is allowed", () => {
    for (const changes of [
      { arms: 1000 },
      { days: 1 },
      { unitsTotal: 1 },
      { pastCorrelation: 0.99 },
      { pastCorrelation: -0.99 },
      { cluster: { meanSize: 1, correlation: 0 } },
      { cluster: { meanSize: 2, correlation: 1 } },
    ])
      expect(refused(changes), JSON.stringify(changes)).toBe("");
  });
});
