/** The chance that at least k of n independent parts work. */

const MAXIMUM_PARTS = 100_000;

/**
 * `sum over i = k..n of C(n, i) p^i (1-p)^(n-i)`, each term from the one before it in logarithms, so that neither huge `n`
 * nor tiny `1 - p` overflows. NaN unless `k` and `n` are whole, `0 <= k <= n <= 100,000` and `p` is a probability.
 */
export function binomialTail(k: number, n: number, p: number): number {
  const isWhole = Number.isInteger(k) && Number.isInteger(n);
  if (!isWhole || k < 0 || n < k || n > MAXIMUM_PARTS || !(p >= 0 && p <= 1)) return Number.NaN;
  if (k === 0 || p === 1) return 1;
  if (p === 0) return 0;
  let logarithm = n * Math.log(p);
  const ratio = Math.log1p(-p) - Math.log(p);
  let sum = 0;
  for (let i = n; i >= k; i--) {
    sum += Math.exp(logarithm);
    logarithm += Math.log(i) - Math.log(n - i + 1) + ratio;
  }
  return Math.min(1, sum);
}
