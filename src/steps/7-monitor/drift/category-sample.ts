/** A category as a signal whose drift is measured: its commonest values each by itself, all others together. */

import { USUAL_BINS } from "./drift-measure.ts";

/**
 * Places of the values by how often the reference has them, the others in one last place, a missing one (below 0) as NaN. Rare values are taken
 * together, since among many of them some are always frequent in the one window and not in the other.
 */
export function categorySample(
  reference: Int32Array,
  current: Int32Array,
): { readonly reference: Float64Array; readonly current: Float64Array } {
  const counts = new Map<number, number>();
  for (const key of reference) if (key >= 0) counts.set(key, (counts.get(key) ?? 0) + 1);
  const common = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, USUAL_BINS - 1);
  const places = new Map(common.map(([key], place) => [key, place]));
  const placed = (keys: Int32Array): Float64Array =>
    Float64Array.from(keys, (key) => (key < 0 ? Number.NaN : (places.get(key) ?? common.length)));
  return { reference: placed(reference), current: placed(current) };
}
