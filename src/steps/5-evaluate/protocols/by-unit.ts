/** Adds up a per-request measure by independent unit (member, card), because requests of one unit are not independent. */

/** One total and one count per unit; the mean over requests is the sum of totals over the sum of counts. */
export interface UnitTotals {
  readonly totals: Float64Array;
  readonly counts: Float64Array;
}

/** Totals and counts per unit, in the order the units first appear. Without `units`, every value is its own unit. */
export function totalsByUnit(values: ArrayLike<number>, units?: ArrayLike<number | string>): UnitTotals {
  if (units === undefined)
    return { totals: Float64Array.from(values), counts: new Float64Array(values.length).fill(1) };
  if (units.length !== values.length) throw new Error(`${values.length} values, but ${units.length} units`);
  const places = new Map<number | string, number>();
  const place = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const known = places.get(units[i]);
    place[i] = known ?? places.size;
    if (known === undefined) places.set(units[i], place[i]);
  }
  const totals = new Float64Array(places.size);
  const counts = new Float64Array(places.size);
  for (let i = 0; i < values.length; i++) {
    totals[place[i]] += values[i];
    counts[place[i]]++;
  }
  return { totals, counts };
}
