/** How large PSI is by chance when nothing has drifted: the limit law, and draws where counts are too small for it. */

import { chiSquare } from "../../../core/distribution-chi-square.ts";
import { createRandom, type Random } from "../../../core/random.ts";
import { remembering } from "../../../core/remembering.ts";
import { quantileOf } from "../../5-evaluate/protocols/bootstrap.ts";

/** The law of PSI without drift. */
export interface PsiNoise {
  readonly mean: number;
  /** Passed by chance one time in twenty. */
  readonly percentile95: number;
}

/**
 * In the limit of large counts PSI without drift is (1/n + 1/m) times chi-square with bins - 1 degrees of freedom (Yurdakul and Naranjo
 * 2020), so the usual marks of 0.1 and 0.25 mean nothing until n and m are known. Below some fifty values a bin it promises too
 * much: at 30 rows in ten bins it is passed one time in three. `psiNoiseOfCounts` holds there too.
 */
export function psiNoise(bins: number, n: number, m: number): PsiNoise {
  const scale = 1 / n + 1 / m;
  return { mean: (bins - 1) * scale, percentile95: chiSquare(bins - 1).upperQuantile(0.05) * scale };
}

/** Counts in every bin from which the limit law is within half a point of what it promises. */
export const ENOUGH = 50;
/** Enough for the 95th percentile to hold what it promises within half a point. */
const DRAWS = 2000;

/**
 * The law of PSI for `m` new values of the law that gave the `reference` its counts. Bins cut at the reference's quantiles hold Dirichlet
 * shares of that law (its spacings), so the counts of new values are Dirichlet-multinomial; they are drawn with a fixed seed, and the
 * measure itself, with its stand-in for empty bins, is taken of each. With 50 values or more in every bin it is the limit law.
 */
export function psiNoiseOfCounts(
  reference: ArrayLike<number>,
  m: number,
  psiOf: (current: Float64Array) => number,
  draws = DRAWS,
): PsiNoise {
  let n = 0;
  for (let i = 0; i < reference.length; i++) n += reference[i];
  const filled = Array.from(reference).filter((count) => count > 0);
  const least = Math.min(...filled);
  const isLarge = filled.length === reference.length && Math.min(least, (m * least) / n) >= ENOUGH;
  if (isLarge) return psiNoise(reference.length, n, m);
  const shapes = dirichletShapes(reference);
  const random = createRandom(95, "psi without drift");
  const values = new Float64Array(draws);
  for (let i = 0; i < draws; i++) values[i] = psiOf(drawCounts(random, shapes, m));
  values.sort();
  return { mean: values.reduce((sum, value) => sum + value, 0) / draws, percentile95: quantileOf(values, 0.95) };
}

/** A review asks for the same windows each time a note is read. */
const ofQuantiles = remembering<PsiNoise>(64);

/** The same for `bins` bins of equal share, which is what quantiles of a continuous signal give. */
export function psiNoiseOfQuantiles(bins: number, n: number, m: number): PsiNoise {
  const share = n / bins;
  const epsilon = 1e-4;
  return ofQuantiles([bins, n, m], () =>
    psiNoiseOfCounts(new Float64Array(bins).fill(share), m, (current) => {
      let sum = 0;
      for (const count of current) {
        const a = count / m || epsilon;
        sum += (a - 1 / bins) * Math.log(a * bins);
      }
      return sum;
    }),
  );
}

/** The last bin has one spacing more, which lies beyond the largest value seen. An empty bin may have been missed by chance. */
function dirichletShapes(reference: ArrayLike<number>): Float64Array {
  const shapes = Float64Array.from(reference, (count) => (count > 0 ? count : 1));
  for (let i = shapes.length - 1; i >= 0; i--)
    if (reference[i] > 0) {
      shapes[i]++;
      break;
    }
  return shapes;
}

/** One Dirichlet-multinomial draw: shares by gamma variates, counts by binomials one after another. */
function drawCounts(random: Random, shapes: Float64Array, m: number): Float64Array {
  const weights = shapes.map((shape) => random.gamma(shape));
  let weightLeft = weights.reduce((sum, weight) => sum + weight, 0);
  let left = m;
  return weights.map((weight, i) => {
    const count = i === weights.length - 1 ? left : drawBinomial(random, left, Math.min(1, weight / weightLeft));
    weightLeft -= weight;
    left -= count;
    return count;
  });
}

/** The middle one of n uniform variates is beta: left or right of it lie half as many (Relles 1972). */
function drawBinomial(random: Random, n: number, p: number): number {
  if (n > 24) {
    const middle = Math.floor(n / 2) + 1;
    const x = random.gamma(middle);
    const at = x / (x + random.gamma(n + 1 - middle));
    return at <= p
      ? middle + drawBinomial(random, n - middle, (p - at) / (1 - at))
      : drawBinomial(random, middle - 1, p / at);
  }
  let count = 0;
  for (let i = 0; i < n; i++) if (random.uniform() < p) count++;
  return count;
}
