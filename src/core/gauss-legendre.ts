/** Gauss-Legendre integration: exact for polynomials of degree 2n - 1, and for smooth functions nearly so. */

/** Points in (-1, 1) and their weights, which add up to 2. */
export interface QuadratureRule {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

const KNOWN = new Map<number, QuadratureRule>();

/** The rule of `n` points, by Newton's method on the Legendre polynomial from Tricomi's guess. */
export function gaussLegendre(n: number): QuadratureRule {
  const known = KNOWN.get(n);
  if (known !== undefined) return known;
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 20; step++) {
      const [value, derivative] = legendre(n, x);
      slope = derivative;
      const next = x - value / derivative;
      if (next === x) break;
      x = next;
    }
    points[n - 1 - i] = x;
    weights[n - 1 - i] = 2 / ((1 - x * x) * slope * slope);
  }
  const rule = { points, weights };
  KNOWN.set(n, rule);
  return rule;
}

/** The integral of `f` from `low` to `high` by `n` points, 64 by default. */
export function integrate(f: (x: number) => number, low: number, high: number, n = 64): number {
  const { points, weights } = gaussLegendre(n);
  const half = (high - low) / 2;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += weights[i] * f(low + half * (1 + points[i]));
  return sum * half;
}

/** Value and derivative of the Legendre polynomial of degree n. */
function legendre(n: number, x: number): readonly [number, number] {
  let last = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    const next = ((2 * k - 1) * x * value - (k - 1) * last) / k;
    last = value;
    value = next;
  }
  return [value, (n * (x * value - last)) / (x * x - 1)];
}
