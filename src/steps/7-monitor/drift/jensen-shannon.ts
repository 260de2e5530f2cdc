/** Jensen-Shannon divergence and distance of two discrete laws. */

/** Base of the logarithm: `nats` (the default, as in SciPy) or `bits`, which bounds the divergence by 1. */
export type LogBase = "nats" | "bits";

/** sum p ln(p / q). Infinity where q is 0 and p is not. Shares are not normalised here. */
export function kullbackLeibler(p: ArrayLike<number>, q: ArrayLike<number>, base: LogBase = "nats"): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) if (p[i] > 0) sum += p[i] * Math.log(p[i] / q[i]);
  return base === "nats" ? sum : sum / Math.LN2;
}

/**
 * The mean divergence of both laws from their mixture, H(m) - (H(p) + H(q)) / 2 (Lin 1991): 0 when they are equal, ln 2 nats (1 bit)
 * when they share nothing. Inputs may be counts: they are made into shares. NaN when one has no mass or their lengths differ.
 */
export function jensenShannonDivergence(p: ArrayLike<number>, q: ArrayLike<number>, base: LogBase = "nats"): number {
  if (p.length !== q.length) return Number.NaN;
  const a = sharesOf(p);
  const b = sharesOf(q);
  const mixture = a.map((share, i) => (share + b[i]) / 2);
  return (kullbackLeibler(a, mixture, base) + kullbackLeibler(b, mixture, base)) / 2;
}

/** The root of the divergence, which is a metric. SciPy's `jensenshannon` returns this, not the divergence. */
export function jensenShannonDistance(p: ArrayLike<number>, q: ArrayLike<number>, base: LogBase = "nats"): number {
  // Rounding can leave the divergence of equal laws a hair below 0.
  return Math.sqrt(Math.max(0, jensenShannonDivergence(p, q, base)));
}

function sharesOf(counts: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  return Float64Array.from({ length: counts.length }, (_, i) => (total > 0 ? counts[i] / total : Number.NaN));
}
