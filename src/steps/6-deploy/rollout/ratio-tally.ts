/** A ratio of sums over customers, added up payment by payment, with the variance that customers give it: what a look at a guardrail costs is constant. */

import { ratioEstimate } from "../experiment/ratio-metric.ts";

/** sum x / sum y so far. */
export interface TalliedRatio {
  readonly ratio: number;
  readonly variance: number;
  /** Payments with y above 0. */
  readonly payments: number;
  /** Customers with such a payment. */
  readonly customers: number;
  /** How many customers of equal harm the sum of x amounts to: (sum |x|)^2 / sum x^2 (Kish 1965). */
  readonly weight: number;
}

export interface RatioTally {
  add(customer: number, x: number, y: number): void;
  /** Undefined below two customers. */
  read(): TalliedRatio | undefined;
}

/**
 * The variance is the delta method's over customers, since a customer's payments go together (Deng, Knoblich, Lu 2018), but never below
 * that of a share of independent payments with half a success added: where nothing, or everything, has happened yet, the delta method
 * knows no doubt at all.
 */
export function createRatioTally(customers: number): RatioTally {
  // Made with the first payment: a step that is never reached costs no memory, however many customers there are.
  let [xs, ys] = [new Float64Array(0), new Float64Array(0)];
  let [n, payments, sumX, sumY, size, squareX, squareY, product] = [0, 0, 0, 0, 0, 0, 0, 0];
  return {
    add(customer, x, y) {
      if (y <= 0) return;
      if (payments === 0) [xs, ys] = [new Float64Array(customers), new Float64Array(customers)];
      const [oldX, oldY] = [xs[customer], ys[customer]];
      const [newX, newY] = [oldX + x, oldY + y];
      if (oldY === 0) n++;
      payments++;
      sumX += x;
      sumY += y;
      size += Math.abs(newX) - Math.abs(oldX);
      squareX += newX * newX - oldX * oldX;
      squareY += newY * newY - oldY * oldY;
      product += newX * newY - oldX * oldY;
      xs[customer] = newX;
      ys[customer] = newY;
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
      const share = (Math.min(1, Math.abs(ratio)) * payments + 0.5) / (payments + 1);
      return {
        ratio,
        variance: Math.max(variance, (share * (1 - share)) / payments),
        payments,
        customers: n,
        weight: squareX > 0 ? size ** 2 / squareX : 0,
      };
    },
  };
}
