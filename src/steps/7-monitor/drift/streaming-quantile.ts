/** A quantile of a stream in constant memory: the P-squared algorithm. */

import { quantileOf } from "../../5-evaluate/protocols/bootstrap.ts";

/** The quantile so far. */
export interface StreamingQuantile {
  /** Takes one value. NaN is skipped. */
  update(value: number): void;
  /** The estimate; NaN before the first value. */
  readonly value: number;
  readonly count: number;
}

/**
 * Five markers at 0, p/2, p, (1+p)/2 and 1, moved along a parabola as values arrive (Jain and Chlamtac 1985). Exact up to five values.
 * Made for smooth laws; a heavy tail's far quantiles take long to settle.
 */
export function createStreamingQuantile(p: number): StreamingQuantile {
  if (!(p > 0 && p < 1)) throw new Error(`a quantile lies between 0 and 1, not at ${p}`);
  const first: number[] = [];
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

  return {
    update(value) {
      if (Number.isNaN(value)) return;
      count++;
      if (count > 5) return insert(value);
      first.push(value);
      first.sort((a, b) => a - b);
      if (count === 5) heights.set(first);
    },
    get value() {
      return count > 5 ? heights[2] : quantileOf(first, p);
    },
    get count() {
      return count;
    },
  };
}
