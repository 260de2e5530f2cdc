/** ADWIN: a window over a stream that drops its old part as soon as the two halves of any cut differ. */

/**
 * How delta is divided among the cuts. `per value`: delta / n, as in the paper. `per logarithm`: delta / ln n, as in MOA and River; the
 * cut is then 0.28 where the paper's is 0.36 for windows of 500 and 100, so more alarms.
 */
export type AdwinCorrection = "per logarithm" | "per value";

/** How careful the window is. */
export interface AdwinOptions {
  /** Confidence; 0.002 by default. */
  readonly delta?: number;
  readonly correction?: AdwinCorrection;
  /** Cuts are looked at every so many values; 32 by default. */
  readonly clock?: number;
  /** Smallest part on each side of a cut; 5 by default. */
  readonly minimumPart?: number;
  /** No cut in a window shorter than this; 10 by default. */
  readonly grace?: number;
}

/** The window. */
export interface Adwin {
  /** Takes one value; true when the window was cut. NaN is skipped. */
  update(value: number): boolean;
  /** Values in the window, their mean and population variance. */
  readonly size: number;
  readonly mean: number;
  readonly variance: number;
}

/** Buckets of one size before two of them are joined. */
const BUCKETS_PER_SIZE = 5;

interface Bucket {
  readonly count: number;
  readonly total: number;
  /** Sum of squared deviations from the bucket's own mean. */
  readonly squares: number;
}

/**
 * The gap of means that a cut into n0 and n1 values needs: sqrt((2/m) variance ln(2/d)) + (2/(3m)) ln(2/d), with m the harmonic part
 * 1 / (1/n0 + 1/n1) and d the corrected delta (Bifet and Gavaldà 2007, theorem 3.2).
 */
export function adwinCut(
  n0: number,
  n1: number,
  variance: number,
  delta: number,
  correction: AdwinCorrection = "per logarithm",
): number {
  const n = n0 + n1;
  return cutOf(1 / (1 / n0 + 1 / n1), variance, correction === "per value" ? delta / n : delta / Math.log(n));
}

function cutOf(m: number, variance: number, corrected: number): number {
  const log = Math.log(2 / corrected);
  return Math.sqrt((2 / m) * variance * log) + (2 / (3 * m)) * log;
}

/**
 * The window in O(log n) memory: buckets of 1, 2, 4, … values, at most five of each size, the oldest first. After a cut the newer part
 * stays, as in the paper, so one change can cut several times; River 0.26 starts with an empty window instead.
 */
export function createAdwin(options: AdwinOptions = {}): Adwin {
  const { delta = 0.002, correction = "per logarithm", clock = 32, minimumPart = 5, grace = 10 } = options;
  let buckets: Bucket[] = [];
  let window: Bucket = EMPTY;
  let ticks = 0;

  /** Drops the oldest bucket while some cut shows a change. */
  function cut(): boolean {
    let found = false;
    while (window.count > grace && showsChange()) {
      found = true;
      buckets.shift();
      window = buckets.reduce(join, EMPTY);
    }
    return found;
  }

  function showsChange(): boolean {
    const corrected = correction === "per value" ? delta / window.count : delta / Math.log(window.count);
    const variance = window.squares / window.count;
    let count = 0;
    let total = 0;
    for (const bucket of buckets) {
      count += bucket.count;
      total += bucket.total;
      const rest = window.count - count;
      if (rest < minimumPart) return false;
      if (count < minimumPart) continue;
      // As in MOA, the smallest part is taken off both sides, which makes short parts harder to tell apart.
      const m = 1 / (1 / (count - minimumPart + 1) + 1 / (rest - minimumPart + 1));
      if (Math.abs(total / count - (window.total - total) / rest) > cutOf(m, variance, corrected)) return true;
    }
    return false;
  }

  return {
    update(value) {
      if (Number.isNaN(value)) return false;
      const fresh = { count: 1, total: value, squares: 0 };
      buckets.push(fresh);
      window = join(window, fresh);
      buckets = compress(buckets);
      ticks++;
      return ticks % clock === 0 && cut();
    },
    get size() {
      return window.count;
    },
    get mean() {
      return window.total / window.count;
    },
    get variance() {
      return window.squares / window.count;
    },
  };
}

const EMPTY: Bucket = { count: 0, total: 0, squares: 0 };

/** Two stretches as one (Chan, Golub, LeVeque 1983). */
function join(a: Bucket, b: Bucket): Bucket {
  const count = a.count + b.count;
  const gap = a.count === 0 || b.count === 0 ? 0 : a.total / a.count - b.total / b.count;
  return { count, total: a.total + b.total, squares: a.squares + b.squares + (gap * gap * a.count * b.count) / count };
}

/** Joins the two oldest buckets of a size that has more than five, from the newest size on. */
function compress(buckets: Bucket[]): Bucket[] {
  for (let end = buckets.length; end > 0; ) {
    const { count } = buckets[end - 1];
    let start = end;
    while (start > 0 && buckets[start - 1].count === count) start--;
    if (end - start <= BUCKETS_PER_SIZE) return buckets;
    buckets.splice(start, 2, join(buckets[start], buckets[start + 1]));
    // The joined bucket may be one too many of the next size.
    end = start + 1;
  }
  return buckets;
}
