/** The one-sided error that a reading leaves to a guardrail: all of alpha for one at the end, less for a look that is not the only one. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { alwaysValid } from "./always-valid.ts";
import type { Reading } from "./analysis.ts";
import type { Comparison } from "./comparison.ts";
import { constantBoundary } from "./group-sequential.ts";

/**
 * A guardrail that is read at every look and believed at any of them errs as often as a metric that is peeked at. At a planned look it has
 * the boundary's nominal level, of 2 alpha on two sides; at any time that of the mixture with tau the margin, for the error that the
 * comparison's own interval has.
 */
export function guardrailError(
  reading: Reading,
  alpha: number,
  margin: number,
  compareAt: (level: number) => Comparison,
): Outcome<number> {
  if (reading.kind === "fixed") return succeed(alpha);
  if (!(alpha < 0.5))
    return fail({
      code: "bad-plan",
      message: `alpha is ${alpha}, but must be below one half where guardrails are read more than once`,
      where: "alpha",
      fix: "write it like 5%",
    });
  if (reading.kind === "group-sequential") {
    const boundary = constantBoundary(reading.shape, reading.looks, 2 * alpha);
    return boundary.ok ? succeed(boundary.value.nominal[reading.look - 1] / 2) : boundary;
  }
  const [low, high] = compareAt(1 - 2 * alpha).interval;
  const standardError = (high - low) / 2 / standardNormal.upperQuantile(alpha);
  const valid = alwaysValid([{ effect: 0, standardError }], margin, 2 * alpha);
  return valid.ok ? succeed(standardNormal.survival(valid.value[0].reach / standardError)) : valid;
}
