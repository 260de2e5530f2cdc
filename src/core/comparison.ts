/** Comparing a value with a limit, as conditions, clauses, preferences and alerts write it. */

export type Comparison = "<" | "<=" | ">" | ">=" | "=";

/** What a double leaves of a difference of equal sums, beside the numbers themselves. */
const ROUNDING = 1e-12;

/** Whether two numbers are one but for the rounding of what they were computed from: 0.1 + 0.2 is 0.3. */
export function isSameNumber(a: number, b: number): boolean {
  const larger = Math.max(Math.abs(a), Math.abs(b));
  return a === b || (larger < Number.POSITIVE_INFINITY && Math.abs(a - b) <= ROUNDING * larger);
}

/** Whether a number is above a limit by more than rounding: parts that add up to what is promised do not exceed it. */
export function exceeds(value: number, limit: number): boolean {
  return value > limit && !isSameNumber(value, limit);
}

/** Whether `value comparison limit` is true but for rounding; never for a NaN. */
export function compares(value: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case "<":
      return exceeds(limit, value);
    case "<=":
      return value <= limit || isSameNumber(value, limit);
    case ">":
      return exceeds(value, limit);
    case ">=":
      return value >= limit || isSameNumber(value, limit);
    case "=":
      return isSameNumber(value, limit);
    default:
      return comparison satisfies never;
  }
}
