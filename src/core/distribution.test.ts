import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Distribution, increasingRoot, type Sloped } from "./distribution.ts";
import { betaDistribution } from "./distribution-beta.ts";
import { binomial } from "./distribution-binomial.ts";
import { chiSquare } from "./distribution-chi-square.ts";
import { fisherF } from "./distribution-f.ts";
import { kolmogorovFiniteSurvival, kolmogorovSurvival, kolmogorovUpperQuantile } from "./distribution-kolmogorov.ts";
import { errorFunction, standardNormal, twoSidedNormal } from "./distribution-normal.ts";
import { poisson } from "./distribution-poisson.ts";
import { studentT, twoSidedT } from "./distribution-t.ts";
import { logChoose, logGamma } from "./gamma-function.ts";
import { createRandom } from "./random.ts";

type Row = readonly [law: Distribution, what: "cdf" | "survival" | "density" | "quantile", x: number, value: number];

/** Computed with 40 decimal digits by mpmath 1.3 (error function, incomplete beta and gamma functions, sums). */
const ROWS: readonly Row[] = [
  [standardNormal, "cdf", -37, 5.725571222524577e-300],
  [standardNormal, "cdf", -8, 6.220960574271784e-16],
  [standardNormal, "cdf", -1, 0.15865525393145705],
  [standardNormal, "cdf", 0.3, 0.6179114221889527],
  [standardNormal, "cdf", 5.5, 0.9999999810104375],
  [standardNormal, "quantile", 1e-300, -37.0470962993612],
  [standardNormal, "quantile", 1e-20, -9.262340089798407],
  [standardNormal, "quantile", 0.025, -1.9599639845400543],
  [standardNormal, "quantile", 0.08, -1.4050715603096327],
  [standardNormal, "quantile", 0.6, 0.2533471031357997],
  [studentT(0.5), "survival", 0.0001, 0.4999730323700754],
  [studentT(0.5), "survival", 2, 0.22275744509156561],
  [studentT(0.5), "survival", 30, 0.058546841490053445],
  [studentT(1), "survival", 0.0001, 0.4999681690114877],
  [studentT(1), "survival", 2, 0.14758361765043326],
  [studentT(1), "survival", 30, 0.010606402405535424],
  [studentT(3.7), "survival", 0.0001, 0.49996268384513304],
  [studentT(3.7), "survival", 2, 0.060908600952617],
  [studentT(3.7), "survival", 30, 7.428520626176011e-6],
  [studentT(100), "survival", 0.0001, 0.4999602053813734],
  [studentT(100), "survival", 2, 0.02410608936556684],
  [studentT(100), "survival", 30, 4.190166279344146e-52],
  [chiSquare(1), "survival", 3.8414588, 0.050000000617087696],
  [chiSquare(1), "cdf", 3.8414588, 0.9499999993829124],
  [chiSquare(9), "survival", 0.1, 0.9999999743696746],
  [chiSquare(9), "cdf", 0.1, 2.5630325396624375e-8],
  [chiSquare(9), "survival", 80, 1.6161314156534603e-13],
  [chiSquare(9), "cdf", 80, 0.9999999999998384],
  [chiSquare(1000), "survival", 1100, 0.014614408126295194],
  [chiSquare(1000), "cdf", 1100, 0.9853855918737048],
  [chiSquare(0.5), "survival", 1e-6, 0.9706626167748769],
  [chiSquare(0.5), "cdf", 1e-6, 0.029337383225123085],
  [fisherF(2, 7), "survival", 4.7374, 0.05000030013913127],
  [fisherF(2, 7), "cdf", 4.7374, 0.9499996998608687],
  [fisherF(100, 200), "survival", 5, 2.25202740058337e-22],
  [fisherF(100, 200), "cdf", 5, 1.0],
  [fisherF(10, 3), "survival", 0.1, 0.997648420666685],
  [fisherF(10, 3), "cdf", 0.1, 0.002351579333314937],
  [betaDistribution(0.5, 0.5), "cdf", 0.01, 0.06376856085851985],
  [betaDistribution(0.5, 0.5), "survival", 0.01, 0.9362314391414801],
  [betaDistribution(2, 30), "cdf", 0.25, 0.9984820522335549],
  [betaDistribution(2, 30), "survival", 0.25, 0.0015179477664451252],
  [betaDistribution(561, 4440), "cdf", 0.12, 0.9582025268133235],
  [betaDistribution(561, 4440), "survival", 0.12, 0.0417974731866765],
  [binomial(10, 0.3), "cdf", 2, 0.3827827864],
  [binomial(10, 0.3), "survival", 2, 0.6172172135999999],
  [binomial(10, 0.3), "density", 2, 0.23347444050000002],
  [binomial(1000, 0.01), "cdf", 25, 0.9999844133494706],
  [binomial(1000, 0.01), "survival", 25, 1.5586650529345428e-5],
  [binomial(1000, 0.01), "density", 25, 2.6442557919022015e-5],
  [binomial(5, 0.99), "cdf", 2, 9.850600000000026e-6],
  [binomial(5, 0.99), "survival", 2, 0.9999901494],
  [binomial(5, 0.99), "density", 2, 9.801000000000025e-6],
  [poisson(0.1), "survival", 0, 0.09516258196404043],
  [poisson(3), "survival", 7, 0.011904503856357388],
  [poisson(10000000), "survival", 10018973, 9.981710032973024e-10],
];

function expectRelative(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

describe("the laws against 40-digit arithmetic", () => {
  test.each(ROWS.map((row, i): [number, Row] => [i, row]))("row %i agrees to 12 digits", (_, [law, what, x, value]) => {
    expectRelative(law[what](x), value, what === "quantile" ? 1e-15 : 2e-13);
  });

  test("ln gamma agrees with ln of factorials and with its value at one half", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 13);
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 14);
    expect(Math.exp(logChoose(52, 5))).toBeCloseTo(2_598_960, 5);
    expect(logGamma(-1)).toBeNaN();
  });

  test("the error function keeps its digits near zero", () => {
    expectRelative(errorFunction(1e-10), 1.1283791670955126e-10, 1e-15);
    expectRelative(errorFunction(1), 0.8427007929497149, 1e-15);
    expectRelative(errorFunction(-2), -0.9953222650189527, 1e-15);
  });
});

describe("quantiles", () => {
  const laws: readonly (readonly [string, Distribution])[] = [
    ["normal", standardNormal],
    ["t(0.7)", studentT(0.7)],
    ["t(13)", studentT(13)],
    ["chi-square(0.5)", chiSquare(0.5)],
    ["chi-square(9)", chiSquare(9)],
    ["F(3, 11)", fisherF(3, 11)],
    ["beta(0.4, 3)", betaDistribution(0.4, 3)],
    ["beta(561, 4440)", betaDistribution(561, 4440)],
  ];

  test.each(laws)("of the %s law undo its distribution function", (_, law) => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-9, noNaN: true }), (p) => {
        expectRelative(law.cdf(law.quantile(p)), p, 1e-11);
        expectRelative(law.survival(law.upperQuantile(p)), p, 1e-11);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test.each([
    ["binomial", binomial(1000, 0.013)],
    ["binomial near 1", binomial(7, 0.97)],
    ["poisson", poisson(41.5)],
    ["poisson of rare events", poisson(0.01)],
  ])("of the %s law are the smallest count that reaches p", (_, law) => {
    for (const p of [1e-9, 0.01, 0.3, 0.5, 0.95, 0.999999]) {
      const k = law.quantile(p);
      expect(law.cdf(k)).toBeGreaterThanOrEqual(p);
      expect(law.cdf(k - 1)).toBeLessThan(p);
    }
  });

  test("outside of 0 to 1 do not exist, and the ends are the ends of the law", () => {
    for (const [, law] of laws) {
      expect(law.quantile(-0.1)).toBeNaN();
      expect(law.quantile(1.1)).toBeNaN();
    }
    expect(standardNormal.quantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(chiSquare(3).quantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(studentT(3).quantile(0.5)).toBeCloseTo(0, 15);
    expect(poisson(3).quantile(1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("beyond the last number whose square is one", () => {
  test.each<readonly [string, Distribution]>([
    ["normal", standardNormal],
    ["t(0.7)", studentT(0.7)],
    ["t(13)", studentT(13)],
    ["chi-square(9)", chiSquare(9)],
    ["F(3, 11)", fisherF(3, 11)],
    ["beta(0.4, 3)", betaDistribution(0.4, 3)],
  ])("the %s law ends at 0 and 1 there: t and F gave no number", (_, law) => {
    for (const far of [1e300, Number.POSITIVE_INFINITY]) {
      expect(law.cdf(far)).toBe(1);
      expect(law.survival(far)).toBeCloseTo(0, 100);
      expect(law.cdf(-far)).toBeCloseTo(0, 100);
      expect(law.survival(-far)).toBe(1);
      expect(law.density(far)).toBeCloseTo(0, 100);
      expect(law.density(-far)).toBeCloseTo(0, 100);
    }
  });

  test("tails keep their digits", () => {
    // A half of F(1, df) of t squared; t(1) is Cauchy's law, whose tail is 1 / (pi t).
    expectRelative(studentT(1).survival(1e155), 1 / (Math.PI * 1e155), 1e-12);
    // F(2, 2) is f / (1 + f).
    expectRelative(fisherF(2, 2).survival(1.2e308), 1 / 1.2e308, 1e-12);
    expect(chiSquare(0.5).density(1e308)).toBe(0);
    expect(studentT(3).survival(Number.NaN)).toBeNaN();
  });
});

describe("densities", () => {
  test.each<readonly [string, Distribution, readonly number[]]>([
    ["normal", standardNormal, [-3, -0.2, 0, 1.7]],
    ["t(0.7)", studentT(0.7), [-40, -1, 0.3, 2]],
    ["t(13)", studentT(13), [-2, 0, 5]],
    ["chi-square(1)", chiSquare(1), [0.2, 3]],
    ["chi-square(9)", chiSquare(9), [1, 9, 30]],
    ["F(3, 11)", fisherF(3, 11), [0.1, 1, 4]],
    ["beta(0.4, 3)", betaDistribution(0.4, 3), [0.01, 0.4, 0.9]],
    ["beta(561, 4440)", betaDistribution(561, 4440), [0.1, 0.112]],
  ])("of the %s law are the slope of its distribution function", (_, law, places) => {
    for (const x of places) {
      const h = 1e-4 * Math.max(0.01, Math.abs(x));
      expectRelative((law.cdf(x + h) - law.cdf(x - h)) / (2 * h), law.density(x), 1e-5);
      expect(law.cdf(x) + law.survival(x)).toBeCloseTo(1, 14);
    }
  });

  test("are zero where a law has nothing", () => {
    for (const law of [chiSquare(3), fisherF(3, 4), betaDistribution(2, 3)]) {
      for (const x of [-1, 0]) expect([law.density(x), law.cdf(x), law.survival(x)]).toEqual([0, 0, 1]);
    }
    const share = betaDistribution(2, 3);
    for (const x of [1, 1.5]) expect([share.density(x), share.cdf(x), share.survival(x)]).toEqual([0, 1, 0]);
    const trials = binomial(4, 0.3);
    expect([-1, 4, 5, 1.5].map((k) => trials.density(k))).toEqual([0, expect.closeTo(0.0081, 12), 0, 0]);
    expect([-0.5, 0, 3.9, 4].map((k) => trials.cdf(k))).toEqual([
      0,
      expect.closeTo(0.2401, 12),
      expect.closeTo(0.9919, 12),
      1,
    ]);
    expect([-0.5, 4].map((k) => trials.survival(k))).toEqual([1, 0]);
    const events = poisson(2);
    expect([-1, 0.5, 0, 1].map((k) => events.density(k))).toEqual([
      0,
      0,
      expect.closeTo(Math.exp(-2), 14),
      expect.closeTo(2 * Math.exp(-2), 14),
    ]);
    expect([-0.5, 0.9].map((k) => events.cdf(k))).toEqual([0, expect.closeTo(Math.exp(-2), 14)]);
  });

  test("of counts add up to their distribution function", () => {
    for (const [law, last] of [
      [binomial(30, 0.21), 12],
      [poisson(17.3), 20],
    ] as const) {
      let sum = 0;
      for (let k = 0; k <= last; k++) sum += law.density(k);
      expectRelative(sum, law.cdf(last), 1e-13);
    }
  });
});

describe("upper quantiles of counts", () => {
  test.each([
    ["binomial", binomial(1000, 0.013)],
    ["binomial near 1", binomial(7, 0.97)],
    ["poisson", poisson(41.5)],
    ["poisson of rare events", poisson(0.01)],
  ])("of the %s law are the smallest count that so little exceeds", (_, law) => {
    for (const p of [1e-9, 0.01, 0.3, 0.5, 0.95, 0.999999]) {
      const k = law.upperQuantile(p);
      expect(law.survival(k)).toBeLessThanOrEqual(p);
      expect(law.survival(k - 1)).toBeGreaterThan(p);
    }
  });

  test("end where the law ends, and do not exist outside of 0 to 1", () => {
    expect(binomial(7, 0.4).upperQuantile(0)).toBe(7);
    expect(binomial(7, 0.4).quantile(1)).toBe(7);
    expect(binomial(7, 0.4).quantile(0)).toBe(0);
    expect(poisson(3).upperQuantile(0)).toBe(Number.POSITIVE_INFINITY);
    expect(poisson(3).upperQuantile(1)).toBe(0);
    for (const law of [binomial(7, 0.4), poisson(3), studentT(3), chiSquare(3), standardNormal]) {
      expect(law.upperQuantile(-0.1)).toBeNaN();
      expect(law.upperQuantile(1.1)).toBeNaN();
    }
    expect(chiSquare(3).quantile(0)).toBe(0);
    expect(studentT(3).upperQuantile(0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("special cases of the laws", () => {
  test("t of one degree is Cauchy's law, of two degrees has a closed form, and of very many is the normal one", () => {
    for (const t of [-3, -0.4, 0, 1, 20]) {
      expect(studentT(1).cdf(t)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13);
      expect(studentT(2).cdf(t)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 13);
      expect(studentT(1e13).cdf(t)).toBe(standardNormal.cdf(t));
    }
    expect(twoSidedT(-1, 1)).toBeCloseTo(0.5, 13);
    expect(twoSidedT(0, 5)).toBe(1);
    expect(twoSidedNormal(-1.959963984540054)).toBeCloseTo(0.05, 14);
    expect(twoSidedNormal(0)).toBe(1);
  });

  test("chi-square of two degrees is exponential, F of two and two a ratio, beta of one and one uniform", () => {
    for (const x of [0.1, 1, 7]) {
      expect(chiSquare(2).survival(x)).toBeCloseTo(Math.exp(-x / 2), 14);
      expect(fisherF(2, 2).cdf(x)).toBeCloseTo(x / (1 + x), 14);
      expect(betaDistribution(1, 1).cdf(x / 10)).toBeCloseTo(x / 10, 14);
    }
  });
});

describe("Kolmogorov's law", () => {
  test("never exceeds its bounds, and its quantiles end with them", () => {
    expect([-1, 0].map(kolmogorovSurvival)).toEqual([1, 1]);
    expect(kolmogorovSurvival(Number.NaN)).toBeNaN();
    expect([0, 1].map((d) => kolmogorovFiniteSurvival(d, 9))).toEqual([1, 0]);
    expect(kolmogorovUpperQuantile(1)).toBe(0);
    expect(kolmogorovUpperQuantile(0)).toBe(Number.POSITIVE_INFINITY);
    expect(kolmogorovUpperQuantile(1.5)).toBeNaN();
  });

  test("its limit is the same number in both of its series", () => {
    for (const x of [0.6, 0.9, 0.999999, 1, 1.3]) {
      let alternating = 0;
      for (let k = 1; k < 200; k++) alternating -= (-1) ** k * Math.exp(-2 * k * k * x * x);
      expectRelative(kolmogorovSurvival(x), 2 * alternating, 1e-12);
    }
  });

  test("of a small sample is the share of samples that stray so far", () => {
    const random = createRandom(4, "stray");
    const runs = 20_000;
    for (const [n, d] of [
      [3, 0.3],
      [7, 0.34],
      [20, 0.2],
    ]) {
      let farther = 0;
      for (let i = 0; i < runs; i++) {
        const sample = Array.from({ length: n }, () => random.uniform()).sort((a, b) => a - b);
        if (sample.some((u, at) => u - at / n > d || (at + 1) / n - u > d)) farther++;
      }
      const expected = kolmogorovFiniteSurvival(d, n);
      expect(Math.abs(farther / runs - expected)).toBeLessThan(3.5 * Math.sqrt((expected * (1 - expected)) / runs));
    }
  });

  test("is exact for a sample of one and of two, where it is a polynomial", () => {
    // P(D_1 > d) = 2 (1 - d) for d >= 1/2; P(D_2 <= d) = 2 (2d - 1/2)^2 for 1/4 <= d <= 1/2.
    expect(kolmogorovFiniteSurvival(0.7, 1)).toBeCloseTo(0.6, 14);
    expect(kolmogorovFiniteSurvival(0.4, 2)).toBeCloseTo(1 - 2 * 0.3 ** 2, 14);
  });

  test("its two ways of computing agree where they meet", () => {
    // Same law, matrix power below n d^2 = 4 and Smirnov's sum above.
    const edge = Math.sqrt(4 / 900);
    const below = kolmogorovFiniteSurvival(edge * (1 - 1e-12), 900);
    const above = kolmogorovFiniteSurvival(edge * (1 + 1e-12), 900);
    expectRelative(above, below, 2e-10);
  });

  test("approaches its limit, and the limit's quantile undoes it", () => {
    expectRelative(kolmogorovFiniteSurvival(1.2 / Math.sqrt(1000), 1000), kolmogorovSurvival(1.2), 0.05);
    expectRelative(kolmogorovFiniteSurvival(0.0375, 1001), kolmogorovFiniteSurvival(0.0375, 1000), 0.01);
    for (const p of [0.9, 0.5, 0.05, 1e-9]) expectRelative(kolmogorovSurvival(kolmogorovUpperQuantile(p)), p, 1e-12);
  });
});

describe("the root of an increasing function", () => {
  /** The root and how often the function was asked. */
  function rootOf(evaluate: (x: number) => Sloped, start: number) {
    let asked = 0;
    const root = increasingRoot((x) => {
      asked++;
      return evaluate(x);
    }, start);
    return { root, asked };
  }

  test("is found in a few steps of Newton's where the slope is true", () => {
    const { root, asked } = rootOf((x) => [x ** 3 - 2, 3 * x * x], 1);
    expect(root).toBeCloseTo(Math.cbrt(2), 15);
    expect(asked).toBeLessThan(12);
    expect(rootOf((x) => [Math.expm1(x - 3), Math.exp(x - 3)], 4).asked).toBeLessThan(12);
  });

  test("is found by halving where the slope says nothing, and by doubling from far away", () => {
    expect(rootOf((x) => [x - 1000.5, 0], 0).root).toBeCloseTo(1000.5, 9);
    expect(rootOf((x) => [x + 1000.5, 0], 0).root).toBeCloseTo(-1000.5, 9);
    expect(rootOf((x) => [x - 5, -1], 0).root).toBeCloseTo(5, 12);
  });

  test("is where it began if that is the root", () => {
    expect(rootOf((x) => [x - 7, 1], 7)).toEqual({ root: 7, asked: 1 });
  });
});
