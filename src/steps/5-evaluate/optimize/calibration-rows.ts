/** Rows that a calibration is fitted on: scores of a model that was not trained on them, and what came true. */

import type { Failure } from "../../../core/outcome.ts";

export interface CalibrationRows {
  readonly scores: Float64Array;
  /** 0 or 1. */
  readonly labels: ArrayLike<number>;
  /** How much each row counts. Default: all the same. */
  readonly weights?: ArrayLike<number>;
}

/** Why nothing can be fitted (`no-rows`, `length-mismatch`, `bad-label`, `bad-score`, `bad-weight`, `one-class`), or undefined. */
export function rejectCalibrationRows({ scores, labels, weights }: CalibrationRows): Failure | undefined {
  const fix = "give the scores and labels of rows later than the training rows";
  if (scores.length === 0) return { code: "no-rows", message: "there are no rows to calibrate on", fix };
  for (const [name, column] of Object.entries({ labels, weights })) {
    if (column === undefined || column.length === scores.length) continue;
    return { code: "length-mismatch", message: `${column.length} ${name} for ${scores.length} scores`, fix };
  }
  const classes = new Set<number>();
  for (let row = 0; row < scores.length; row++) {
    const label = labels[row];
    const weight = weights?.[row] ?? 1;
    if (label !== 0 && label !== 1)
      return { code: "bad-label", message: `label ${label} of row ${row} is neither 0 nor 1` };
    if (!Number.isFinite(scores[row])) return { code: "bad-score", message: `score ${scores[row]} of row ${row}` };
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      return {
        code: "bad-weight",
        message: `weight ${weight} of row ${row}`,
        fix: "weights are finite and not negative",
      };
    }
    if (weight > 0) classes.add(label);
  }
  if (classes.size === 2) return undefined;
  return { code: "one-class", message: "all rows that count have the same label", fix: "calibrate on a longer window" };
}
