/** A mean that a draft calls measured: as exact as it says anything, and never rounded up to one. */

/** Whole from ten on, three significant digits below. */
export function meanText(mean: number): string {
  return String(mean >= 10 ? Math.round(mean) : Number(mean.toPrecision(3)));
}
