/** The Page-Hinkley test: watches a stream for a lasting shift of its mean, one value at a time. */

/** How large, how lasting and which way a shift must be. */
export interface PageHinkleyOptions {
  /** Shift that is tolerated, in the unit of the stream; 0.005 by default. */
  readonly delta?: number;
  /** The alarm's height; 50 by default. Higher is later and rarer. */
  readonly threshold?: number;
  /** How fast the sum forgets; 0.9999 by default, 1 never. */
  readonly alpha?: number;
  /** No alarm before this many values are counted, the count starting at 1; 30 by default, so the first can come with the 29th value. */
  readonly minimum?: number;
  /** Which shifts are looked for; `up` by default. `both` runs the mirrored sum beside it. */
  readonly direction?: "up" | "down" | "both";
}

/** The watch over one stream. */
export interface PageHinkley {
  /** Takes one value; true when it raises the alarm, after which the test starts anew. NaN is skipped. */
  update(value: number): boolean;
  /** The larger of the running sums. */
  sum(): number;
}

/**
 * s = max(0, alpha s + x - mean - delta), alarm at s >= threshold (Page 1954); the running mean takes the value first. With alpha 1 this
 * is the sum's height above its lowest point. River 0.26 keeps that height for any alpha, which at 0.9999 fires a few values apart.
 */
export function createPageHinkley(options: PageHinkleyOptions = {}): PageHinkley {
  const { delta = 0.005, threshold = 50, alpha = 0.9999, minimum = 30, direction = "up" } = options;
  let count = 1;
  let seen = 0;
  let mean = 0;
  let up = 0;
  let down = 0;
  const reset = (): void => {
    count = 1;
    seen = 0;
    mean = 0;
    up = 0;
    down = 0;
  };
  const largest = (): number => Math.max(direction === "down" ? 0 : up, direction === "up" ? 0 : down);
  return {
    update(value) {
      if (Number.isNaN(value)) return false;
      seen++;
      count++;
      mean += (value - mean) / seen;
      up = Math.max(0, alpha * up + (value - mean - delta));
      down = Math.max(0, alpha * down + (mean - value - delta));
      const alarm = count >= minimum && largest() >= threshold;
      if (alarm) reset();
      return alarm;
    },
    sum: largest,
  };
}
