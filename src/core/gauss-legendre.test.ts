import { expect, test } from "vitest";
import { noncentralTSurvival } from "./distribution-noncentral-t.ts";
import { studentT } from "./distribution-t.ts";
import { gaussLegendre, integrate } from "./gauss-legendre.ts";

test("integrates polynomials of degree 2n - 1 exactly and smooth functions nearly so", () => {
  for (const n of [1, 2, 5, 64, 400]) {
    const { weights } = gaussLegendre(n);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(2, 12);
  }
  expect(integrate((x) => x ** 9 + 3 * x ** 8, 0, 2, 5)).toBeCloseTo(2 ** 10 / 10 + (3 * 2 ** 9) / 9, 10);
  expect(integrate(Math.exp, -1, 1)).toBeCloseTo(Math.E - 1 / Math.E, 13);
  expect(integrate((x) => 1 / (1 + x * x), 0, 1)).toBeCloseTo(Math.PI / 4, 13);
});

test("the noncentral t law is the central one without a shift and agrees with published values with one", () => {
  for (const t of [-2, 0.5, 3]) expect(noncentralTSurvival(t, 7, 0)).toBeCloseTo(studentT(7).survival(t), 12);
  // The same integral by mpmath 1.3 with 25 digits.
  expect(noncentralTSurvival(2, 5, 1)).toBeCloseTo(0.22192533738378512, 11);
  expect(noncentralTSurvival(1.96, 784, 2.8)).toBeCloseTo(0.799432949424454, 11);
  expect(noncentralTSurvival(0.5, 2, -1)).toBeCloseTo(0.07969573993151499, 11);
});

test("both tails of the noncentral t law are kept where they are all that is left: 5e-65 was the power at an alpha of 1e-9, df 2", () => {
  // Of two degrees, P(|T| > t) of the central law is 1 - t / sqrt(t^2 + 2): alpha 1e-9 is at t = 31,622.8, and a shift of 0.5 adds a quarter.
  const t = Math.sqrt(2) * ((1 - 1e-9) / Math.sqrt(1 - (1 - 1e-9) ** 2));
  expect((2 * noncentralTSurvival(t, 2, 0)) / 1e-9).toBeCloseTo(1, 6);
  const power = noncentralTSurvival(t, 2, 0.5) + noncentralTSurvival(t, 2, -0.5);
  expect(power / 1.25e-9).toBeCloseTo(1, 4);
});
