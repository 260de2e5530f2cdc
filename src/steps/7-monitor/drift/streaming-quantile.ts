/** A quantile of a stream in constant memory: the P-squared algorithm. */

/** The quantile so far. */
export interface StreamingQuantile {
  /** Takes one value. NaN is skipped. */
  update(value: number): void;
  /** The estimate; NaN before the first value. */
  readonly value: number;
  readonly count: number;
}

/**
 * Exact, by counts, as long as no more than `mostCounted` different values have come (64; at least 5): clicks, stars and flags have no law for a parabola. From then on five
 * markers at 0, p/2, p, (1+p)/2 and 1, set at the quantiles of all values so far and moved along a parabola as values arrive (Jain and
 * Chlamtac 1985). Made for smooth laws; a heavy tail's far quantiles take long to settle.
 */
export function createStreamingQuantile(p: number, mostCounted = MOST_COUNTED): StreamingQuantile {
  if (!(p > 0 && p < 1)) throw new Error(`a quantile lies between 0 and 1, not at ${p}`);
  if (!(mostCounted >= 5)) throw new Error(`five markers need five values, not ${mostCounted}`);
  const counts = new Map<number, number>();
  let isExact = true;
  const heights = new Float64Array(5);
  const places = Float64Array.of(1, 2, 3, 4, 5);
  const wanted = Float64Array.of(1, 1 + 2 * p, 1 + 4 * p, 3 + 2 * p, 5);
  const pace = Float64Array.of(0, p / 2, p, (1 + p) / 2, 1);
  let count = 0;

  function insert(value: number): void {
    let cell = 0;
    if (value < heights[0]) heights[0] = value;
    else if (value >= heights[4]) {
      heights[4] = value;
      cell = 3;
    } else while (value >= heights[cell + 1]) cell++;
    for (let i = cell + 1; i < 5; i++) places[i]++;
    for (let i = 0; i < 5; i++) wanted[i] += pace[i];
    for (let i = 1; i < 4; i++) adjust(i);
  }

  function adjust(i: number): void {
    const gap = wanted[i] - places[i];
    const right = places[i + 1] - places[i];
    const left = places[i - 1] - places[i];
    if (!((gap >= 1 && right > 1) || (gap <= -1 && left < -1))) return;
    const step = Math.sign(gap);
    const curved =
      heights[i] +
      (step / (right - left)) *
        ((step - left) * ((heights[i + 1] - heights[i]) / right) +
          (right - step) * ((heights[i - 1] - heights[i]) / left));
    const neighbour = i + step;
    heights[i] =
      curved > heights[i - 1] && curved < heights[i + 1]
        ? curved
        : heights[i] + (step * (heights[neighbour] - heights[i])) / (places[neighbour] - places[i]);
    places[i] += step;
  }

  /** Markers stand at whole places; each gets the value that is there, in order and apart. */
  function setMarkers(): void {
    for (let i = 0; i < 5; i++) {
      wanted[i] = 1 + (count - 1) * pace[i];
      const least = i === 0 ? 1 : places[i - 1] + 1;
      places[i] = Math.max(least, Math.min(count - 4 + i, Math.round(wanted[i])));
      heights[i] = countedQuantile(counts, count, (places[i] - 1) / (count - 1));
    }
  }

  return {
    update(value) {
      if (Number.isNaN(value)) return;
      count++;
      const times = counts.get(value);
      if (isExact && times === undefined && counts.size === mostCounted) {
        count--;
        setMarkers();
        count++;
        isExact = false;
        counts.clear();
      }
      if (isExact) counts.set(value, (times ?? 0) + 1);
      else insert(value);
    },
    get value() {
      return isExact ? countedQuantile(counts, count, p) : heights[2];
    },
    get count() {
      return count;
    },
  };
}

/** Different values up to which all are counted: half a kilobyte. */
const MOST_COUNTED = 64;

/** The quantile by linear interpolation between neighbours (type 7 of Hyndman and Fan 1996); NaN of nothing. */
function countedQuantile(counts: ReadonlyMap<number, number>, count: number, p: number): number {
  if (count === 0) return Number.NaN;
  const at = p * (count - 1);
  const place = Math.floor(at);
  let passed = 0;
  let low = Number.NaN;
  for (const [value, times] of [...counts].sort(([a], [b]) => a - b)) {
    passed += times;
    if (passed <= place) continue;
    if (Number.isNaN(low)) {
      if (passed > place + 1 || at === place) return value;
      low = value;
      continue;
    }
    return low + (at - place) * (value - low);
  }
  return low;
}
