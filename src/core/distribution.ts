/** A probability law on the real line, and the root finding that turns its distribution function into quantiles. */

/** Both tails are kept apart, because 1 - cdf has no digits left where p-values live. */
export interface Distribution {
  /** Density at x; probability of x for a discrete law. */
  density(x: number): number;
  /** P(X <= x). */
  cdf(x: number): number;
  /** P(X > x), accurate in the far tail. */
  survival(x: number): number;
  /** The smallest x with cdf(x) >= p. NaN outside 0 <= p <= 1. */
  quantile(p: number): number;
  /** The x with survival(x) = p: `quantile(1 - p)` without the loss of digits. */
  upperQuantile(p: number): number;
}

/** Value and slope of an increasing function. */
export type Sloped = readonly [value: number, slope: number];

/**
 * The root of an increasing function: Newton steps, halving or doubling whenever a step leaves the bracket known so far.
 * Ends when a step no longer changes x by more than a few ulps.
 */
export function increasingRoot(evaluate: (x: number) => Sloped, start: number): number {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let x = start;
  for (let i = 0; i < 400; i++) {
    const [value, slope] = evaluate(x);
    if (value === 0) return x;
    if (value < 0) low = x;
    else high = x;
    const step = value / slope;
    let next = x - step;
    if (!(next > low && next < high) || !Number.isFinite(step)) next = inside(low, high, x);
    const scale = Math.max(Math.abs(x), Math.abs(next), 1e-300);
    if (Math.abs(next - x) <= 4e-16 * scale || high - low <= 4e-16 * scale) return next;
    x = next;
  }
  return x;
}

function inside(low: number, high: number, x: number): number {
  if (Number.isFinite(low) && Number.isFinite(high)) return low + (high - low) / 2;
  const reach = 2 * Math.max(1, Math.abs(x));
  return low === Number.NEGATIVE_INFINITY ? x - reach : x + reach;
}
