/** A quantile of values in ascending order: the smallest that so many are not above, so that it is one that occurred. */

export function sortedQuantile(sorted: ArrayLike<number>, q: number): number {
  return sorted.length === 0 ? Number.NaN : sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}
