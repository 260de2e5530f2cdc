/** The rule of nines: what a share leaves out is never rounded away, so 99.95 % is not 100 % and a power of 0.99999 is not 1. */

/**
 * Significant digits with which `value`, a part of `whole`, still reads as less than the whole: those asked for, or enough for two digits
 * of what is missing. Digits as asked where the value is no part of it, or nothing is missing.
 */
export function digitsOfPart(value: number, whole: number, digits: number): number {
  if (!(value > 0.5 * whole && value < whole)) return digits;
  // Two digits of the rest, as far as a double holds them.
  const nines = Math.floor(-Math.log10((whole - value) / whole) + 1e-6);
  return Math.min(15, Math.max(digits, nines + 2));
}
