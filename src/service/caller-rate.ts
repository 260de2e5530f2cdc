/** How often one caller may ask: a bucket of tokens by address that fills at the rate and holds a second's worth. */

export interface CallerRate {
  /** Undefined where the caller may ask now; else the whole seconds after which it may. */
  ask(address: string): number | undefined;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Addresses that are kept; the one that has not asked for longest goes first, and its bucket would be full by then. */
const CALLERS = 10_000;

/** `rate` is in requests a second, above 0; `now` in monotonic seconds. */
export function limitCallers(rate: number, now: () => number): CallerRate {
  const most = Math.max(1, rate);
  const buckets = new Map<string, Bucket>();
  return {
    ask(address) {
      const time = now();
      const kept = buckets.get(address);
      const tokens = kept === undefined ? most : Math.min(most, kept.tokens + (time - kept.at) * rate);
      const isAllowed = tokens >= 1;
      buckets.delete(address);
      buckets.set(address, { tokens: isAllowed ? tokens - 1 : tokens, at: time });
      if (buckets.size > CALLERS)
        for (const [oldest] of buckets) {
          buckets.delete(oldest);
          break;
        }
      return isAllowed ? undefined : Math.max(1, Math.ceil((1 - tokens) / rate));
    },
  };
}
