/** Units by the order in which they first come: what counts by unit in arrays counts there. */

/** The place of each row's unit, from 0 in the order of first rows, and how many units there are. */
interface UnitPlaces {
  readonly place: Int32Array;
  readonly count: number;
}

/** Whole numbers up to so many for each row are looked up in an array: a map of a million of them takes ten times as long. */
const SPREAD = 8;

export function placesOf(units: ArrayLike<number | string>): UnitPlaces {
  if (units instanceof Int32Array) {
    const most = units.reduce((largest, unit) => (unit < 0 ? Number.POSITIVE_INFINITY : Math.max(largest, unit)), -1);
    if (most < SPREAD * units.length) return placesOfNumbers(units, most);
  }
  const places = new Map<number | string, number>();
  const place = new Int32Array(units.length);
  for (let row = 0; row < place.length; row++) {
    const known = places.get(units[row]) ?? places.size;
    places.set(units[row], known);
    place[row] = known;
  }
  return { place, count: places.size };
}

function placesOfNumbers(units: Int32Array, most: number): UnitPlaces {
  // One more than the place; 0 where the unit has not come.
  const known = new Int32Array(most + 1);
  const place = new Int32Array(units.length);
  let count = 0;
  for (let row = 0; row < units.length; row++) {
    const unit = units[row];
    if (known[unit] === 0) known[unit] = ++count;
    place[row] = known[unit] - 1;
  }
  return { place, count };
}

/** The rows of each unit side by side, unit after unit by their places, each unit's in their order; those of unit u from `starts[u]` on. */
export function rowsByUnit({ place, count }: UnitPlaces): { readonly starts: Int32Array; readonly rows: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (let row = 0; row < place.length; row++) starts[place[row] + 1]++;
  for (let unit = 0; unit < count; unit++) starts[unit + 1] += starts[unit];
  const next = starts.slice(0, count);
  const rows = new Int32Array(place.length);
  for (let row = 0; row < place.length; row++) rows[next[place[row]]++] = row;
  return { starts, rows };
}
