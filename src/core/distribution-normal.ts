/** The normal law: cdf by Cody's rational approximations, quantile by Wichura's AS 241, both to about 16 digits. */

import type { Distribution } from "./distribution.ts";

const ROOT_TWO_PI = 2.5066282746310002;
const ROOT_HALF = Math.SQRT1_2;

/** The standard normal law. */
export const standardNormal: Distribution = {
  density: (x) => Math.exp(-0.5 * x * x) / ROOT_TWO_PI,
  cdf: (x) => lowerTail(x),
  survival: (x) => lowerTail(-x),
  quantile: (p) => normalQuantile(p),
  upperQuantile: (p) => -normalQuantile(p),
};

/** Two-sided p-value of a z statistic. */
export function twoSidedNormal(z: number): number {
  return Math.min(1, 2 * standardNormal.survival(Math.abs(z)));
}

/** erf(x) = 2 Phi(x sqrt 2) - 1, without cancellation near 0. */
export function errorFunction(x: number): number {
  const z = x / ROOT_HALF;
  return Math.abs(z) <= CENTRE ? 2 * centre(z) : 1 - 2 * lowerTail(-z);
}

/** Within |x| <= 0.66291 the cdf is 1/2 plus an odd rational function (Cody 1969, "Rational Chebyshev approximations for the error function"). */
const CENTRE = 0.67448975;

const A = [2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356] as const;
const A_LEAD = 0.06568233791820745;
const B = [47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673] as const;
const C = [
  0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002, 2494.5375852903726, 6848.190450536283,
  11602.65143764735, 9842.714838383978,
] as const;
const C_LEAD = 1.0765576773720192e-8;
const D = [
  22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097, 34900.95272114598,
  38912.00328609327, 19685.429676859992,
] as const;
const P = [
  0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934, 0.000029112874951168793,
] as const;
const P_LEAD = 0.023073441764940174;
const Q = [
  1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 0.00007297515550839662,
] as const;

/** Phi(x) - 1/2 for small x. */
function centre(x: number): number {
  const square = x * x;
  let above = A_LEAD * square;
  let below = square;
  for (let i = 0; i < 3; i++) {
    above = (above + A[i]) * square;
    below = (below + B[i]) * square;
  }
  return (x * (above + A[3])) / (below + B[3]);
}

function lowerTail(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const size = Math.abs(x);
  if (size <= CENTRE) return 0.5 + centre(x);
  const tail = size <= 5.65685424949238 ? middle(size) : far(size);
  return x < 0 ? tail : 1 - tail;
}

function middle(x: number): number {
  let above = C_LEAD * x;
  let below = x;
  for (let i = 0; i < 7; i++) {
    above = (above + C[i]) * x;
    below = (below + D[i]) * x;
  }
  return gauss(x) * ((above + C[7]) / (below + D[7]));
}

function far(x: number): number {
  if (x > 38.6) return 0;
  const square = 1 / (x * x);
  let above = P_LEAD * square;
  let below = square;
  for (let i = 0; i < 4; i++) {
    above = (above + P[i]) * square;
    below = (below + Q[i]) * square;
  }
  const correction = (square * (above + P[4])) / (below + Q[4]);
  return (gauss(x) * (1 / ROOT_TWO_PI - correction)) / x;
}

/** exp(-x^2/2), with x split at 1/16 so that the square keeps its digits (Cody). */
function gauss(x: number): number {
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (x - head) * (x + head));
}

/** Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution", PPND16. */
function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  const centred = p - 0.5;
  if (Math.abs(centred) <= 0.425) {
    const r = 0.180625 - centred * centred;
    return (centred * polynomial(CENTRAL_ABOVE, r)) / polynomial(CENTRAL_BELOW, r);
  }
  const tail = centred < 0 ? p : 1 - p;
  const r = Math.sqrt(-Math.log(tail));
  if (r === Number.POSITIVE_INFINITY) return centred < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const size =
    r <= 5
      ? polynomial(MIDDLE_ABOVE, r - 1.6) / polynomial(MIDDLE_BELOW, r - 1.6)
      : polynomial(FAR_ABOVE, r - 5) / polynomial(FAR_BELOW, r - 5);
  return centred < 0 ? -size : size;
}

/** Coefficients from the highest power down. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}

const CENTRAL_ABOVE = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946, 1971.5909503065513,
  133.14166789178438, 3.3871328727963665,
] as const;
const CENTRAL_BELOW = [
  5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751, 687.1870074920579,
  42.31333070160091, 1,
] as const;
const MIDDLE_ABOVE = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
] as const;
const MIDDLE_BELOW = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
] as const;
const FAR_ABOVE = [
  2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124, 0.29656057182850487,
  1.7848265399172913, 5.463784911164114, 6.657904643501103,
] as const;
const FAR_BELOW = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133, 0.014875361290850615,
  0.1369298809227358, 0.599832206555888, 1,
] as const;
