import { describe, expect, test } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { momentsOf } from "../../5-evaluate/protocols/moments.ts";
import { clusterSampleSize, designEffect, switchbackLength } from "./cluster-design.ts";
import { durationCurve } from "./duration-curve.ts";
import { designsFor, INTERFERENCES, whyDesignFails } from "./interference.ts";
import { effectFor, sizeFor } from "./plan-size.ts";
import { detectableMean, detectableProportion, powerMeans, powerProportions } from "./power.ts";
import { sampleSizeMeans } from "./sample-size-means.ts";
import { sampleSizeProportions } from "./sample-size-proportions.ts";
import { compareMeans } from "./two-means.ts";

describe("power", () => {
  test("of two proportions and two means by each method", () => {
    const rates = { baseline: 0.1, treated: 0.11, perArm: 15_000 };
    expect(unwrap(powerProportions(rates))).toBeCloseTo(0.8065328024, 9);
    expect(unwrap(powerProportions({ ...rates, method: "unpooled both tails" }))).toBeCloseTo(0.8066051955, 9);
    const means = { sd: 10, delta: 2, perArm: 300 };
    expect(unwrap(powerMeans(means))).toBeCloseTo(0.6863764536, 9);
    expect(unwrap(powerMeans({ ...means, method: "z" }))).toBeCloseTo(0.6877652385, 9);
  });

  test("of a t test on few units is the share of simulated tests that reject", () => {
    const random = createRandom(37);
    const runs = 3000;
    let rejected = 0;
    for (let run = 0; run < runs; run++) {
      const arm = (mean: number) => momentsOf(Float64Array.from({ length: 8 }, () => mean + random.normal()));
      if (compareMeans(arm(0), arm(1.2), { test: "student" }).pValue < 0.05) rejected++;
    }
    const power = unwrap(powerMeans({ sd: 1, delta: 1.2, perArm: 8 }));
    expect(Math.abs(rejected / runs - power)).toBeLessThan(4 * Math.sqrt((power * (1 - power)) / runs));
  });

  test("of means by t needs about one unit more than by z", () => {
    const plan = { sd: 10, delta: 2 };
    expect(unwrap(sampleSizeMeans({ ...plan, method: "t" })) / 393.405695).toBeCloseTo(1, 7);
    expect(unwrap(sampleSizeMeans({ ...plan, method: "t one tail" })) / 393.4066562).toBeCloseTo(1, 7);
    expect(unwrap(sampleSizeMeans({ ...plan, ratio: 3 }))).toBeCloseTo(392.4439867 * (4 / 6), 6);
    // Wide tails help: at alpha 0.5 the far one rejects too. SciPy 1.17: brentq over nct.sf(b) + nct.cdf(-b).
    expect(unwrap(sampleSizeMeans({ sd: 1, delta: 0.1, alpha: 0.5, method: "t" }))).toBeCloseTo(425.683955, 5);
    // Arms of 1 to 3 by the same search over nct with n (1 + r) - 2 degrees of freedom.
    expect(unwrap(sampleSizeMeans({ sd: 1, delta: 1, ratio: 3, method: "t" }))).toBeCloseTo(10.966681, 5);
    // Two units an arm are the least that have a variance to speak of.
    expect(unwrap(sampleSizeMeans({ sd: 1, delta: 5, method: "t" }))).toBeCloseTo(2.11721991, 5);
  });

  test("turned around is the smallest effect that can be found", () => {
    expect(unwrap(detectableMean({ sd: 10, control: 5000, treated: 5000 }))).toBeCloseTo(0.5603170436, 9);
    const reach = { baseline: 0.1, perArm: 10_000 };
    expect(unwrap(detectableProportion({ ...reach, method: "baseline" }))).toBeCloseTo(0.01188611943, 11);
    expect(unwrap(detectableProportion({ ...reach, method: "unpooled" }))).toBeCloseTo(0.01219930725, 11);
    const found = unwrap(detectableProportion(reach));
    expect(found).toBeCloseTo(0.01220102507, 11);
    expect(unwrap(sampleSizeProportions({ baseline: 0.1, treated: 0.1 + found }))).toBeCloseTo(10_000, 4);
  });

  test("refuses what cannot be planned", () => {
    expect(detectableProportion({ baseline: 0.99, perArm: 5 }).ok).toBe(false);
    expect(powerMeans({ sd: 1, delta: 1, perArm: 1 }).ok).toBe(false);
    expect(powerProportions({ baseline: 0.1, treated: 0.2, perArm: 10, alpha: 1 }).ok).toBe(false);
  });
});

describe("the duration curve", () => {
  const rates = { alpha: 0.05, power: 0.8, ratio: 1, isControlSmaller: false };
  const ofMean = { ...rates, metric: { mean: 20, sd: 10 } };
  const ofRate = (baseline: number) => ({ ...rates, metric: { baseline } });

  test("falls as the root of time and passes through the sample size", () => {
    const curve = unwrap(durationCurve({ comparison: ofMean, unitsPerDay: 400, smallestShare: 0.5, days: 30 }));
    expect(curve).toHaveLength(30);
    expect(curve[0].detectable / curve[3].detectable).toBeCloseTo(2, 10);
    expect(curve[29].relative).toBeCloseTo(curve[29].detectable / 20, 12);
    const points = unwrap(
      durationCurve({ comparison: ofRate(0.04), unitsPerDay: 10_000, smallestShare: 0.5, traffic: 0.5, days: 14 }),
    );
    const last = points[points.length - 1];
    expect(last.perArm).toBe(35_000);
    expect(unwrap(sampleSizeProportions({ baseline: 0.04, treated: 0.04 + last.detectable }))).toBeCloseTo(35_000, 3);
  });

  test("leaves out days on which nothing can be found, and refuses no traffic", () => {
    const curve = (baseline: number, unitsPerDay: number, traffic: number) =>
      durationCurve({ comparison: ofRate(baseline), unitsPerDay, traffic, smallestShare: 0.5, days: 100 });
    expect(unwrap(curve(0.9, 4, 1))[0].day).toBeGreaterThan(1);
    expect(curve(0.1, 10, 0).ok).toBe(false);
    expect(curve(0, 10, 1).ok).toBe(false);
  });

  test("is the size turned around, whatever the formula, the split and the direction", () => {
    const formulas = [undefined, "unpooled", "arcsine", "average", "baseline null", "continuity corrected"] as const;
    for (const formula of formulas)
      for (const sign of [1, -1] as const)
        for (const ratio of formula === undefined || formula === "unpooled" || formula === "arcsine" ? [1, 4] : [1]) {
          const comparison = { ...ofRate(0.1), formula, ratio };
          const effect = effectFor(comparison, 5000, sign) ?? Number.NaN;
          expect(unwrap(sizeFor(comparison, sign * effect)).units).toBeCloseTo(5000, 3);
        }
    for (const formula of [undefined, "z", "t", "t one tail"] as const)
      for (const units of [5, 60, 3000])
        for (const ratio of [1, 4]) {
          const comparison = { ...ofMean, formula, ratio };
          const effect = effectFor(comparison, units, 1) ?? Number.NaN;
          expect(unwrap(sizeFor(comparison, effect)).units).toBeCloseTo(units, 4);
        }
    expect(effectFor(ofMean, 1.5, 1)).toBeUndefined();
    expect(sizeFor({ ...ofMean, formula: "arcsine" }, 2).ok).toBe(false);
    expect(sizeFor({ ...ofRate(0.1), formula: "t" }, 0.02).ok).toBe(false);
    expect(sizeFor({ ...ofRate(0.1), formula: "average", ratio: 2 }, 0.02).ok).toBe(false);
  });
});

describe("clusters and time blocks", () => {
  test("cost the design effect, more so when clusters differ in size", () => {
    expect(designEffect(1, 0.3)).toBe(1);
    expect(designEffect(50, 0.02)).toBeCloseTo(1.98, 12);
    expect(designEffect(50, 0.02, 0.6)).toBeCloseTo(1 + (1.36 * 50 - 1) * 0.02, 12);
    expect(unwrap(clusterSampleSize({ perArm: 1000, meanSize: 50, correlation: 0.02 })).clustersPerArm).toBe(40);
    expect(clusterSampleSize({ perArm: 1000, meanSize: 0, correlation: 0.02 }).ok).toBe(false);
  });

  test("the design effect is what the variance of a mean over clusters really grows by", () => {
    const random = createRandom(61);
    const means = Float64Array.from({ length: 4000 }, () => {
      let sum = 0;
      for (let cluster = 0; cluster < 5; cluster++) {
        const shared = Math.sqrt(0.2) * random.normal();
        for (let i = 0; i < 10; i++) sum += shared + Math.sqrt(0.8) * random.normal();
      }
      return sum / 50;
    });
    expect((momentsOf(means).variance * 50) / designEffect(10, 0.2)).toBeGreaterThan(0.9);
    expect((momentsOf(means).variance * 50) / designEffect(10, 0.2)).toBeLessThan(1.1);
  });

  test("a switchback reads what is left of a block after the carry-over, and none is refused", () => {
    const plan = { block: 2, carryOver: 0.5, places: 4, blocksPerArm: 30 };
    expect(unwrap(switchbackLength(plan))).toEqual({ readableShare: 0.75, length: 32 });
    expect(switchbackLength({ ...plan, carryOver: 2 }).ok).toBe(false);
  });
});

describe("interference", () => {
  test("names a valid design for each kind, and says why a plain test is not one", () => {
    for (const kind of INTERFERENCES) {
      const { fits, decide } = designsFor(kind);
      expect(fits.length).toBeGreaterThan(0);
      expect(decide).not.toBe("");
      expect(whyDesignFails(kind, fits[0])).toBeUndefined();
    }
    expect(whyDesignFails("none", "ab")).toBeUndefined();
    expect(whyDesignFails("marketplace", "ab")).toContain("twice");
    expect(designsFor("marketplace").fits[0]).toBe("switchback");
    expect(designsFor("social").fits).toEqual(["cluster"]);
  });
});
