/** The gamma function and its incomplete forms, to about 14 digits: the ground under the chi-square and Poisson laws. */

/** ln sqrt(2 pi) */
const LOG_ROOT_TWO_PI = 0.9189385332046727;
const MAXIMUM_TERMS = 1_000_000;
const TINY = 1e-300;

/** ln Gamma(x) for x > 0, from Stirling's series with its remainder. NaN elsewhere. */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  // ln Gamma(x) = ln Gamma(x + 1) - ln x, and Stirling gives ln Gamma(x + 1).
  return stirlingRemainder(x) + (x - 0.5) * Math.log(x) - x + LOG_ROOT_TWO_PI;
}

/** ln of n choose k, for real n >= k >= 0. */
export function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/**
 * What Stirling's formula leaves out: ln Gamma(x + 1) - (x + 1/2) ln x + x - ln sqrt(2 pi).
 * Its asymptotic series above 16, the recurrence down to it (Loader 2000, "Fast and accurate computation of binomial probabilities").
 */
export function stirlingRemainder(x: number): number {
  let sum = 0;
  let at = x;
  for (; at < 16; at++) sum += (at + 0.5) * Math.log1p(1 / at) - 1;
  const square = 1 / (at * at);
  const series = 1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)));
  return sum + series / at;
}

/**
 * x ln(x / mean) + gap, where `gap` = mean - x: Loader's deviance term, without cancellation where the gap is small.
 * The gap may be passed when the caller knows it with more digits than the subtraction gives.
 */
export function deviance(x: number, mean: number, gap: number = mean - x): number {
  if (x === 0) return mean;
  const step = gap / x;
  if (Math.abs(step) < 0.1) return -x * logOnePlusMinus(step);
  const ratio = mean / x;
  return gap - x * (ratio < Number.POSITIVE_INFINITY ? Math.log(ratio) : Math.log(mean) - Math.log(x));
}

/** ln(1 + u) - u for |u| < 0.1, by the series in v = u / (2 + u): ln(1 + u) = 2 atanh v. */
function logOnePlusMinus(u: number): number {
  const v = u / (2 + u);
  const square = v * v;
  let term = v;
  let sum = 0;
  for (let k = 3; Math.abs(term) > 1e-19; k += 2) {
    term *= square;
    sum += term / k;
  }
  // 2 v - u = -u v exactly.
  return 2 * sum - u * v;
}

/** x^a e^-x / Gamma(a + 1): the Poisson probability of a at mean x, for real a. */
export function poissonTerm(a: number, x: number): number {
  if (x === 0) return a === 0 ? 1 : 0;
  if (a === 0) return Math.exp(-x);
  if (x === Number.POSITIVE_INFINITY) return 0;
  return Math.exp(-stirlingRemainder(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/** The regularized incomplete gamma functions: `lower` = P(a, x), `upper` = Q(a, x), each to full relative accuracy. */
export interface IncompleteGamma {
  readonly lower: number;
  readonly upper: number;
}

/**
 * P and Q for a > 0, x >= 0: the power series below a + 1, the continued fraction (modified Lentz) above
 * (NIST Digital Library of Mathematical Functions 8.11.4 and 8.9.2).
 */
export function incompleteGamma(a: number, x: number): IncompleteGamma {
  if (!(a > 0) || !(x >= 0)) return { lower: Number.NaN, upper: Number.NaN };
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const scale = poissonTerm(a, x);
  if (x < a + 1) {
    const lower = scale * seriesOf(a, x);
    return { lower, upper: 1 - lower };
  }
  const upper = scale * a * fractionOf(a, x);
  return { lower: 1 - upper, upper };
}

function seriesOf(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MAXIMUM_TERMS && term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function fractionOf(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < MAXIMUM_TERMS; n++) {
    const factor = n * (a - n);
    b += 2;
    d = 1 / (factor * d + b || TINY);
    c = b + factor / c || TINY;
    const ratio = c * d;
    value *= ratio;
    if (Math.abs(ratio - 1) < 1e-16) break;
  }
  return value;
}
