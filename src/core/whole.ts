/** Whole numbers of what was computed in doubles: 10 * (1 - 0.9) is 1, which a plain floor makes 0 and a quotient by it 11. */

/** What rounding leaves of a whole number, beside the number itself. */
const ROUNDING = 1e-12;

function isWhole(x: number): boolean {
  return Math.abs(x - Math.round(x)) <= ROUNDING * Math.max(1, Math.abs(x));
}

/** The least whole number that is not below `x`: 154 + 1e-13 is 154, not 155. */
export function wholeAbove(x: number): number {
  return isWhole(x) ? Math.round(x) : Math.ceil(x);
}

/** The largest whole number that is not above `x`: 1 - 1e-13 is 1, not 0. */
export function wholeBelow(x: number): number {
  return isWhole(x) ? Math.round(x) : Math.floor(x);
}
