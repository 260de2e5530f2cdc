/** The recent events of every key of an entity, in one slab of memory: what windows are counted and summed over while serving. */

/** Keys are whole numbers from 0; new ones may come at any time. */
export interface EntityLog {
  /** Puts an event in its place in time. Events out of reach of every window of the key's newest event are forgotten. */
  add(key: number, time: number, values: ArrayLike<number>): void;
  /** How many events of the key have from <= time < until. */
  count(key: number, from: number, until: number): number;
  /** The sum of their values of a measure. */
  sum(key: number, measure: number, from: number, until: number): number;
  /** The time of the last of them, -Infinity where there is none. */
  last(key: number, from: number, until: number): number;
  /** Gives an event of that moment another value of a measure; false where it is forgotten. */
  revise(key: number, time: number, measure: number, value: number): boolean;
  /** Bytes of the slab and of the tables beside it. */
  bytes(): number;
  /** Keys that hold events. */
  active(): number;
}

/** Smallest room of a key; rooms double. */
const LEAST_ROOM = 4;

/** `measures` values are kept with each event, `horizon` seconds of events are kept with each key. */
export function createEntityLog(measures: number, horizon: number): EntityLog {
  let start = new Int32Array(16).fill(-1);
  let length = new Int32Array(16);
  let room = new Int32Array(16);
  let times = new Float64Array(64);
  let values = Array.from({ length: measures }, () => new Float64Array(64));
  let used = 0;
  let active = 0;
  const free = new Map<number, number[]>();

  function allocate(size: number): number {
    const reused = free.get(size)?.pop();
    if (reused !== undefined) return reused;
    const at = used;
    used += size;
    if (used > times.length) {
      const capacity = Math.max(used, Math.ceil(times.length * 1.5));
      times = enlargeFloats(times, capacity);
      values = values.map((column) => enlargeFloats(column, capacity));
    }
    return at;
  }

  function ensureKey(key: number): void {
    if (key < start.length) return;
    const size = Math.max(key + 1, 2 * start.length);
    const before = start.length;
    start = enlargeIntegers(start, size).fill(-1, before);
    length = enlargeIntegers(length, size);
    room = enlargeIntegers(room, size);
  }

  function move(from: number, to: number, count: number): void {
    times.copyWithin(to, from, from + count);
    for (const column of values) column.copyWithin(to, from, from + count);
  }

  /** Room for one event more: what is out of reach goes, and where that is not enough the key moves to twice the room. */
  function makeRoom(key: number, newest: number): void {
    if (start[key] < 0) {
      start[key] = allocate(LEAST_ROOM);
      room[key] = LEAST_ROOM;
      active++;
    }
    if (length[key] < room[key]) return;
    const gone = firstAt(key, newest - horizon) - start[key];
    if (gone > 0) {
      move(start[key] + gone, start[key], length[key] - gone);
      length[key] -= gone;
      return;
    }
    const size = 2 * room[key];
    const to = allocate(size);
    move(start[key], to, length[key]);
    const left = free.get(room[key]) ?? [];
    left.push(start[key]);
    free.set(room[key], left);
    start[key] = to;
    room[key] = size;
  }

  /** The place of the first event of the key at or after the moment. */
  function firstAt(key: number, moment: number): number {
    let low = start[key];
    let high = low + length[key];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (times[middle] < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  const isKnown = (key: number): boolean => key >= 0 && key < start.length && start[key] >= 0;

  return {
    add(key, time, given) {
      ensureKey(key);
      const newest = isKnown(key) && length[key] > 0 ? Math.max(time, times[start[key] + length[key] - 1]) : time;
      makeRoom(key, newest);
      const end = start[key] + length[key];
      let at = end;
      while (at > start[key] && times[at - 1] > time) at--;
      if (at < end) move(at, at + 1, end - at);
      times[at] = time;
      for (let measure = 0; measure < measures; measure++) values[measure][at] = given[measure];
      length[key]++;
    },
    count: (key, from, until) => (isKnown(key) ? firstAt(key, until) - firstAt(key, from) : 0),
    sum(key, measure, from, until) {
      if (!isKnown(key)) return 0;
      const end = firstAt(key, until);
      let sum = 0;
      for (let at = firstAt(key, from); at < end; at++) sum += values[measure][at];
      return sum;
    },
    last(key, from, until) {
      if (!isKnown(key)) return Number.NEGATIVE_INFINITY;
      const end = firstAt(key, until);
      return end > firstAt(key, from) ? times[end - 1] : Number.NEGATIVE_INFINITY;
    },
    revise(key, time, measure, value) {
      if (!isKnown(key)) return false;
      const at = firstAt(key, time);
      if (at >= start[key] + length[key] || times[at] !== time) return false;
      values[measure][at] = value;
      return true;
    },
    bytes: () => (1 + measures) * times.byteLength + 3 * start.byteLength,
    active: () => active,
  };
}

function enlargeFloats(array: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(size);
  larger.set(array);
  return larger;
}

function enlargeIntegers(array: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(size);
  larger.set(array);
  return larger;
}
