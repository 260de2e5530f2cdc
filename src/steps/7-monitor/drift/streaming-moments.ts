/** Mean and variance of a stream in constant memory. */

import type { Moments } from "../../5-evaluate/protocols/moments.ts";

/** Moments so far. */
export interface StreamingMoments {
  /** Takes one value. NaN is skipped. */
  update(value: number): void;
  /** What `momentsOf` would say of all values so far. */
  moments(): Moments;
}

/** Welford's recurrence (1962): each value moves the mean, and the product of both gaps adds to the squares. */
export function createStreamingMoments(): StreamingMoments {
  let n = 0;
  let mean = 0;
  let squares = 0;
  return {
    update(value) {
      if (Number.isNaN(value)) return;
      n++;
      const gap = value - mean;
      mean += gap / n;
      squares += gap * (value - mean);
    },
    moments: () => ({ n, mean: n === 0 ? Number.NaN : mean, variance: n > 1 ? squares / (n - 1) : Number.NaN }),
  };
}
