/** Relative lift: the effect as a share of the control, with an error that knows the control is an estimate too. */

import { standardNormal } from "../../../core/distribution-normal.ts";

/** Means of both arms with their standard errors. */
export interface LiftInput {
  readonly treated: number;
  readonly treatedError: number;
  readonly control: number;
  readonly controlError: number;
  /** Covariance of the two means; 0 for separate arms. */
  readonly covariance?: number;
  readonly level?: number;
}

/** The lift as a fraction, with its error and interval. */
export interface RelativeLift {
  readonly lift: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
}

/**
 * treated / control - 1 with variance se_t^2/c^2 + t^2 se_c^2/c^4 - 2 t cov/c^3 (delta method). Dividing the error of the difference
 * by the control alone leaves out the second part. NaN where the control is 0 or within two errors of it: the lift has no meaning there.
 */
export function relativeLift(input: LiftInput): RelativeLift {
  const { treated: t, treatedError, control: c, controlError, covariance = 0, level = 0.95 } = input;
  if (!(Math.abs(c) > 2 * controlError))
    return { lift: Number.NaN, standardError: Number.NaN, interval: [Number.NaN, Number.NaN] };
  const lift = t / c - 1;
  const variance = treatedError ** 2 / c ** 2 + (t ** 2 * controlError ** 2) / c ** 4 - (2 * t * covariance) / c ** 3;
  const standardError = Math.sqrt(variance);
  const reach = standardNormal.upperQuantile((1 - level) / 2) * standardError;
  return { lift, standardError, interval: [lift - reach, lift + reach] };
}
