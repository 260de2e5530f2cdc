/** Counts of a review: what a last line, an exit code and JSON say of it. */

import type { Severity } from "../core/finding.ts";
import type { Review } from "./review.ts";

export interface Summary {
  readonly notes: number;
  readonly errors: number;
  readonly warnings: number;
  readonly advice: number;
  readonly waived: number;
  /** Findings that `--fix` can mend. */
  readonly fixable: number;
  /** Rules by how they ended, over all notes. */
  readonly rules: {
    readonly pass: number;
    readonly fires: number;
    readonly unknown: number;
    readonly "not applicable": number;
  };
}

export function summarize(reviews: readonly Review[]): Summary {
  const findings = reviews.flatMap((review) => review.findings);
  const outcomes = reviews.flatMap((review) => review.outcomes);
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const ended = (outcome: string) => outcomes.filter((one) => one.outcome === outcome).length;
  return {
    notes: reviews.length,
    errors: of("error"),
    warnings: of("warning"),
    advice: of("advice"),
    waived: reviews.reduce((sum, review) => sum + review.waived.length, 0),
    fixable: findings.filter((finding) => (finding.edits?.length ?? 0) > 0).length,
    rules: {
      pass: ended("pass"),
      fires: ended("fires"),
      unknown: ended("unknown"),
      "not applicable": ended("not applicable"),
    },
  };
}

const RANK: Readonly<Record<Severity, number>> = { advice: 0, warning: 1, error: 2 };

/** Whether any finding is as grave as `threshold` or graver. */
export function isWorseThan(reviews: readonly Review[], threshold: Severity): boolean {
  return reviews.some((review) => review.findings.some(({ severity }) => RANK[severity] >= RANK[threshold]));
}
