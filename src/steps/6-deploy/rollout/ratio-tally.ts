/** A ratio of sums over units, added up case by case, with the variance that units give it: what a look at a guardrail costs is constant. */

import { ratioEstimate } from "../experiment/ratio-metric.ts";

/** sum x / sum y so far. */
export interface TalliedRatio {
  readonly ratio: number;
  readonly variance: number;
  /** Cases with y above 0. */
  readonly cases: number;
  /** Units with such a case. */
  readonly units: number;
  /** How many units of equal harm the sum of x amounts to: (sum |x|)^2 / sum x^2 (Kish 1965). */
  readonly weight: number;
}

export interface RatioTally {
  add(unit: number, x: number, y: number): void;
  /** Undefined below two units. */
  read(): TalliedRatio | undefined;
}

/**
 * The variance is the delta method's over units, since a unit's cases go together (Deng, Knoblich, Lu 2018), but never below
 * that of a share of independent cases with half a success added: where nothing, or everything, has happened yet, the delta method
 * knows no doubt at all.
 */
export function createRatioTally(units: number): RatioTally {
  // Made with the first case: a step that is never reached costs no memory, however many units there are.
  let [xs, ys] = [new Float64Array(0), new Float64Array(0)];
  let [n, cases, sumX, sumY, size, squareX, squareY, product] = [0, 0, 0, 0, 0, 0, 0, 0];
  return {
    add(unit, x, y) {
      if (y <= 0) return;
      if (cases === 0) [xs, ys] = [new Float64Array(units), new Float64Array(units)];
      const [oldX, oldY] = [xs[unit], ys[unit]];
      const [newX, newY] = [oldX + x, oldY + y];
      if (oldY === 0) n++;
      cases++;
      sumX += x;
      sumY += y;
      size += Math.abs(newX) - Math.abs(oldX);
      squareX += newX * newX - oldX * oldX;
      squareY += newY * newY - oldY * oldY;
      product += newX * newY - oldX * oldY;
      xs[unit] = newX;
      ys[unit] = newY;
    },
    read() {
      if (n < 2) return undefined;
      const { ratio, variance } = ratioEstimate({
        n,
        meanX: sumX / n,
        meanY: sumY / n,
        varianceX: (squareX - (sumX * sumX) / n) / (n - 1),
        varianceY: (squareY - (sumY * sumY) / n) / (n - 1),
        covariance: (product - (sumX * sumY) / n) / (n - 1),
      });
      const share = (Math.min(1, Math.abs(ratio)) * cases + 0.5) / (cases + 1);
      return {
        ratio,
        variance: Math.max(variance, (share * (1 - share)) / cases),
        cases,
        units: n,
        weight: squareX > 0 ? size ** 2 / squareX : 0,
      };
    },
  };
}
