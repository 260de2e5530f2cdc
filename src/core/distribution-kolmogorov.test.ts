import { describe, expect, it } from "vitest";
import { kolmogorovFiniteSurvival, kolmogorovSurvival, kolmogorovUpperQuantile } from "./distribution-kolmogorov.ts";

describe("Kolmogorov's law", () => {
  it("passes from the exact law to the corrected limit without a step: one left-out term of the correction is 1.6e-4", () => {
    for (const x of [0.45, 0.5, 0.6, 0.8, 1, 1.3]) {
      const exact = kolmogorovFiniteSurvival(x / Math.sqrt(1000), 1000);
      const corrected = kolmogorovFiniteSurvival(x / Math.sqrt(1001), 1001);
      expect(Math.abs(exact - corrected)).toBeLessThan(2e-5);
    }
  });

  it("has the critical values of every textbook: 1.358 at 5 %, 1.628 at 1 %", () => {
    expect(kolmogorovUpperQuantile(0.05)).toBeCloseTo(1.3581, 4);
    expect(kolmogorovUpperQuantile(0.01)).toBeCloseTo(1.6276, 4);
    expect(kolmogorovSurvival(1.3581)).toBeCloseTo(0.05, 4);
  });

  it("has the table values of small samples: 0.40925 for ten at 5 % (Miller 1956)", () => {
    expect(kolmogorovFiniteSurvival(0.40925, 10)).toBeCloseTo(0.05, 4);
    expect(kolmogorovFiniteSurvival(0.56328, 5)).toBeCloseTo(0.05, 4);
  });
});

it("has no law of a sample that is none: 0 and -1 ran out of stack", () => {
  for (const n of [0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])
    expect(kolmogorovFiniteSurvival(0.3, n), String(n)).toBeNaN();
  expect(kolmogorovFiniteSurvival(Number.NaN, 10)).toBeNaN();
  expect(kolmogorovFiniteSurvival(-0.1, 10)).toBe(1);
});
