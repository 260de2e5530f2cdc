/** The Pareto front: the variants that no other one beats in every respect. */

/** What each coordinate wants: more of it, or less. */
export type Wish = "more" | "less";

/**
 * True for each point that no other point dominates: as good in every coordinate and better in one. Points with a missing
 * coordinate (NaN) are never on the front and dominate nothing.
 */
export function paretoFront(points: readonly (readonly number[])[], wishes: readonly Wish[]): boolean[] {
  return points.map(
    (point) => point.every((value) => !Number.isNaN(value)) && !points.some((other) => dominates(other, point, wishes)),
  );
}

function dominates(a: readonly number[], b: readonly number[], wishes: readonly Wish[]): boolean {
  if (a.some((value) => Number.isNaN(value))) return false;
  const gains = wishes.map((wish, i) => (wish === "more" ? a[i] - b[i] : b[i] - a[i]));
  return gains.every((gain) => gain >= 0) && gains.some((gain) => gain > 0);
}
