/** Comparing a value with a limit, as conditions, clauses, preferences and alerts write it. */

export type Comparison = "<" | "<=" | ">" | ">=" | "=";

/** Whether `value comparison limit` is true; never for a NaN. */
export function compares(value: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "=":
      return value === limit;
    default:
      return comparison satisfies never;
  }
}
