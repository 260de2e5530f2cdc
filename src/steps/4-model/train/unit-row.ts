/** What one unit did, by item: filled event after event, read, and cleared for the next unit. */

interface UnitRow {
  /** Ascending; they stand until they are asked for again. */
  items(): Int32Array;
  strength(item: number): number;
  time(item: number): number;
  /** The strongest of a unit's signs for an item counts, at the time of the last. */
  add(item: number, strength: number, time: number): void;
  remove(item: number): void;
  clear(): void;
}

/** Made once and cleared for the next unit. */
export function createRow(columns: number): UnitRow {
  const strengths = new Float64Array(columns);
  const times = new Float64Array(columns);
  const isTouched = new Uint8Array(columns);
  let touched = new Int32Array(Math.min(columns, 64));
  let count = 0;
  let chosen = new Int32Array(touched.length);
  return {
    add(item, strength, time) {
      if (isTouched[item] === 0) {
        isTouched[item] = 1;
        if (count === touched.length) {
          const wider = new Int32Array(Math.min(columns, 2 * count));
          wider.set(touched);
          touched = wider;
          chosen = new Int32Array(wider.length);
        }
        touched[count++] = item;
      }
      if (strength > strengths[item]) strengths[item] = strength;
      times[item] = time;
    },
    remove(item) {
      strengths[item] = 0;
    },
    items() {
      let kept = 0;
      for (let at = 0; at < count; at++) if (strengths[touched[at]] > 0) chosen[kept++] = touched[at];
      return chosen.subarray(0, kept).sort();
    },
    strength: (item) => strengths[item],
    time: (item) => times[item],
    clear() {
      for (let at = 0; at < count; at++) {
        strengths[touched[at]] = 0;
        isTouched[touched[at]] = 0;
      }
      count = 0;
    },
  };
}
