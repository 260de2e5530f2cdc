import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { createKernelPool } from "../node/kernel-pool.ts";
import type { KernelPath } from "./feature-probe.ts";
import { createLambdaGradients } from "./lambda-gradients.ts";

const paths: KernelPath[] = ["simd", "scalar"];
const random = createRandom(5);
const sizes = [1, 2, 3, 7, 50, 51, 200, 4];
const starts = Uint32Array.from([
  0,
  ...sizes.map((_, i) => sizes.slice(0, i + 1).reduce((sum, size) => sum + size, 0)),
]);
const rows = starts[sizes.length];
const problem = {
  starts,
  gains: Float64Array.from({ length: rows }, () => 2 ** random.below(4) - 1),
  inverseIdeals: Float64Array.from(sizes, (_, query) => (query === 7 ? 0 : 0.5 + random.uniform())),
  discounts: Float64Array.from({ length: 200 }, (_, rank) => 1 / Math.log2(rank + 2)),
  truncation: 20,
};

function deriveOn(path: KernelPath, margins: Float64Array) {
  const kernel = createLambdaGradients(problem, { path });
  expect(kernel.path).toBe(path);
  const [gradients, hessians] = [new Float64Array(rows).fill(9), new Float64Array(rows).fill(9)];
  kernel.derive(margins, gradients, hessians);
  return { gradients, hessians };
}

describe("LambdaRank's derivatives", () => {
  it.each([
    ["spread margins", () => 3 * random.normal()],
    ["many ties", () => random.below(3)],
    ["equal margins", () => 1],
    ["margins far apart", () => 1000 * random.normal()],
  ])("agree on both paths with %s", (_, draw) => {
    const margins = Float64Array.from({ length: rows }, draw);
    const [kernel, twin] = paths.map((path) => deriveOn(path, margins));
    // Sums of up to 200 terms in another order, and exponentials that differ by two units in the last place.
    for (let row = 0; row < rows; row++) {
      expect(Math.abs(kernel.gradients[row] - twin.gradients[row])).toBeLessThan(
        1e-13 * (1 + Math.abs(twin.gradients[row])),
      );
      expect(Math.abs(kernel.hessians[row] - twin.hessians[row])).toBeLessThan(1e-13 * (1 + twin.hessians[row]));
    }
  });

  it("are the same on threads as on none, to the last bit", async () => {
    const queries = 300;
    const large = {
      ...problem,
      starts: Uint32Array.from({ length: queries + 1 }, (_, query) => 20 * query),
      gains: Float64Array.from({ length: 20 * queries }, () => 2 ** random.below(4) - 1),
      inverseIdeals: new Float64Array(queries).fill(0.7),
    };
    const margins = Float64Array.from(large.gains, () => random.normal());
    const columns = () => [new Float64Array(margins.length), new Float64Array(margins.length)] as const;
    const alone = columns();
    createLambdaGradients(large).derive(margins, ...alone);
    const pool = createKernelPool(3);
    const lambdas = createLambdaGradients(large, { pool });
    const together = columns();
    await lambdas.deriveOnThreads(margins, ...together);
    lambdas.close();
    await pool.close();
    expect(together).toEqual(alone);
    expect(together[0].some((slope) => slope !== 0)).toBe(true);
  });

  it.each(paths)("add up to nothing within a query, and are 0 without a relevant row, %s", (path) => {
    const { gradients, hessians } = deriveOn(
      path,
      Float64Array.from({ length: rows }, () => random.normal()),
    );
    for (let query = 0; query < sizes.length; query++) {
      const sum = gradients.subarray(starts[query], starts[query + 1]).reduce((total, one) => total + one, 0);
      expect(sum).toBeCloseTo(0, 12);
    }
    expect([...gradients.subarray(starts[7]), ...hessians.subarray(starts[7])]).toEqual(new Array(8).fill(0));
    for (const hessian of hessians) expect(hessian).toBeGreaterThanOrEqual(0);
  });
});
