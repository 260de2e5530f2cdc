import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradientBits, gradientStep, quantize } from "./quantized-gradients.ts";

describe("quantized gradients", () => {
  it("leave room for the sum of all rows, exactly", () => {
    for (const rows of [1, 2, 1000, 2 ** 20, 2 ** 24, 2 ** 26]) {
      const { gradient, hessian, countBits } = gradientBits(rows);
      expect(rows).toBeLessThan(2 ** countBits);
      expect(rows * 2 ** gradient).toBeLessThanOrEqual(2 ** 53);
      // Hessian and count share a signed 64-bit integer.
      expect(hessian + 2 * countBits).toBeLessThanOrEqual(62);
      expect(hessian).toBeGreaterThan(0);
    }
  });

  it("are off by at most half a step, and the largest fits its bits", () => {
    const magnitude = fc.double({ min: 1e-200, max: 1e200, noNaN: true });
    fc.assert(
      fc.property(magnitude, fc.double({ min: -1, max: 1, noNaN: true }), (largest, share) => {
        const { gradient } = gradientStep(1000, largest, 1);
        const value = share * largest;
        expect(Math.abs(quantize(value, gradient) * gradient - value)).toBeLessThanOrEqual(gradient / 2);
        expect(quantize(largest, gradient)).toBeLessThanOrEqual(2 ** gradientBits(1000).gradient);
        expect(quantize(largest, gradient)).toBeGreaterThanOrEqual(2 ** (gradientBits(1000).gradient - 1));
      }),
    );
  });

  it("round halves to even and take next to nothing for nothing", () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5].map((value) => quantize(value, 1) + 0)).toEqual([0, 2, 2, 0, -2]);
    const { gradient, hessian } = gradientStep(10, 1e-310, 0);
    expect([quantize(1e-310, gradient), quantize(0, hessian)]).toEqual([0, 0]);
  });
});
