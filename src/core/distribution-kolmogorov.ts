/** The law of Kolmogorov's statistic: its limit, and the exact law for a sample of n. */

/** P(K > x) for the limit law of sqrt(n) D: 2 sum (-1)^(k-1) e^(-2 k^2 x^2), and Jacobi's dual series for small x (Kolmogorov 1933). */
export function kolmogorovSurvival(x: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? Number.NaN : 1;
  if (x < 1) {
    let sum = 0;
    for (let k = 1; k < 20; k += 2) sum += Math.exp((-k * k * Math.PI * Math.PI) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 1; k < 20; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, 2 * sum);
}

/** The x with `kolmogorovSurvival(x)` = p, by halving. */
export function kolmogorovUpperQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 1 ? 0 : p === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  let low = 0;
  let high = 1;
  while (kolmogorovSurvival(high) > p) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (kolmogorovSurvival(middle) > p) low = middle;
    else high = middle;
  }
  return high;
}

/** From this n d^2 on, paths that cross on both sides are e^-24 of those that cross on one, and twice the one-sided law is the answer. */
const ONE_SIDED_FROM = 4;
/** The matrices of the exact law grow with n; above this the limit law with Vrbik's correction is within 1e-4 of it. */
const EXACT_TO = 1000;

/**
 * P(D_n > d) for a continuous sample of n: Marsaglia, Tsang and Wang (2003, "Evaluating Kolmogorov's distribution") in the body,
 * twice the one-sided law of Smirnov in the tail, where 1 - cdf would have no digits. In the body above n = 1000, the limit law at
 * sqrt(n) d + 1/(6 sqrt(n)) + (sqrt(n) d - 1)/(4n) (Vrbik 2018, "Small-sample corrections to Kolmogorov-Smirnov test statistic").
 * NaN where n is no whole number from 1.
 */
export function kolmogorovFiniteSurvival(d: number, n: number): number {
  if (!(Number.isSafeInteger(n) && n >= 1) || Number.isNaN(d)) return Number.NaN;
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  if (n * d * d > ONE_SIDED_FROM || d >= 0.5) return Math.min(1, 2 * smirnovSurvival(d, n));
  if (n <= EXACT_TO) return 1 - marsagliaTsangWang(d, n);
  const root = Math.sqrt(n);
  return kolmogorovSurvival(root * d + 1 / (6 * root) + (root * d - 1) / (4 * n));
}

/** P(D+ > d): Smirnov's sum, d sum_j C(n, j) (d + j/n)^(j-1) (1 - d - j/n)^(n-j). Exact twice over for the two-sided tail when d >= 1/2. */
function smirnovSurvival(d: number, n: number): number {
  let logChoose = 0;
  let sum = 0;
  for (let j = 0; j <= Math.floor(n * (1 - d)); j++) {
    const rest = 1 - d - j / n;
    if (rest > 0) sum += Math.exp(logChoose + (j - 1) * Math.log(d + j / n) + (n - j) * Math.log(rest));
    logChoose += Math.log((n - j) / (j + 1));
  }
  return d * sum;
}

function marsagliaTsangWang(d: number, n: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const h = k - n * d;
  const matrix = stepMatrix(size, h);
  const { values, exponent } = power(matrix, size, n);
  let result = values[(k - 1) * size + k - 1];
  let scale = exponent;
  for (let i = 1; i <= n; i++) {
    result *= i / n;
    if (result < 1e-140) {
      result *= 1e140;
      scale -= 140;
    }
  }
  return result * 10 ** scale;
}

function stepMatrix(size: number, h: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j <= Math.min(i + 1, size - 1); j++) matrix[i * size + j] = 1;
  for (let i = 0; i < size; i++) {
    matrix[i * size] -= h ** (i + 1);
    matrix[(size - 1) * size + i] -= h ** (size - i);
  }
  if (2 * h > 1) matrix[(size - 1) * size] += (2 * h - 1) ** size;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i + 1; j++) for (let g = 2; g <= i - j + 1; g++) matrix[i * size + j] /= g;
  }
  return matrix;
}

interface Scaled {
  readonly values: Float64Array;
  readonly exponent: number;
}

/** matrix^n by squaring, with a decimal exponent kept apart. */
function power(matrix: Float64Array, size: number, n: number): Scaled {
  if (n === 1) return { values: matrix, exponent: 0 };
  const half = power(matrix, size, Math.floor(n / 2));
  let values = multiply(half.values, half.values, size);
  let exponent = 2 * half.exponent;
  if (n % 2 === 1) values = multiply(matrix, values, size);
  const centre = Math.floor(size / 2);
  if (values[centre * size + centre] > 1e140) {
    values = values.map((value) => value * 1e-140);
    exponent += 140;
  }
  return { values, exponent };
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k];
      for (let j = 0; j < size; j++) product[i * size + j] += factor * b[k * size + j];
    }
  }
  return product;
}
