import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom, type Random } from "../../../core/random.ts";
import { psiNoise as limitLawAtTheDoor } from "../../../door/drift.ts";
import { type BinnedPair, binByReference } from "./bins.ts";
import { measureDrift } from "./drift-measure.ts";
import { psi, psiOfCounts, psiOfShares } from "./psi.ts";
import { psiNoise, psiNoiseOfCounts, psiNoiseOfQuantiles } from "./psi-noise.ts";

describe("psi", () => {
  test("agrees with the sum written out", () => {
    expect(
      psiOfShares(
        [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
        [0.08, 0.09, 0.11, 0.12, 0.1, 0.09, 0.11, 0.1, 0.08, 0.12],
      ),
    ).toBeCloseTo(0.02023201823, 11);
    expect(unwrap(psiOfCounts([200, 300, 300, 200], [150, 260, 340, 250])).value).toBeCloseTo(0.03627184065, 10);
  });

  test("of an empty bin depends on the policy, and the result says that one was empty", () => {
    const reference = [50, 30, 20, 0];
    const current = [45, 30, 20, 5];
    const loose = unwrap(psiOfCounts(reference, current));
    expect(loose.value).toBeCloseTo(0.3153769699, 9);
    expect(loose.emptyBins).toBe(1);
    expect(unwrap(psiOfCounts(reference, current, { epsilon: 1e-6 })).value).toBeCloseTo(0.5462461202, 9);
    const smoothed = unwrap(psiOfCounts(reference, current, { pseudocount: 0.5 }));
    expect(smoothed.value).toBeCloseTo((5 / 102) * (Math.log(50.5 / 45.5) + Math.log(11)), 12);
  });

  test("has its limit law at the door only from 50 values a bin on", () => {
    expect(limitLawAtTheDoor(10, 500, 600).mean).toBeCloseTo(9 * (1 / 500 + 1 / 600), 12);
    for (const [n, m] of [
      [499, 600],
      [600, 499],
    ])
      expect(() => limitLawAtTheDoor(10, n, m)).toThrow(/499 in 10 bins are fewer; psiNoiseOfQuantiles/u);
  });

  test("without drift has the mean and the 95th percentile that its noise claims", () => {
    const noise = psiNoise(10, 1000, 1000);
    expect(noise.mean).toBeCloseTo(0.018, 12);
    expect(noise.percentile95).toBeCloseTo(0.03383795521, 10);
    const random = createRandom(31);
    const runs = 800;
    let sum = 0;
    let above = 0;
    for (let run = 0; run < runs; run++) {
      const draw = (): Float64Array => Float64Array.from({ length: 1000 }, () => random.normal());
      const { value } = unwrap(psi(draw(), draw()));
      sum += value;
      if (value > noise.percentile95) above++;
    }
    expect(sum / runs / noise.mean).toBeGreaterThan(0.93);
    expect(sum / runs / noise.mean).toBeLessThan(1.08);
    expect(Math.abs(above / runs - 0.05)).toBeLessThan(0.03);
  });

  const indexOf = ({ reference, current }: BinnedPair, n: number, m: number): number =>
    psiOfShares(
      reference.map((count) => count / n),
      current.map((count) => count / m),
    );

  test.each([
    [30, 30],
    [50, 200],
    [200, 60],
    [10_000, 100],
  ])("stays below its noise 19 times in 20 without drift, at %d against %d rows of a spread", (n, m) => {
    const random = createRandom(7, "psi coverage");
    const draw = (size: number): Float64Array => Float64Array.from({ length: size }, () => random.uniform());
    const runs = n > 1000 ? 800 : 4000;
    // The reference's counts are the same in each run, for its own quantiles cut it.
    const { noise } = unwrap(psi(draw(n), draw(m)));
    let above = 0;
    for (let run = 0; run < runs; run++)
      if (indexOf(binByReference(draw(n), draw(m), 10), n, m) > noise.percentile95) above++;
    expect(Math.abs(above / runs - 0.05)).toBeLessThan(0.015);
  });

  test.each([
    ["stars", (random: Random) => [1, 2, 3, 4, 4, 5, 5, 5][random.below(8)]],
    ["a point mass inside a spread", (random: Random) => (random.below(10) < 6 ? 5 : 10 * random.uniform())],
    ["a rare flag", (random: Random) => Number(random.below(20) === 0)],
  ])("stays below its noise at least 19 times in 20 without drift, in a small window of %s", (_, law) => {
    const random = createRandom(8, "psi coverage");
    const runs = 600;
    let above = 0;
    for (let run = 0; run < runs; run++) {
      const draw = (size: number): Float64Array => Float64Array.from({ length: size }, () => law(random));
      const pair = binByReference(draw(150), draw(60), 10);
      const noise = psiNoiseOfCounts(pair.reference, 60, (current) => indexOf({ ...pair, current }, 150, 60), 200);
      if (indexOf(pair, 150, 60) > noise.percentile95) above++;
    }
    expect(above / runs).toBeLessThan(0.065);
  });

  test("noise is the limit law where bins are full, and far above it where they are not", () => {
    expect(psiNoiseOfQuantiles(10, 10_000, 5000)).toEqual(psiNoise(10, 10_000, 5000));
    expect(psiNoiseOfQuantiles(10, 10_000, 30).percentile95).toBeGreaterThan(
      1.5 * psiNoise(10, 10_000, 30).percentile95,
    );
    expect(psiNoiseOfQuantiles(10, 200, 200).percentile95).toBeCloseTo(psiNoise(10, 200, 200).percentile95, 1);
  });

  test("noise is that of its own counts, window and stand-in for an empty bin, asked for in any order", () => {
    const noiseOf = (...asked: Parameters<typeof psiOfCounts>) => unwrap(psiOfCounts(...asked)).noise;
    const asked: readonly Parameters<typeof psiOfCounts>[] = [
      [
        [9, 3, 2],
        [4, 4, 4],
      ],
      [
        [9, 2, 3],
        [4, 4, 4],
      ],
      [
        [9, 3, 2],
        [4, 4, 5],
      ],
      [[9, 3, 2], [4, 4, 4], { epsilon: 1e-2 }],
      [[9, 3, 2], [4, 4, 4], { pseudocount: 1e-2 }],
    ];
    const first = asked.map((one) => noiseOf(...one));
    expect(new Set(first.map(({ mean }) => mean)).size).toBe(asked.length);
    expect(asked.toReversed().map((one) => noiseOf(...one))).toEqual(first.toReversed());
  });

  const share = (part: number, inside: number, outside: number): Float64Array =>
    Float64Array.from({ length: 1000 }, (_, i) => (i < part * 1000 ? inside : outside));
  const twoBins = (e: number, a: number): number => (a - e) * Math.log(a / e) + (e - a) * Math.log((1 - a) / (1 - e));

  test.each([
    ["95 % to 30 % five stars", share(0.95, 5, 1), share(0.3, 5, 1), twoBins(0.95, 0.3)],
    ["a flag of mostly ones", share(0.95, 1, 0), share(0.5, 1, 0), twoBins(0.95, 0.5)],
    ["a flag of mostly zeros", share(0.95, 0, 1), share(0.5, 0, 1), twoBins(0.95, 0.5)],
    ["a constant that grew", share(1, 0, 0), share(1, 1, 1), twoBins(1 - 1e-4, 1e-4)],
    ["a constant that fell", share(1, 0, 0), share(1, -1, -1), twoBins(1 - 1e-4, 1e-4)],
    ["a maximum that moved up", share(0.95, 5, 1), share(0.95, 6, 1), 0.95 * 2 * Math.log(0.95 / 1e-4)],
    ["a minimum that moved down", share(0.95, 0, 1), share(0.95, -1, 1), 0.95 * 2 * Math.log(0.95 / 1e-4)],
  ])("does not lose the drift of %s in one bin", (_, reference, current, expected) => {
    expect(unwrap(psi(reference, current)).value).toBeCloseTo(expected, 2);
    for (const measure of ["jensen-shannon distance", "cramer's v"] as const)
      expect(unwrap(measureDrift(measure, reference, current)).value).toBeGreaterThan(0.3);
  });

  test("sees a point mass inside a spread move a little", () => {
    const spread = (at: number) => Float64Array.from({ length: 1000 }, (_, i) => (i < 600 ? at : (i - 600) / 40));
    expect(unwrap(psi(spread(5), spread(4.999))).value).toBeGreaterThan(5);
    expect(unwrap(psi(spread(5), spread(5))).value).toBe(0);
  });

  test("of a sample with itself, and of any order of it, is 0, and no two samples of different shares are", () => {
    const sample = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const pair = binByReference(reference, current, 10);
        expect(pair.reference.reduce((sum, count) => sum + count, 0)).toBe(reference.length);
        expect(pair.current.reduce((sum, count) => sum + count, 0)).toBe(current.length);
        const own = psi(reference, [...reference].reverse());
        if (new Set(reference).size > 1) expect(unwrap(own).value).toBe(0);
        else expect(own.ok).toBe(false);
        const majority = [0, 1, 2, 3, 4].find(
          (value) => 2 * reference.filter((each) => each === value).length > reference.length,
        );
        if (majority !== undefined && !current.includes(majority))
          expect(unwrap(psi(reference, current)).value).toBeGreaterThan(1);
      }),
      { seed: 12 },
    );
  });

  test("of one value in both samples is no measurement, whatever the measure", () => {
    const constant = share(1, 3, 3);
    for (const measure of ["psi", "jensen-shannon distance", "kullback-leibler divergence", "chi-square"] as const)
      expect(measureDrift(measure, constant, constant).ok).toBe(false);
    expect(psiOfCounts([7, 0], [9, 0]).ok).toBe(false);
  });

  test("puts missing values in a bin of their own", () => {
    const reference = Float64Array.from({ length: 100 }, (_, i) => i);
    const current = reference.map((value) => (value < 30 ? Number.NaN : value));
    const pair = binByReference(reference, current, 5);
    expect(Array.from(pair.reference)).toEqual([20, 20, 20, 20, 20, 0]);
    expect(Array.from(pair.current)).toEqual([0, 10, 20, 20, 20, 30]);
  });

  test("of a column with few values uses one bin per value", () => {
    const pair = binByReference([0, 0, 0, 0, 0, 0, 0, 1, 1, 2], [0, 1, 1, 1, 2, 2, 2, 2, 2, 3], 10);
    expect(Array.from(pair.reference)).toEqual([7, 2, 1]);
    expect(Array.from(pair.current)).toEqual([1, 3, 6]);
  });

  test("refuses samples without values, broken counts and a single bin", () => {
    expect(psi([], [1, 2]).ok).toBe(false);
    expect(psi([1, 2], []).ok).toBe(false);
    expect(psi([1, 2], [1, 2], { bins: 1 }).ok).toBe(false);
    expect(psiOfCounts([1, Number.NaN], [1, 2]).ok).toBe(false);
    expect(psiOfCounts([1, -1], [1, 2]).ok).toBe(false);
    expect(psiOfCounts([1, 2], [1, 2, 3]).ok).toBe(false);
  });
});

test("psi of what are no shares of the same bins does not exist: counts gave 4.05", () => {
  for (const [expected, actual] of [
    [
      [50, 50],
      [60, 40],
    ],
    [
      [0.5, 0.5],
      [0.1, 0.1],
    ],
    [[0.5, 0.5], [1]],
    [
      [1.5, -0.5],
      [0.5, 0.5],
    ],
  ])
    expect(psiOfShares(expected, actual)).toBeNaN();
  expect(psiOfShares([0.333, 0.333, 0.333], [0.5, 0.25, 0.25])).toBeGreaterThan(0);
});
