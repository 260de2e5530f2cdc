import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { momentsOf } from "../../5-evaluate/protocols/moments.ts";
import { adwinCut, createAdwin } from "./adwin.ts";
import { chiSquareTest } from "./chi-square-test.ts";
import { jensenShannonDistance, jensenShannonDivergence, kullbackLeibler } from "./jensen-shannon.ts";
import { createPageHinkley } from "./page-hinkley.ts";
import { psiOfShares } from "./psi.ts";
import { createStreamingMoments } from "./streaming-moments.ts";
import { createStreamingQuantile } from "./streaming-quantile.ts";
import { wassersteinDistance } from "./wasserstein.ts";

describe("jensen-shannon", () => {
  const p = [0.5, 0.3, 0.2];
  const q = [0.4, 0.4, 0.2];

  test("is a divergence or its root, in nats or bits", () => {
    expect(jensenShannonDivergence(p, q)).toBeCloseTo(0.006367198334, 11);
    expect(jensenShannonDistance(p, q)).toBeCloseTo(0.07979472623, 10);
    expect(jensenShannonDivergence(p, q, "bits")).toBeCloseTo(0.009185925461, 11);
    expect(jensenShannonDistance(p, q, "bits")).toBeCloseTo(0.09584323378, 10);
    expect(kullbackLeibler(p, q)).toBeCloseTo(0.02526715392, 10);
    expect(kullbackLeibler(q, p)).toBeCloseTo(0.02581540846, 10);
    expect(kullbackLeibler(p, q) + kullbackLeibler(q, p)).toBeCloseTo(psiOfShares(p, q), 12);
    expect(psiOfShares(p, q)).toBeCloseTo(0.05108256238, 10);
  });

  test("stays between 0 for equal laws and 1 bit for laws that share nothing, also on counts with empty bins", () => {
    expect(jensenShannonDistance([3, 6, 9], [1, 2, 3])).toBeCloseTo(0, 7);
    expect(jensenShannonDivergence([5, 0], [0, 7], "bits")).toBe(1);
    expect(jensenShannonDivergence([0, 0], [1, 1])).toBeNaN();
    expect(jensenShannonDivergence([1], [1, 1])).toBeNaN();
  });
});

describe("wasserstein", () => {
  const a = [0.61, 0.23, 0.85, 0.47, 0.12, 0.94, 0.38, 0.56, 0.71, 0.29];
  const b = [0.72, 0.91, 0.66, 0.83, 0.49, 0.97, 0.58, 0.88];

  test("is the area between the distribution functions, in the unit of the values", () => {
    expect(wassersteinDistance(a, b)).toBeCloseTo(0.239, 12);
    expect(
      wassersteinDistance(
        a,
        a.map((value) => value + 3),
      ),
    ).toBeCloseTo(3, 12);
    expect(wassersteinDistance([], b)).toBeNaN();
    expect(wassersteinDistance([1, Number.NaN], b)).toBeNaN();
  });

  test("of samples of equal size is the mean gap of their sorted values", () => {
    const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sample, sample, (left, right) => {
        const n = Math.min(left.length, right.length);
        const x = left.slice(0, n).sort((s, t) => s - t);
        const y = right.slice(0, n).sort((s, t) => s - t);
        const gap = x.reduce((sum, value, i) => sum + Math.abs(value - y[i]), 0) / n;
        expect(wassersteinDistance(x, y)).toBeCloseTo(gap, 10);
      }),
      { seed: 4 },
    );
  });
});

describe("the chi-square test", () => {
  test("agrees with the published value and says how large the drift is", () => {
    const result = unwrap(
      chiSquareTest([
        [120, 90, 40],
        [100, 95, 55],
      ]),
    );
    expect(result.statistic).toBeCloseTo(4.321738006, 9);
    expect(result.df).toBe(2);
    expect(result.pValue).toBeCloseTo(0.1152249467, 10);
    expect(result.cramersV).toBeCloseTo(Math.sqrt(4.321738006 / 500), 9);
    expect(result.smallestExpected).toBe(47.5);
  });

  test("of equal shares is 0, leaves out empty categories and refuses nothing to compare", () => {
    expect(
      unwrap(
        chiSquareTest([
          [10, 0, 20],
          [20, 0, 40],
        ]),
      ),
    ).toMatchObject({ statistic: 0, df: 1, pValue: 1 });
    for (const table of [
      [[1, 2]],
      [[1], [2]],
      [
        [0, 0],
        [1, 2],
      ],
      [
        [1, -1],
        [2, 3],
      ],
      [[1, 2], [3]],
      [],
    ])
      expect(chiSquareTest(table).ok).toBe(false);
  });
});

describe("page-hinkley", () => {
  const stream = [0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1];

  test("sums what exceeds the running mean and fires at the threshold", () => {
    const options = { delta: 0.05, threshold: 3, alpha: 1, minimum: 5 };
    const watch = createPageHinkley({ ...options, threshold: Number.POSITIVE_INFINITY });
    const sums = stream.map((value) => {
      watch.update(value);
      return watch.sum();
    });
    expect(sums[19]).toBeCloseTo(3.675928801, 9);
    expect(sums[18]).toBeCloseTo(3.325928801, 9);
    const firing = createPageHinkley(options);
    expect(stream.findIndex((value) => firing.update(value))).toBe(18);
    expect(firing.sum()).toBe(0);
  });

  test("with alpha 1 sums the height above the lowest point", () => {
    const random = createRandom(14);
    const watch = createPageHinkley({ alpha: 1, delta: 0.01, threshold: Number.POSITIVE_INFINITY });
    let mean = 0;
    let sum = 0;
    let lowest = Number.POSITIVE_INFINITY;
    for (let n = 1; n <= 500; n++) {
      const value = random.normal() + (n > 250 ? 0.5 : 0);
      mean += (value - mean) / n;
      sum += value - mean - 0.01;
      lowest = Math.min(lowest, sum);
      watch.update(value);
      expect(watch.sum()).toBeCloseTo(sum - lowest, 9);
    }
  });

  test("can fire first on the 29th value with the default minimum", () => {
    const watch = createPageHinkley({ threshold: 0.001, delta: -1 });
    let first = 0;
    for (let i = 1; i <= 40 && first === 0; i++) if (watch.update(i)) first = i;
    expect(first).toBe(29);
  });

  test("sees a fall only when it is asked to", () => {
    const falling = Array.from({ length: 400 }, (_, i) => (i < 200 ? 1 : 0));
    const fires = (direction: "up" | "down" | "both"): boolean => {
      const watch = createPageHinkley({ direction, threshold: 20 });
      return falling.some((value) => watch.update(value));
    };
    expect(fires("up")).toBe(false);
    expect(fires("down")).toBe(true);
    expect(fires("both")).toBe(true);
  });
});

describe("adwin", () => {
  test("its cut depends on how delta is corrected", () => {
    expect(adwinCut(500, 100, 0.2, 0.002, "per value")).toBeCloseTo(0.3591477636, 10);
    expect(adwinCut(500, 100, 0.2, 0.002)).toBeCloseTo(0.2752064966, 10);
  });

  test("keeps the moments of its window in buckets", () => {
    const random = createRandom(3);
    const values = Array.from({ length: 999 }, () => 5 + random.normal());
    const window = createAdwin();
    let cuts = 0;
    for (const value of values) if (window.update(value)) cuts++;
    expect(cuts).toBe(0);
    expect(window.size).toBe(999);
    const exact = momentsOf(values);
    expect(window.mean).toBeCloseTo(exact.mean, 10);
    expect(window.variance).toBeCloseTo((exact.variance * 998) / 999, 9);
  });

  test("forgets the old mean soon after a shift, and stays quiet on a stream that does not shift", () => {
    const random = createRandom(10);
    const shifting = createAdwin();
    let detected = 0;
    for (let i = 0; i < 2000; i++) {
      const shifted = i >= 1000;
      if (shifting.update(random.uniform() < (shifted ? 0.5 : 0.2) ? 1 : 0) && shifted && detected === 0) detected = i;
    }
    expect(detected).toBeGreaterThan(1000);
    expect(detected).toBeLessThan(1200);
    expect(shifting.mean).toBeGreaterThan(0.42);
    const steady = createAdwin({ correction: "per value" });
    let alarms = 0;
    for (let i = 0; i < 20_000; i++) if (steady.update(random.uniform() < 0.2 ? 1 : 0)) alarms++;
    expect(alarms).toBe(0);
  });
});

describe("streams in constant memory", () => {
  test("moments agree with those of the whole", () => {
    const random = createRandom(2);
    const values = Float64Array.from({ length: 5000 }, () => 1e6 + random.normal());
    const stream = createStreamingMoments();
    for (const value of values) stream.update(value);
    stream.update(Number.NaN);
    const whole = momentsOf(values);
    expect(stream.moments().n).toBe(5000);
    expect(stream.moments().mean).toBeCloseTo(whole.mean, 8);
    expect(stream.moments().variance).toBeCloseTo(whole.variance, 8);
    expect(createStreamingMoments().moments().mean).toBeNaN();
  });

  test("the quantile is exact for few values and close afterwards", () => {
    const few = createStreamingQuantile(0.5);
    expect(few.value).toBeNaN();
    for (const value of [9, 1, 5]) few.update(value);
    expect(few.value).toBe(5);
    const random = createRandom(21);
    for (const p of [0.5, 0.9, 0.99]) {
      const exact = -Math.log(1 - p);
      const stream = createStreamingQuantile(p);
      for (let i = 0; i < 50_000; i++) stream.update(random.exponential());
      expect(Math.abs(stream.value / exact - 1)).toBeLessThan(0.03);
    }
    expect(() => createStreamingQuantile(1)).toThrow(/between 0 and 1/);
  });

  test("the quantile of stars and flags is exact however many come, and goes on from there", () => {
    const stream = createStreamingQuantile(0.5);
    for (const value of [...new Array(6).fill(1), ...new Array(8).fill(2)]) stream.update(value);
    expect(stream.value).toBe(2);
    const even = createStreamingQuantile(0.25);
    for (let i = 0; i < 600; i++) even.update(i % 2);
    expect(even.value).toBe(0);
    const random = createRandom(8);
    const seen: number[] = [];
    const late = createStreamingQuantile(0.9);
    for (let i = 0; i < 20_000; i++) {
      const value = i < 5000 ? random.below(60) : 100 * random.uniform();
      seen.push(value);
      late.update(value);
    }
    const exact = seen.sort((a, b) => a - b)[Math.floor(0.9 * (seen.length - 1))];
    expect(Math.abs(late.value / exact - 1)).toBeLessThan(0.02);
  });

  test("the quantile of the paper's own twenty values is the paper's own answer", () => {
    const stream = createStreamingQuantile(0.5, 5);
    const values = [
      0.02, 0.15, 0.74, 3.39, 0.83, 22.37, 10.15, 15.43, 38.62, 15.92, 34.6, 10.28, 1.47, 0.4, 0.05, 11.39, 0.27, 0.42,
      0.09, 11.37,
    ];
    for (const value of values) stream.update(value);
    // Jain and Chlamtac (1985), table I.
    expect(stream.value).toBeCloseTo(4.44, 2);
  });
});
