import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { exactLoss, lossOf } from "../../test/exact-als.ts";
import { createRandom } from "../core/random.ts";
import { type SparseMatrix, sparseFromEntries, transpose } from "../core/sparse-matrix.ts";
import { factorizeImplicit } from "./als.ts";

const MOVIELENS = "../shared/data/ml-100k/u.data";

it.skipIf(!existsSync(MOVIELENS))(
  "factors of MovieLens 100k, 64 after 15 iterations, are within 0.1 % of exact double-precision solutions (needs ../shared/data)",
  async () => {
    const entries = readFileSync(MOVIELENS, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t").map(Number));
    const field = (at: number, shift: number) => entries.map((entry) => entry[at] + shift);
    const matrix = sparseFromEntries(943, 1682, field(0, -1), field(1, -1), field(2, 1));
    const regularization = (side: SparseMatrix) => new Float32Array(side.rows).fill(0.01);
    const problem = {
      confidences: matrix,
      factors: 64,
      iterations: 15,
      unobserved: 1,
      rowRegularization: regularization(matrix),
      columnRegularization: regularization(transpose(matrix)),
      random: createRandom(4),
    };
    const { rows, columns } = await factorizeImplicit(problem);
    const ratio = lossOf(problem, rows, columns) / exactLoss(problem, createRandom(4));
    expect(ratio).toBeLessThan(1.001);
    expect(ratio).toBeGreaterThan(0.999);
  },
);
