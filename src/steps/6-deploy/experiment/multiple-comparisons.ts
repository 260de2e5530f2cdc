/** Adjusts p-values for having looked at several: family-wise error or false discovery rate. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";

/**
 * - `bonferroni`: m p. Any dependence; the most cautious.
 * - `holm` (1979): step-down; any dependence, never worse than Bonferroni. The default.
 * - `hochberg` (1988): step-up; independent or positively dependent tests.
 * - `benjamini-hochberg` (1995): false discovery rate; independent or positively dependent tests.
 * - `benjamini-yekutieli` (2001): false discovery rate under any dependence.
 */
export type Correction = "bonferroni" | "holm" | "hochberg" | "benjamini-hochberg" | "benjamini-yekutieli" | "none";

/** Every correction, by name. */
export const CORRECTIONS: readonly Correction[] = [
  "bonferroni",
  "holm",
  "hochberg",
  "benjamini-hochberg",
  "benjamini-yekutieli",
  "none",
];

/** Adjusted p-values in the order given: reject those at or below alpha. A p-value outside of 0 to 1, or an unknown correction, is a failure. */
export function adjustPValues(pValues: readonly number[], correction: Correction = "holm"): Outcome<readonly number[]> {
  if (!CORRECTIONS.includes(correction))
    return fail({
      code: "bad-correction",
      message: `\`${correction}\` is no correction`,
      fix: `use one of ${CORRECTIONS.join(", ")}`,
    });
  const broken = pValues.findIndex((p) => !(p >= 0 && p <= 1));
  if (broken >= 0)
    return fail({ code: "bad-p-value", message: `p-value ${broken + 1} is ${pValues[broken]}, not between 0 and 1` });
  const m = pValues.length;
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i] - pValues[j]);
  const ascending = order.map((i) => pValues[i]);
  const adjusted = adjustAscending(ascending, correction, m);
  const result = new Array<number>(m);
  order.forEach((place, rank) => {
    result[place] = Math.min(1, adjusted[rank]);
  });
  return succeed(result);
}

function adjustAscending(p: readonly number[], correction: Correction, m: number): readonly number[] {
  switch (correction) {
    case "none":
      return p;
    case "bonferroni":
      return p.map((value) => m * value);
    case "holm":
      return runningMaximum(p.map((value, i) => (m - i) * value));
    case "hochberg":
      return runningMinimum(p.map((value, i) => (m - i) * value));
    case "benjamini-hochberg":
      return runningMinimum(p.map((value, i) => (m / (i + 1)) * value));
    case "benjamini-yekutieli": {
      let harmonic = 0;
      for (let i = 1; i <= m; i++) harmonic += 1 / i;
      return runningMinimum(p.map((value, i) => harmonic * (m / (i + 1)) * value));
    }
  }
}

/** From the smallest p-value up: no adjusted value below the one before. */
function runningMaximum(values: readonly number[]): readonly number[] {
  let largest = 0;
  return values.map((value) => {
    largest = Math.max(largest, value);
    return largest;
  });
}

/** From the largest p-value down: no adjusted value above the one after. */
function runningMinimum(values: readonly number[]): readonly number[] {
  const result = [...values];
  for (let i = result.length - 2; i >= 0; i--) result[i] = Math.min(result[i], result[i + 1]);
  return result;
}
