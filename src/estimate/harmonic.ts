/** Generalised harmonic numbers, the weights of Zipf's law, in constant time. */

/** Terms summed one by one before the integral takes over. */
const HEAD = 2000;

/**
 * `H(n, s) = sum over i = 1..n of i^-s`. The first 2000 terms are added, the rest is the Euler-Maclaurin formula
 * (Abramowitz and Stegun 3.6.28) with two correction terms: relative error below 1e-13. `n` may be any size. NaN for n below 0.
 */
export function harmonic(n: number, s: number): number {
  if (!(n >= 0) || !Number.isFinite(s) || Math.abs(s) > 20) return Number.NaN;
  const last = Math.floor(n);
  let sum = 0;
  for (let i = Math.min(last, HEAD); i >= 1; i--) sum += i ** -s;
  if (last <= HEAD) return sum;
  return sum + integral(HEAD, last, s) + (last ** -s - HEAD ** -s) / 2 + correction(last, s) - correction(HEAD, s);
}

function integral(from: number, to: number, s: number): number {
  const power = 1 - s;
  if (Math.abs(power) < 1e-12) return Math.log(to / from);
  return (to ** power - from ** power) / power;
}

/** `B2/2! f'(x) + B4/4! f'''(x)` for `f(x) = x^-s`. */
function correction(x: number, s: number): number {
  return (-s * x ** (-s - 1)) / 12 + (s * (s + 1) * (s + 2) * x ** (-s - 3)) / 720;
}
