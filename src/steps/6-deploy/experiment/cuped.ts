/** CUPED: the outcome minus what the unit's own past already says of it. */

import type { Moments } from "../../5-evaluate/protocols/moments.ts";
import type { PairedMoments } from "./paired-moments.ts";

/** What the adjustment does. In the moments, x is the pre-period value and y the outcome. */
export interface CupedAdjustment {
  /** cov(x, y) / var(x). */
  readonly theta: number;
  /** Correlation of past and outcome. */
  readonly rho: number;
  /** Variance of the adjusted outcome over that of the outcome: 1 - rho^2. The sample size shrinks by the same factor. */
  readonly varianceRatio: number;
}

/** The adjustment of one sample (Deng, Xu, Kohavi, Walker 2013). x must be measured before exposure, or the effect is adjusted away. */
export function cupedAdjustment(moments: PairedMoments): CupedAdjustment {
  const { varianceX, varianceY, covariance } = moments;
  const rho = covariance / Math.sqrt(varianceX * varianceY);
  return { theta: covariance / varianceX, rho, varianceRatio: 1 - rho * rho };
}

/** Arms adjusted with one theta, each as moments that `compareMeans` takes. */
export interface CupedArms {
  readonly adjustment: CupedAdjustment;
  readonly control: Moments;
  readonly treated: Moments;
}

/**
 * Both arms with theta fitted on the variation within arms, so that an effect does not enter it: Y' = Y - theta (X - mean X), the mean
 * over both arms. Theta is 0 where the past does not vary.
 */
export function cupedArms(control: PairedMoments, treated: PairedMoments): CupedArms {
  const pooled = (of: (arm: PairedMoments) => number): number =>
    ((control.n - 1) * of(control) + (treated.n - 1) * of(treated)) / (control.n + treated.n - 2);
  const varianceX = pooled((arm) => arm.varianceX);
  const varianceY = pooled((arm) => arm.varianceY);
  const covariance = varianceX > 0 ? pooled((arm) => arm.covariance) : 0;
  const theta = varianceX > 0 ? covariance / varianceX : 0;
  const rho = varianceX > 0 && varianceY > 0 ? covariance / Math.sqrt(varianceX * varianceY) : 0;
  const meanX = (control.n * control.meanX + treated.n * treated.meanX) / (control.n + treated.n);
  const adjust = (arm: PairedMoments): Moments => ({
    n: arm.n,
    mean: arm.meanY - theta * (arm.meanX - meanX),
    variance: arm.varianceY - 2 * theta * arm.covariance + theta * theta * arm.varianceX,
  });
  return {
    adjustment: { theta, rho, varianceRatio: 1 - rho * rho },
    control: adjust(control),
    treated: adjust(treated),
  };
}
