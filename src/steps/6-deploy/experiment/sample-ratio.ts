/** Sample ratio mismatch: whether the arms got the shares that were planned. If not, no other number of the test can be trusted. */

import { chiSquare } from "../../../core/distribution-chi-square.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";

/** The test of the split. */
export interface SampleRatioCheck {
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
  /** Whether the p-value is below `threshold`. */
  readonly alarm: boolean;
  readonly threshold: number;
}

/**
 * Pearson's chi-square of the units per arm against the planned shares, alarm below `threshold`, 0.001 by default: the check runs on
 * every test and often, and at 0.05 it would cry daily (Fabijan et al. 2019). Counts are units, never events.
 */
export function checkSampleRatio(
  counts: readonly number[],
  plannedShares: readonly number[],
  threshold = 0.001,
): Outcome<SampleRatioCheck> {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = plannedShares.reduce((sum, share) => sum + share, 0);
  if (counts.length < 2 || counts.length !== plannedShares.length)
    return fail({
      code: "bad-arms",
      message: `${counts.length} arms and ${plannedShares.length} planned shares: give two or more arms and one share for each`,
    });
  if (!(total > 0) || counts.some((count) => !(Number.isSafeInteger(count) && count >= 0)))
    return fail({
      code: "empty-arms",
      message: `units per arm are ${counts.join(", ")}, but must be counts with a sum above 0`,
    });
  if (!(Math.abs(shares - 1) < 1e-9) || plannedShares.some((share) => !(share > 0)))
    return fail({
      code: "bad-shares",
      message: `the planned shares ${plannedShares.join(", ")} must all be above 0 and add up to 1`,
      fix: "an arm without planned traffic is not part of the test",
    });
  let statistic = 0;
  for (let i = 0; i < counts.length; i++)
    statistic += (counts[i] - total * plannedShares[i]) ** 2 / (total * plannedShares[i]);
  const df = counts.length - 1;
  const pValue = chiSquare(df).survival(statistic);
  return succeed({ chiSquare: statistic, df, pValue, alarm: pValue < threshold, threshold });
}
