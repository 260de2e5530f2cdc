/** The regularized incomplete beta function, to about 13 digits: the ground under the t, F, beta and binomial laws. */

import { deviance, stirlingRemainder } from "./gamma-function.ts";

const MAXIMUM_TERMS = 1_000_000;

/** `lower` = I_x(a, b) and `upper` = 1 - I_x(a, b), each to full relative accuracy. */
export interface IncompleteBeta {
  readonly lower: number;
  readonly upper: number;
}

/**
 * n choose k times p^k q^(n-k) for real 0 <= k <= n, by deviances from the mode (Loader 2000), so that nothing overflows
 * and nothing cancels. `q` is 1 - p, passed apart so that a p near 1 keeps its digits.
 */
export function binomialTerm(k: number, n: number, p: number, q: number): number {
  const rest = n - k;
  if (p === 0) return k === 0 ? 1 : 0;
  if (q === 0) return rest === 0 ? 1 : 0;
  if (k === 0) return Math.exp(p < 0.1 ? n * Math.log1p(-p) : n * Math.log(q));
  if (rest === 0) return Math.exp(q < 0.1 ? n * Math.log1p(-q) : n * Math.log(p));
  const gap = fromMean(k, rest, p, q);
  const exponent =
    stirlingRemainder(n) -
    stirlingRemainder(k) -
    stirlingRemainder(rest) -
    deviance(k, n * p, -gap) -
    deviance(rest, n * q, gap);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * rest));
}

/** x^a y^b / B(a, b) with y = 1 - x: the beta density times x y. */
export function betaTerm(x: number, y: number, a: number, b: number): number {
  return ((a * b) / (a + b)) * binomialTerm(a, a + b, x, y);
}

/**
 * I_x(a, b) for a, b > 0 and x + y = 1, both given so that an x near 1 keeps its digits.
 * The continued fraction of Didonato and Morris (1992, "Algorithm 708") on the side of the mean where it converges fast.
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): IncompleteBeta {
  if (!(a > 0) || !(b > 0) || !(x >= 0) || !(y >= 0)) return { lower: Number.NaN, upper: Number.NaN };
  if (x === 0) return { lower: 0, upper: 1 };
  if (y === 0) return { lower: 1, upper: 0 };
  const term = betaTerm(x, y, a, b);
  const gap = fromMean(a, b, x, y);
  if (gap >= 0) {
    const lower = term * fractionOf(x, y, a, b, gap);
    return { lower, upper: 1 - lower };
  }
  const upper = term * fractionOf(y, x, b, a, -gap);
  return { lower: 1 - upper, upper };
}

/** a - (a + b) x, from whichever of x and y is small. */
function fromMean(a: number, b: number, x: number, y: number): number {
  return x < 0.5 ? a - (a + b) * x : (a + b) * y - b;
}

/**
 * I_x(a, b) over x^a y^b / B(a, b), for x below the mean; `gap` = a - (a + b) x >= 0. Numerators and denominators are rescaled at each
 * step, so that neither overflows.
 */
function fractionOf(x: number, y: number, a: number, b: number, gap: number): number {
  const first = gap + 1;
  let above = 0;
  let aboveNext = 1;
  let below = 1;
  let belowNext = (a * first) / (a + 1);
  let value = aboveNext / belowNext;
  for (let n = 1; n < MAXIMUM_TERMS; n++) {
    const width = a + 2 * n;
    const product = n * (b - n) * x;
    const alpha = (((a + n - 1) * (a + b + n - 1)) / ((width - 1) * (width - 1))) * product * x;
    const beta = n + product / (width - 1) + ((a + n) / (width + 1)) * (first + n * (1 + y));
    const aboveLater = alpha * above + beta * aboveNext;
    const belowLater = alpha * below + beta * belowNext;
    const last = value;
    value = aboveLater / belowLater;
    above = aboveNext / belowLater;
    below = belowNext / belowLater;
    aboveNext = value;
    belowNext = 1;
    if (Math.abs(value - last) <= 1e-16 * value) break;
  }
  return value;
}
