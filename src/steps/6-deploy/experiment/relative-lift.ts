/** Relative lift: the effect as a share of the control, with an error that knows the control is an estimate too. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import { type Counted, wilsonInterval } from "./proportion-interval.ts";

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
  const lift = (t - c) / c;
  const variance = treatedError ** 2 / c ** 2 + (t ** 2 * controlError ** 2) / c ** 4 - (2 * t * covariance) / c ** 3;
  const standardError = Math.sqrt(variance);
  const reach = standardNormal.upperQuantile((1 - level) / 2) * standardError;
  return { lift, standardError, interval: [lift - reach, lift + reach] };
}

/**
 * The lift with Fieller's interval (1954): the shares r at which treated - (1 + r) control lies within `reach` standard errors of 0. At
 * r = 0 that is the difference itself, so the intervals of both leave 0 out, or neither does, which those of the delta method need not.
 * NaN where the control is 0 or within `reach` errors, or two, of it.
 */
export function fiellerLift({
  reach,
  ...arms
}: Omit<LiftInput, "level" | "covariance"> & { readonly reach: number }): RelativeLift {
  const { treated: t, treatedError, control: c, controlError } = arms;
  const { lift, standardError } = relativeLift(arms);
  const squared = c ** 2 - (reach * controlError) ** 2;
  if (!(Number.isFinite(lift) && squared > 0))
    return { lift: Number.NaN, standardError: Number.NaN, interval: [Number.NaN, Number.NaN] };
  // In the difference of the means rather than their product, whose digits are spent where the means are large beside their errors.
  const under = (treatedError * c) ** 2 + (controlError * t) ** 2 - (reach * controlError * treatedError) ** 2;
  const root = reach * Math.sqrt(Math.max(0, under));
  const middle = (t - c) * c + (reach * controlError) ** 2;
  return { lift, standardError, interval: [(middle - root) / squared, (middle + root) / squared] };
}

/**
 * The lift of a rate: the two Wilson intervals combined for a ratio (Donner and Zou 2012), which leave 0 out where Newcombe's interval of the
 * difference does (so do two exact ones beside the exact interval), and have some width where an arm has no success or no failure. Without a success in the control it has no meaning; its upper end is Infinity where the control's
 * rate may be 0.
 */
export function relativeLiftOfRates(
  control: Counted,
  treated: Counted,
  level = 0.95,
  intervalOf: (one: Counted, level: number) => readonly [number, number] = wilsonInterval,
): RelativeLift {
  if (control.successes === 0)
    return { lift: Number.NaN, standardError: Number.NaN, interval: [Number.NaN, Number.NaN] };
  const c = control.successes / control.n;
  const t = treated.successes / treated.n;
  const [lowC, highC] = intervalOf(control, level);
  const [lowT, highT] = intervalOf(treated, level);
  const end = (sign: 1 | -1, ofT: number, ofC: number): number => {
    const under = (t * c) ** 2 - ofT * ofC * (2 * t - ofT) * (2 * c - ofC);
    return (t * c + sign * Math.sqrt(Math.max(0, under))) / (ofC * (2 * c - ofC));
  };
  return {
    lift: (t - c) / c,
    standardError: Number.NaN,
    interval: [end(-1, lowT, highC) - 1, end(1, highT, lowC) - 1],
  };
}
