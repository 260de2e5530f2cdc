import { afterAll, describe, expect, it } from "vitest";
import { exactLoss, lossOf } from "../../test/exact-als.ts";
import { createRandom } from "../core/random.ts";
import { type SparseMatrix, sparseFromEntries } from "../core/sparse-matrix.ts";
import { createKernelPool } from "../node/kernel-pool.ts";
import type { AlsProblem } from "./als.scalar.ts";
import { factorizeImplicit, scaledRegularization } from "./als.ts";
import type { KernelPath } from "./feature-probe.ts";

const paths: KernelPath[] = ["simd", "scalar"];

function randomMatrix(rows: number, columns: number, entries: number): SparseMatrix {
  const random = createRandom(2);
  const draw = (n: number) => Int32Array.from({ length: entries }, () => Math.floor(n * random.uniform() ** 2));
  return sparseFromEntries(rows, columns, draw(rows), draw(columns), new Float32Array(entries).fill(3));
}

function problemOf(confidences: SparseMatrix, more: Partial<AlsProblem> = {}): AlsProblem {
  return {
    confidences,
    factors: 10,
    iterations: 6,
    unobserved: 1,
    rowRegularization: new Float32Array(confidences.rows).fill(0.5),
    columnRegularization: new Float32Array(confidences.columns).fill(0.25),
    random: createRandom(4),
    ...more,
  };
}

describe.each(paths)("implicit alternating least squares, %s", (path) => {
  it("says which path it took", async () => {
    const fitted = await factorizeImplicit(problemOf(randomMatrix(20, 15, 60), { path, iterations: 1 }));
    expect(fitted.path).toBe(path);
  });

  it("follows the exact solutions when every system is solved to the end", async () => {
    const problem = problemOf(randomMatrix(120, 90, 1500), { path, iterations: 8, steps: 20 });
    const { rows, columns } = await factorizeImplicit(problem);
    // 1e-4: rounding to float32 at the first iterations, where paths to different minima lie close together.
    expect(Math.abs(lossOf(problem, rows, columns) / exactLoss(problem, createRandom(4)) - 1)).toBeLessThan(1e-4);
  });

  it("lowers the loss with every iteration", async () => {
    const matrix = randomMatrix(60, 50, 700);
    let before = Number.POSITIVE_INFINITY;
    for (const iterations of [1, 2, 4, 8]) {
      const problem = problemOf(matrix, { path, iterations });
      const { rows, columns } = await factorizeImplicit(problem);
      const loss = lossOf(problem, rows, columns);
      expect(loss).toBeLessThan(before);
      before = loss;
    }
  });

  it("leaves the columns' Gram matrix diagonal, largest first", async () => {
    const { columns, factors: n } = await factorizeImplicit(
      problemOf(randomMatrix(60, 50, 700), { path, factors: 20 }),
    );
    const gram = new Float64Array(n * n);
    for (let at = 0; at < columns.length; at += n) {
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) gram[i * n + j] += columns[at + i] * columns[at + j];
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) if (i !== j) expect(Math.abs(gram[i * n + j])).toBeLessThan(1e-5 * gram[0]);
      if (i > 0) expect(gram[i * n + i]).toBeLessThan(gram[(i - 1) * n + i - 1] * (1 + 1e-5));
    }
  });

  it("gives rows and columns without entries the zero vector", async () => {
    const matrix = sparseFromEntries(4, 5, [0, 0, 2], [1, 3, 1], [2, 2, 2]);
    const { rows, columns, factors } = await factorizeImplicit(problemOf(matrix, { path }));
    for (const row of [1, 3])
      expect([...rows.subarray(row * factors, (row + 1) * factors)].every((v) => v === 0)).toBe(true);
    for (const column of [0, 2, 4])
      expect([...columns.subarray(column * factors, (column + 1) * factors)].every((v) => v === 0)).toBe(true);
    expect(rows.every(Number.isFinite) && columns.every(Number.isFinite)).toBe(true);
  });

  it("has nothing to say about an empty matrix", async () => {
    const { rows, columns } = await factorizeImplicit(problemOf(sparseFromEntries(0, 3, [], [], []), { path }));
    expect(rows.length).toBe(0);
    expect([...columns].every((value) => value === 0)).toBe(true);
  });
});

describe("implicit alternating least squares", () => {
  const pools = [1, 2, 3].map((threads) => createKernelPool(threads));
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  it("gives the same bits on any number of threads", async () => {
    const matrix = randomMatrix(300, 200, 4000);
    const alone = await factorizeImplicit(problemOf(matrix));
    for (const pool of pools) {
      const together = await factorizeImplicit(problemOf(matrix, { pool }));
      expect(together.rows).toEqual(alone.rows);
      expect(together.columns).toEqual(alone.columns);
    }
  });

  it("by SIMD predicts what the scalar twin predicts", async () => {
    // Six iterations of float32 solutions against double ones: the roundoff, 6e-8, grows with the systems' condition, below 1e3.
    const problem = problemOf(randomMatrix(60, 50, 700));
    const simd = await factorizeImplicit({ ...problem, random: createRandom(4), path: "simd" });
    const scalar = await factorizeImplicit({ ...problem, random: createRandom(4), path: "scalar" });
    const predict = ({ rows, columns }: typeof simd, row: number, column: number) => {
      let sum = 0;
      for (let d = 0; d < 10; d++) sum += rows[row * 10 + d] * columns[column * 10 + d];
      return sum;
    };
    for (let row = 0; row < 60; row++)
      for (let column = 0; column < 50; column++)
        expect(Math.abs(predict(simd, row, column) - predict(scalar, row, column))).toBeLessThan(1e-4);
  });

  it("scales regularization with a row's entries, as Rendle et al. do", () => {
    const matrix = sparseFromEntries(2, 4, [0, 0, 0, 1], [0, 1, 2, 0], [1, 1, 1, 1]);
    const scaled = scaledRegularization(matrix, { lambda: 0.5, nu: 1, unobserved: 0.1 });
    expect(scaled[0]).toBeCloseTo(0.5 * (3 + 0.4), 6);
    expect(scaled[1]).toBeCloseTo(0.5 * (1 + 0.4), 6);
    expect([...scaledRegularization(matrix, { lambda: 0.5, nu: 0, unobserved: 0.1 })]).toEqual([0.5, 0.5]);
  });
});
