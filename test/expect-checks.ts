/** How checks against known answers are stated and compared. */

import { expect } from "vitest";

/** What is computed, and the known answers: published tables, and SciPy, scikit-learn, statsmodels and R to ten digits. */
export type Check = readonly [
  name: string,
  computed: readonly number[],
  expected: readonly number[],
  tolerance?: number,
];

const TOLERANCE = 1e-6;
/** Where the reference itself comes from integration or from tables of four digits. */
export const TABLE = 1e-4;

/** Compares every value by relative error. */
export function expectChecks(checks: readonly Check[]): void {
  for (const [name, computed, expected, tolerance = TOLERANCE] of checks) {
    expect(computed, name).toHaveLength(expected.length);
    expected.forEach((value, i) => {
      const error = Math.abs(computed[i] - value);
      expect(error, `${name}[${i}]: ${computed[i]}, expected ${value}`).toBeLessThanOrEqual(
        tolerance * Math.abs(value),
      );
    });
  }
}
