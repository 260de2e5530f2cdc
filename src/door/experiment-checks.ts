/** Checks that several statistics of experiments have in common. */

import { INTERFERENCES } from "../steps/6-deploy/experiment/interference.ts";
import { betweenShares, both, type Check, count, finite, notNegative, oneOf, optional, record } from "./check.ts";

export const alpha = optional(betweenShares);
export const paired: Check = both(
  record({
    ...{ n: count(1), meanX: finite, meanY: finite },
    ...{ varianceX: notNegative, varianceY: notNegative, covariance: finite },
  }),
  (value, name) => {
    const of = (field: string): number => Number(Reflect.get(Object(value), field));
    const most = Math.sqrt(of("varianceX")) * Math.sqrt(of("varianceY"));
    return Math.abs(of("covariance")) <= most * (1 + 1e-9)
      ? undefined
      : `${name}.covariance is ${of("covariance")}, but with these variances must be at most ${most} in size`;
  },
);
export const design = optional(oneOf("ab", "switchback", "cluster", "budget-split", "separate-training"));
export const interference = optional(oneOf(...INTERFERENCES));
