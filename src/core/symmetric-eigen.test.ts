import { describe, expect, it } from "vitest";
import { createRandom } from "./random.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

function expectDecomposed(matrix: Float64Array, n: number): void {
  const { values, vectors } = symmetricEigen(matrix, n);
  const size = Math.max(...values.map(Math.abs), 1e-300);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let back = 0;
      let inner = 0;
      for (let k = 0; k < n; k++) {
        back += vectors[i * n + k] * values[k] * vectors[j * n + k];
        inner += vectors[k * n + i] * vectors[k * n + j];
      }
      expect(Math.abs(back - matrix[i * n + j])).toBeLessThan(1e-13 * n * size);
      expect(Math.abs(inner - (i === j ? 1 : 0))).toBeLessThan(1e-13 * n);
    }
  }
  for (let k = 1; k < n; k++) expect(values[k]).toBeGreaterThanOrEqual(values[k - 1]);
}

describe("the eigenvalues of a symmetric matrix", () => {
  it("are those of the second-difference matrix, which are known: 2 - 2 cos(pi k / (n + 1))", () => {
    const n = 30;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i > 0) {
        matrix[i * n + i - 1] = -1;
        matrix[(i - 1) * n + i] = -1;
      }
    }
    const { values } = symmetricEigen(matrix, n);
    expect(values.length).toBe(n);
    for (let k = 0; k < n; k++) expect(values[k]).toBeCloseTo(2 - 2 * Math.cos((Math.PI * (k + 1)) / (n + 1)), 12);
    expectDecomposed(matrix, n);
  });

  it("with their vectors give back random Gram matrices, also of deficient rank", () => {
    const random = createRandom(3);
    for (const [n, rank] of [
      [1, 1],
      [2, 2],
      [5, 3],
      [64, 64],
      [40, 7],
    ]) {
      const rows = Float64Array.from({ length: rank * n }, () => random.normal());
      const gram = new Float64Array(n * n);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) for (let r = 0; r < rank; r++) gram[i * n + j] += rows[r * n + i] * rows[r * n + j];
      expectDecomposed(gram, n);
    }
  });

  it("of covariances whose rank is far below their dimension are found, where neighbours of 0 are roundoff beside roundoff", () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = createRandom(seed);
      const n = 64;
      const rank = [16, 1, 2, 8, 32][seed % 5];
      const basis = Float64Array.from({ length: rank * n }, () => random.normal());
      const covariance = new Float64Array(n * n);
      const count = [200, 17, 64][seed % 3];
      for (let row = 0; row < count; row++) {
        const weights = Float64Array.from({ length: rank }, () => random.normal());
        const x = Float64Array.from({ length: n }, (_, j) =>
          weights.reduce((sum, weight, k) => sum + weight * basis[k * n + j], 0),
        );
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) covariance[i * n + j] += (x[i] * x[j]) / count;
      }
      const { values, vectors } = symmetricEigen(covariance, n);
      expect(values.filter((value) => value > 1e-10 * values[n - 1]).length).toBe(Math.min(rank, count));
      let trace = 0;
      for (let i = 0; i < n; i++) trace += covariance[i * n + i];
      expect(values.reduce((sum, value) => sum + value, 0) / trace).toBeCloseTo(1, 12);
      for (let i = 0; i < n; i++) {
        let image = 0;
        for (let j = 0; j < n; j++) image += covariance[i * n + j] * vectors[j * n + n - 1];
        expect(Math.abs(image - values[n - 1] * vectors[i * n + n - 1])).toBeLessThan(1e-12 * values[n - 1]);
      }
    }
  });

  it("of a matrix with elements whose squares are hardly numbers are found: 1e-160 beside 1 became NaN, and the ALS of two items ended", () => {
    for (let power = 135; power < 170; power++)
      for (const n of [3, 8]) {
        const tiny = 10 ** -power;
        expectDecomposed(
          Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 + at : tiny)),
          n,
        );
      }
  });

  it("of zero and of a diagonal are read off", () => {
    expectDecomposed(new Float64Array(16), 4);
    expectDecomposed(Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 3), 3);
  });

  it("of a matrix whose parts underflow beside each other are found all the same", () => {
    const random = createRandom(5);
    for (const small of [1e-20, 1e-90, 1e-150, 1e-170, 1e-250, 1e-308]) {
      for (const [n, rank] of [
        [6, 2],
        [20, 20],
        [32, 9],
      ]) {
        const gram = new Float64Array(n * n);
        for (let r = 0; r < rank; r++) {
          const size = r % 2 === 0 ? 1 : small;
          const row = Float64Array.from({ length: n }, () => size * random.normal());
          for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) gram[i * n + j] += row[i] * row[j];
        }
        expectDecomposed(gram, n);
        const tiny = gram.map((value) => value * small);
        const { values } = symmetricEigen(tiny, n);
        const whole = symmetricEigen(gram, n).values;
        expect(values[n - 1] / small / whole[n - 1]).toBeCloseTo(1, small < 1e-300 ? 1 : 10);
      }
    }
  });

  it("do not exist for NaN", () => {
    expect(() => symmetricEigen(new Float64Array(9).fill(Number.NaN), 3)).toThrow("NaN");
  });
});
