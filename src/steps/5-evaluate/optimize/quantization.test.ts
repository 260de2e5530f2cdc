import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantizedBytes, quantizeRows } from "./quantization.ts";

const number = fc.float({ noNaN: true, min: -1000, max: 1000, noDefaultInfinity: true });

describe("quantization to 8 bits", () => {
  it("is off by at most half a step, and keeps zeros and signs", () => {
    fc.assert(
      fc.property(fc.array(fc.array(number, { minLength: 5, maxLength: 5 }), { maxLength: 8 }), (rows) => {
        const vectors = Float32Array.from(rows.flat().map((value) => (Math.abs(value) < 1e-30 ? 0 : value)));
        const quantized = quantizeRows(vectors, 5);
        const back = Array.from(quantized.values, (value, at) => value * quantized.scales[Math.floor(at / 5)]);
        vectors.forEach((value, at) => {
          const step = quantized.scales[Math.floor(at / 5)];
          expect(Math.abs(back[at] - value)).toBeLessThanOrEqual(step / 2 + 1e-6 * Math.abs(value));
          expect(Math.abs(quantized.values[at])).toBeLessThanOrEqual(127);
          if (value === 0) expect(back[at]).toBe(0);
        });
      }),
    );
  });

  it("uses the whole range of every row", () => {
    const { values, scales } = quantizeRows(Float32Array.of(0.5, -1, 100, 50, 0, 0), 2);
    expect([...values]).toEqual([64, -127, 127, 64, 0, 0]);
    expect([...scales]).toEqual([Math.fround(1 / 127), Math.fround(100 / 127), 0]);
  });

  it("shrinks a vector of 64 numbers from 256 bytes to 68", () => {
    expect(quantizedBytes(1_000_000, 64)).toEqual({ float32: 256_000_000, int8: 68_000_000 });
  });

  it("refuses half a row", () => {
    expect(() => quantizeRows(new Float32Array(5), 2)).toThrow("no whole rows of 2");
  });
});
