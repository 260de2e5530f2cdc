import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import type { KernelPath } from "./feature-probe.ts";
import { createFoldIn, type FoldInProblem } from "./fold-in.ts";

const paths: KernelPath[] = ["simd", "scalar"];

function problemOf(factors: number, more: Partial<FoldInProblem> = {}): FoldInProblem {
  const random = createRandom(factors);
  const items = Float32Array.from({ length: 700 * factors }, () => 0.3 * random.normal());
  return { items, factors, unobserved: 0.1, steps: 10, ...more };
}

/** Entries of a history, with confidences, and a diagonal: all of them drawn. */
function drawn(factors: number, count: number) {
  const random = createRandom(count);
  const rows = Int32Array.from({ length: count }, (_, entry) => 2 * entry + random.below(2));
  const confidences = Float32Array.from(rows, () => 0.1 + 2 * random.uniform());
  const diagonal = Float64Array.from({ length: factors }, () => 1 + random.uniform());
  return { rows, confidences, diagonal };
}

describe.each(paths)("folding in, %s", (path) => {
  it("says which path it took", () => {
    expect(createFoldIn(problemOf(4), path).path).toBe(path);
  });

  it("solves the system of the entries and the diagonal", () => {
    for (const [factors, count] of [
      [1, 1],
      [5, 3],
      [8, 40],
      [18, 7],
    ]) {
      const problem = problemOf(factors, { steps: 60 });
      const { rows, confidences, diagonal } = drawn(factors, count);
      const x = createFoldIn(problem, path).fold(rows, confidences, diagonal);
      const left = Array.from(diagonal, (value, d) => value * x[d]);
      const right = new Array<number>(factors).fill(0);
      for (const [entry, row] of rows.entries()) {
        const y = problem.items.subarray(row * factors, (row + 1) * factors);
        const product = y.reduce((sum, value, d) => sum + value * x[d], 0);
        for (let d = 0; d < factors; d++) {
          left[d] += (confidences[entry] - problem.unobserved) * product * y[d];
          right[d] += confidences[entry] * y[d];
        }
      }
      // The solution is rounded to single precision.
      for (let d = 0; d < factors; d++) expect(Math.abs(left[d] - right[d])).toBeLessThan(1e-4);
    }
  });

  it("knows nothing of a unit without a history", () => {
    const nobody = createFoldIn(problemOf(6), path).fold(
      new Int32Array(0),
      new Float32Array(0),
      new Float64Array(6).fill(1),
    );
    expect(nobody).toEqual(new Float32Array(6));
  });
});

describe("both paths of folding in", () => {
  it("give the same bits, for widths that fill no whole vector, and after a longer history", () => {
    for (const factors of [1, 2, 3, 4, 7, 10, 64]) {
      const [kernel, scalar] = paths.map((path) => createFoldIn(problemOf(factors), path));
      for (const count of [1, 3, 4, 9, 300, 2]) {
        const { rows, confidences, diagonal } = drawn(factors, count);
        expect(kernel.fold(rows, confidences, diagonal)).toEqual(scalar.fold(rows, confidences, diagonal));
      }
    }
  });
});
