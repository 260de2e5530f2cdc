/** Gradients as whole multiples of a step: sums of them are exact, whatever the order they are added in. */

/** The value of one unit of the rounded gradients and hessians: powers of two, so that multiplying by them is exact. */
export interface GradientSteps {
  readonly gradient: number;
  readonly hessian: number;
}

/**
 * How many bits a rounded gradient and hessian may have over so many rows. Sums of gradients stay below 2^52; the sum of the
 * hessians and the count of rows share one signed 64-bit integer, the count in its low `countBits`.
 */
export function gradientBits(rows: number): { gradient: number; hessian: number; countBits: number } {
  const countBits = Math.max(1, 32 - Math.clz32(rows));
  return { gradient: Math.min(30, 52 - countBits), hessian: Math.min(30, 62 - 2 * countBits), countBits };
}

/** The steps for the largest magnitudes of a tree. A column of zeros is given a largest magnitude of 1. */
export function gradientStep(rows: number, largestGradient: number, largestHessian: number): GradientSteps {
  const bits = gradientBits(rows);
  return {
    gradient: powerAtLeast(largestGradient) * 2 ** -bits.gradient,
    hessian: powerAtLeast(largestHessian) * 2 ** -bits.hessian,
  };
}

/** Rounds to the nearest multiple of a step, halves to even; returns the multiple. */
export function quantize(value: number, step: number): number {
  return value / step + HALVES_TO_EVEN - HALVES_TO_EVEN;
}

/** Adding 1.5 x 2^52 leaves no room for a fraction, so the addition itself rounds. */
const HALVES_TO_EVEN = 6_755_399_441_055_744;

/** Below this everything counts as 0: its steps would leave the range of normal numbers. */
const NOTHING = 2 ** -900;

function powerAtLeast(largest: number): number {
  if (largest < NOTHING) return 1;
  let exponent = Math.ceil(Math.log2(largest));
  while (2 ** exponent < largest) exponent++;
  return 2 ** exponent;
}
