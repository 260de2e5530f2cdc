import { describe, expect, test } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { parseDesign } from "../../design.ts";
import { alwaysValid } from "./always-valid.ts";
import { parseArmShares } from "./arm-shares.ts";
import { describePlan } from "./describe-plan.ts";
import { planExperiment } from "./plan.ts";
import { planOfDesign } from "./plan-of-design.ts";
import { powerMeans } from "./power.ts";
import type { PlanInput } from "./sized-plan.ts";

const RATE: PlanInput = { metric: { baseline: 0.05 }, effect: { size: 0.02, kind: "relative" }, unitsPerDay: 20_000 };

describe("a plan", () => {
  test("of a rate gives units, days and what fewer days could find", () => {
    const plan = unwrap(planExperiment({ ...RATE, days: 14 }));
    expect(plan.effect).toBeCloseTo(0.001, 14);
    expect(plan.perArm).toBe(752_703);
    expect(plan.total).toBe(2 * plan.perArm);
    expect(plan.duration?.days).toBe(76);
    expect(plan.curve).toHaveLength(77);
    expect(plan.warnings[0]).toMatch(
      /^14 days are too few: 76 are needed; they find 0\.23\d? points at best, not 0\.1 points$/,
    );
  });

  test("tells the effect that is found from the one that is asked for: it said 1.75 at best, not 1.75", () => {
    const close = unwrap(
      planExperiment({
        metric: { mean: 100, sd: 25 },
        effect: { size: 1.75099, kind: "absolute" },
        shares: [0.8, 0.2],
        unitsPerDay: 1000,
        days: 10,
      }),
    );
    expect(close.warnings[0]).toMatch(/they find (1\.75\d+) at best, not 1\.75\d+$/);
    const [, found, asked] = /find (\S+) at best, not (\S+)$/.exec(close.warnings[0]) ?? [];
    expect(Number(found)).toBeGreaterThan(Number(asked));
  });

  test("finds no more once every unit has been in, and says when no number of days is enough", () => {
    const few = unwrap(planExperiment({ ...RATE, unitsTotal: 100_000, days: 14 }));
    expect(few.duration).toBeUndefined();
    expect(few.curve.map(({ perArm }) => perArm).slice(3, 7)).toEqual([40_000, 50_000, 50_000, 50_000]);
    expect(few.warnings[0]).toMatch(/^1505406 units are needed and 100000 can take part: no number of days is enough/);
    const enough = unwrap(planExperiment({ ...RATE, unitsTotal: 2_000_000 }));
    expect(enough.duration?.days).toBe(76);
    const half = unwrap(planExperiment({ ...RATE, unitsTotal: 2_000_000, traffic: 0.5 }));
    expect(half.duration).toBeUndefined();
  });

  test("applies CUPED, clusters and looks one after the other, each with its factor", () => {
    const base = unwrap(planExperiment({ metric: { mean: 10, sd: 10 }, effect: { size: 2, kind: "absolute" } }));
    expect(base.perArm).toBe(393);
    const plan = unwrap(
      planExperiment({
        metric: { mean: 10, sd: 10 },
        effect: { size: 2, kind: "absolute" },
        pastCorrelation: 0.7,
        cluster: { meanSize: 50, correlation: 0.02 },
        sequential: { shape: "obrien-fleming", looks: 5 },
      }),
    );
    const factors = plan.steps.slice(1).map((step, i) => step.perArm / plan.steps[i].perArm);
    expect(factors[0]).toBeCloseTo(0.51, 12);
    expect(factors[1]).toBeCloseTo(1.98, 12);
    expect(factors[2]).toBeCloseTo(1.028, 3);
    expect(plan.boundary?.z).toHaveLength(5);
    expect(plan.duration).toBeUndefined();
  });

  test("the size of CUPED is that of the published example", () => {
    const plan = unwrap(
      planExperiment({ metric: { baseline: 0.1 }, effect: { size: 0.01, kind: "absolute" }, pastCorrelation: 0.7 }),
    );
    expect(plan.steps[1].perArm / 0.51).toBeCloseTo(14750.79047, 4);
  });

  test("of four arms divides alpha among three comparisons, and of uneven arms needs more units in all", () => {
    const four = unwrap(planExperiment({ ...RATE, arms: 4 }));
    expect(four.alpha).toBeCloseTo(0.05 / 3, 14);
    const even = unwrap(planExperiment(RATE));
    const uneven = unwrap(planExperiment({ ...RATE, shares: [0.9, 0.1] }));
    expect(uneven.perArm).toBeLessThan(even.perArm);
    expect(uneven.total).toBeGreaterThan(even.total);
    // The unpooled formula for arms of 9 to 1, written out: z^2 (p1 q1 / 9 + p2 q2) / d^2 in the small one.
    const z = 1.959963985 + 0.8416212336;
    const byHand = (z * z * ((0.05 * 0.95) / 9 + 0.051 * 0.949)) / 0.001 ** 2;
    expect(Math.abs(uneven.perArm - byHand)).toBeLessThan(1);
    expect(uneven.curve[6].perArm).toBeCloseTo(7 * 20_000 * 0.1, 6);
  });

  test("of a mean is sized by the t law where units are few, never below two", () => {
    const tiny = unwrap(planExperiment({ metric: { mean: 10, sd: 1 }, effect: { size: 5, kind: "absolute" } }));
    expect(tiny.perArm).toBe(3);
    expect(tiny.steps[0].what).toContain("t law");
    const huge = unwrap(planExperiment({ metric: { mean: 10, sd: 1 }, effect: { size: 500, kind: "absolute" } }));
    expect(huge.perArm).toBe(2);
    const rare = unwrap(planExperiment({ metric: { baseline: 0.01 }, effect: { size: 0.9, kind: "absolute" } }));
    expect(rare.warnings.join()).toContain("below 5 the normal law is rough");
    expect(rare.warnings.join()).toContain("an arm expects ");
  });

  test("finds with fewer days what its own split, clusters, CUPED and looks allow, not what a plain test would", () => {
    const base: PlanInput = {
      metric: { mean: 100, sd: 25 },
      effect: { size: 1, kind: "absolute" },
      unitsPerDay: 1000,
      days: 10,
    };
    const reachOf = (change: Partial<PlanInput>): number =>
      unwrap(planExperiment({ ...base, ...change })).curve.find(({ day }) => day === 10)?.detectable ?? Number.NaN;
    const plain = reachOf({});
    // (z_0.975 + z_0.8) sd sqrt(1/n1 + 1/n2), by hand.
    expect(plain).toBeCloseTo(2.801585218 * 25 * Math.sqrt(2 / 5000), 8);
    expect(reachOf({ shares: [0.8, 0.2] })).toBeCloseTo(1.75099, 5);
    expect(reachOf({ shares: [0.2, 0.8] })).toBeCloseTo(1.75099, 5);
    expect(reachOf({ pastCorrelation: 0.9 }) / plain).toBeCloseTo(Math.sqrt(1 - 0.81), 10);
    expect(reachOf({ cluster: { meanSize: 10, correlation: 0.1 } }) / plain).toBeCloseTo(Math.sqrt(1.9), 10);
    // 50 clusters an arm are few enough for the t law: a plain t test of 50 cluster means has that power.
    const reach = reachOf({ cluster: { meanSize: 100, correlation: 0.1 } });
    expect(unwrap(powerMeans({ sd: 25 * Math.sqrt(10.9 / 100), delta: reach, perArm: 50 }))).toBeCloseTo(0.8, 8);
    expect(reach).toBeGreaterThan(1.005 * plain * Math.sqrt(10.9));
    expect(reachOf({ sequential: { shape: "pocock", looks: 5 } }) / plain).toBeCloseTo(Math.sqrt(1.229), 3);
    expect(reachOf({ sequential: { shape: "always-valid" } }) / plain).toBeCloseTo(1.39, 2);
    expect(reachOf({ effect: { size: -1, kind: "absolute" } })).toBeCloseTo(plain, 10);
  });

  test("of clusters is sized by the t law over clusters, whole ones, and never fewer than two", () => {
    const cluster = { meanSize: 10, correlation: 0.2 };
    const base: PlanInput = { metric: { mean: 100, sd: 25 }, effect: { size: 20, kind: "absolute" }, cluster };
    const plan = unwrap(planExperiment({ ...base, unitsPerDay: 500 }));
    // A cluster's mean varies with sd^2 (1 + 9 x 0.2) / 10, so a test of clusters is a plain t test of them.
    const powerOf = (perArm: number) => unwrap(powerMeans({ sd: 25 * Math.sqrt(0.28), delta: 20, perArm }));
    expect(plan.perArm % 10).toBe(0);
    expect(powerOf(plan.perArm / 10)).toBeGreaterThanOrEqual(0.8);
    expect(powerOf(plan.perArm / 10 - 1)).toBeLessThan(0.8);
    expect(plan.steps[0].what).toContain("t law over clusters");
    expect(unwrap(planExperiment({ ...base, effect: { size: 200, kind: "absolute" } })).perArm).toBe(20);
    const rate = unwrap(
      planExperiment({ ...base, metric: { baseline: 0.1 }, effect: { size: 0.4, kind: "absolute" }, unitsPerDay: 10 }),
    );
    const normal = (rate.steps[0].perArm * 2.8) / 10;
    expect(normal).toBeGreaterThanOrEqual(2);
    expect(rate.perArm % 10).toBe(0);
    const reach = rate.curve.find((point) => point.perArm >= rate.perArm)?.detectable ?? Number.NaN;
    expect(reach).toBeLessThanOrEqual(0.4);
    // Arms of 6 to 4: both hold whole clusters.
    const uneven = unwrap(planExperiment({ ...base, shares: [0.6, 0.4] }));
    expect((uneven.total - uneven.perArm) % 10).toBe(0);
  });

  test("adjusted by a strong past is sized by the t law of the units that are there", () => {
    const input: PlanInput = {
      metric: { mean: 100, sd: 25 },
      effect: { size: 20, kind: "absolute" },
      pastCorrelation: 0.9,
    };
    const { perArm } = unwrap(planExperiment(input));
    const powerOf = (units: number) => unwrap(powerMeans({ sd: 25 * Math.sqrt(0.19), delta: 20, perArm: units }));
    expect(powerOf(perArm)).toBeGreaterThanOrEqual(0.8);
    expect(powerOf(perArm - 1)).toBeLessThan(0.8);
  });

  test("passes through its own size, whatever makes it larger or smaller", () => {
    const changes: Partial<PlanInput>[] = [
      {},
      { shares: [0.9, 0.1] },
      { shares: [0.5, 0.3, 0.2] },
      { pastCorrelation: 0.6, sequential: { shape: "obrien-fleming", looks: 4 } },
      { cluster: { meanSize: 20, correlation: 0.05, sizeVariation: 0.5 } },
      { cluster: { meanSize: 5000, correlation: 0.0003 } },
      { sequential: { shape: "always-valid" }, traffic: 0.5 },
      { formula: "arcsine" },
      { effect: { size: -0.05, kind: "relative" } },
    ];
    for (const change of changes) {
      const input = { ...RATE, effect: { size: 0.05, kind: "relative" as const }, ...change };
      const plan = unwrap(planExperiment(input));
      const enough = plan.curve.find(({ day }) => day === plan.duration?.days);
      const before = plan.curve.find(({ day }) => day === (plan.duration?.days ?? 0) - 1);
      expect(enough?.detectable).toBeLessThanOrEqual(Math.abs(plan.effect) * (1 + 1e-6));
      expect(before?.detectable).toBeGreaterThan(Math.abs(plan.effect) * (1 - 1e-6));
    }
  });

  test("of an always-valid reading asks for more units, as many as its interval needs", () => {
    const fixed = unwrap(planExperiment(RATE));
    const always = unwrap(planExperiment({ ...RATE, sequential: { shape: "always-valid" } }));
    const factor = always.perArm / fixed.perArm;
    expect(factor).toBeGreaterThan(1.5);
    expect(factor).toBeLessThan(2);
    // The same question as a random walk: an effect of 1, read at 200 looks, must be found at least as often as the power says.
    const random = createRandom(4);
    const error = 1 / (Math.sqrt(factor) * (1.959964 + 0.8416212));
    const runs = 500;
    let found = 0;
    for (let run = 0; run < runs; run++) {
      let sum = 0;
      const looks = Array.from({ length: 200 }, (_, i) => {
        sum += 1 + random.normal() * error * Math.sqrt(200);
        return { effect: sum / (i + 1), standardError: error * Math.sqrt(200 / (i + 1)) };
      });
      if (unwrap(alwaysValid(looks, 1))[199].pValue <= 0.05) found++;
    }
    expect(found / runs).toBeGreaterThan(0.8 - 3 * Math.sqrt(0.16 / runs));
  });

  test("gives a change of a mean below 0 as the share that it was stated as: 10 % of -5 was printed as -10 %", () => {
    const input = { metric: { mean: -5, sd: 2 }, effect: { size: 0.1, kind: "relative" } } as const;
    const [said] = describePlan(input, unwrap(planExperiment(input)));
    expect(said).toContain("find a change of -0.5 (10 % of -5)");
  });

  test("warns of interference that the design ignores", () => {
    expect(unwrap(planExperiment({ ...RATE, interference: "marketplace" })).warnings[0]).toContain("not valid");
    const switched = unwrap(planExperiment({ ...RATE, interference: "marketplace", design: "switchback" }));
    expect(switched.warnings.some((warning) => warning.includes("not valid"))).toBe(false);
  });

  test.each<[string, Partial<PlanInput>]>([
    ["alpha", { alpha: 1 }],
    ["alpha", { alpha: 0 }],
    ["power", { power: 1 }],
    ["traffic", { traffic: 0 }],
    ["units per day", { unitsPerDay: 0 }],
    ["arms", { arms: 1 }],
    ["arms", { arms: 2.5 }],
    ["days", { days: 0 }],
    ["sum of shares", { shares: [0.5, 0.4] }],
    ["smallest share", { shares: [1, 0] }],
    ["effect", { effect: { size: 0, kind: "relative" } }],
    ["effect", { effect: { size: 30, kind: "relative" } }],
    ["baseline", { metric: { baseline: 0 }, effect: { size: 0.1, kind: "absolute" } }],
    ["sd", { metric: { mean: 3, sd: 0 } }],
    ["correlation with the past", { pastCorrelation: 1 }],
    ["looks", { sequential: { shape: "pocock", looks: 0 } }],
    ["mean cluster size", { cluster: { meanSize: 0, correlation: 0.1 } }],
  ])("with a broken %s is refused by that name", (where, change) => {
    const outcome = planExperiment({ ...RATE, ...change });
    expect(outcome.ok ? "" : outcome.failure.where).toBe(where);
  });

  test("reads aloud", () => {
    const input = { ...RATE, days: 14 };
    const [first, second, ...rest] = describePlan(input, unwrap(planExperiment(input)));
    expect(first).toBe(
      "752,703 units in the smallest arm, 1,505,406 in all, find a change of 0.1 points (2 % of 5 %) with probability 0.8.",
    );
    expect(second).toContain("76 days, 77 in whole weeks");
    expect(rest.some((line) => line.includes("after 14 d: 140,000 an arm find 0.2"))).toBe(true);
  });
});

describe("the plan of a design", () => {
  const note = (experiment: string): string =>
    `---\nheptad: 1\ntitle: T\nsystem: recommendation\n---\n# T\n## 1. Clarify\n\`\`\`yaml\nusers: { daily: 2M }\n\`\`\`\n## 6. Deploy\n\`\`\`yaml\nexperiment: { ${experiment} }\n\`\`\`\n`;
  const read = (experiment: string) => {
    const { design } = parseDesign(note(experiment), "t.md");
    if (design === undefined) throw new Error("no design");
    return planOfDesign(design);
  };

  test("takes its facts from section 6 and the daily users from section 1", () => {
    const input = unwrap(
      read("baseline: 4%, effect: 2% relative, split: 90/10, traffic: 50%, duration: 14 d, looks: 3"),
    );
    expect(input).toMatchObject({
      metric: { baseline: 0.04 },
      effect: { size: 0.02, kind: "relative" },
      shares: [0.9, 0.1],
      traffic: 0.5,
      unitsPerDay: 2_000_000,
      days: 14,
      sequential: { shape: "obrien-fleming", looks: 3 },
    });
    expect(unwrap(read("mean: 12, deviation: 30, effect: 0.5 absolute, method: always-valid")).sequential).toEqual({
      shape: "always-valid",
    });
  });

  test("says which fact is missing", () => {
    for (const [facts, where] of [
      ["baseline: 4%", "6.experiment.effect"],
      ["effect: 2% relative", "6.experiment.baseline"],
      ["skip: too small a change", "6.experiment"],
      ["baseline: 4%, effect: 2% relative, split: half", "split"],
    ]) {
      const outcome = read(facts);
      expect(outcome.ok ? "" : outcome.failure.where).toBe(where);
    }
  });

  test("reads splits and refuses what is none", () => {
    expect(unwrap(parseArmShares("90/5/5"))).toEqual([0.9, 0.05, 0.05]);
    expect(unwrap(parseArmShares("50% / 50%"))).toEqual([0.5, 0.5]);
    for (const text of ["50", "50/0", "a/b", "", "-1/2"]) expect(parseArmShares(text).ok).toBe(false);
  });
});
