import { afterAll, describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { createKernelPool } from "../node/kernel-pool.ts";
import type { KernelPath } from "./feature-probe.ts";
import { invertPositiveDefinite } from "./positive-definite-inverse.ts";

const paths: KernelPath[] = ["simd", "scalar"];

/** A Gram matrix plus a ridge: condition number about (sqrt(n) + sqrt(rank))^2 / ridge. */
function positiveDefinite(n: number, ridge: number): Float32Array {
  const random = createRandom(n);
  const rank = Math.ceil(n / 2);
  const rows = Float64Array.from({ length: n * rank }, () => random.normal());
  const matrix = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = i === j ? ridge : 0;
      for (let k = 0; k < rank; k++) sum += rows[i * rank + k] * rows[j * rank + k];
      matrix[i * n + j] = sum;
    }
  }
  return matrix;
}

describe.each(paths)("the inverse of a positive definite matrix, %s", (path) => {
  it.each([1, 2, 63, 64, 65, 200])("times the matrix of order %d is the identity", async (n) => {
    const ridge = 5;
    const matrix = positiveDefinite(n, ridge);
    const inverse = await invertPositiveDefinite(matrix, n, { path });
    const condition = (Math.sqrt(n) + Math.sqrt(n / 2)) ** 2 / ridge + 1;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += matrix[i * n + k] * inverse[k * n + j];
        // Float32 has 6e-8 of roundoff, multiplied by the condition number; ten times that is the bound.
        expect(Math.abs(sum - (i === j ? 1 : 0))).toBeLessThan(6e-7 * condition * 2);
        expect(inverse[i * n + j]).toBe(inverse[j * n + i]);
      }
    }
  });

  it("does not read below the diagonal, nor change the matrix", async () => {
    const matrix = Float32Array.of(2, 1, 99, 2);
    const inverse = await invertPositiveDefinite(matrix, 2, { path });
    [2 / 3, -1 / 3, -1 / 3, 2 / 3].forEach((value, at) => {
      expect(inverse[at]).toBeCloseTo(value, 6);
    });
    expect([...matrix]).toEqual([2, 1, 99, 2]);
  });

  it("is refused to a matrix that is not positive definite", async () => {
    await expect(invertPositiveDefinite(Float32Array.of(1, 2, 2, 1), 2, { path })).rejects.toThrow(
      "not positive definite",
    );
    await expect(invertPositiveDefinite(new Float32Array(9), 3, { path })).rejects.toThrow("larger regularization");
    await expect(invertPositiveDefinite(new Float32Array(4).fill(Number.NaN), 2, { path })).rejects.toThrow();
  });
});

describe("the inverse of a positive definite matrix", () => {
  const pool = createKernelPool(2);
  afterAll(() => pool.close());

  it("has the same bits on one thread and on two", async () => {
    const matrix = positiveDefinite(300, 1);
    expect(await invertPositiveDefinite(matrix, 300, { pool })).toEqual(await invertPositiveDefinite(matrix, 300));
  });
});
