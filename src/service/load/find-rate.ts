/** The highest rate at which a limit on the 99th percentile holds: doubled until it does not, then halved between. */

/** What came of a stretch of load. Times are in seconds from the moment a request should have left. */
export interface LoadReading {
  readonly rate: number;
  readonly sent: number;
  readonly shed: number;
  readonly failed: number;
  readonly degraded: number;
  /** Of all that was sent; whatever was shed or failed took for ever. */
  readonly p50: number;
  readonly p99: number;
  /** Of those that were answered; NaN where none was. */
  readonly slowest: number;
  /** How late the generator itself was with one request in a hundred. */
  readonly lateness: number;
}

export interface FoundRate {
  /** The highest rate that held twice; undefined where not even the lowest did. */
  readonly held: LoadReading | undefined;
  /** The lowest rate that did not hold; undefined where the most that was asked for did. */
  readonly broke: LoadReading | undefined;
  readonly readings: readonly LoadReading[];
}

export interface RateSearch {
  readonly limit: number;
  /** Requests a second to begin with, and the most that are tried. */
  readonly start: number;
  readonly most: number;
  readonly measure: (rate: number) => Promise<LoadReading>;
}

/** Two rates this close together are one. */
const CLOSE = 1.1;
/** Halvings below the start before the search gives up. */
const DOWN = 6;

export async function findRate({ limit, start, most, measure }: RateSearch): Promise<FoundRate> {
  const readings: LoadReading[] = [];
  const tryAt = async (rate: number): Promise<LoadReading> => {
    const reading = await measure(rate);
    readings.push(reading);
    return reading;
  };
  const holds = ({ p99 }: LoadReading): boolean => p99 <= limit;
  let held: LoadReading | undefined;
  let broke: LoadReading | undefined;
  for (let rate = Math.min(start, most); broke === undefined; rate = Math.min(2 * rate, most)) {
    const reading = await tryAt(rate);
    if (!holds(reading)) broke = reading;
    else held = reading;
    if (held?.rate === most) break;
  }
  for (let halved = 0; held === undefined && broke !== undefined && halved < DOWN; halved++) {
    const reading = await tryAt(broke.rate / 2);
    if (holds(reading)) held = reading;
    else broke = reading;
  }
  while (held !== undefined && broke !== undefined && broke.rate / held.rate > CLOSE) {
    const reading = await tryAt(Math.sqrt(held.rate * broke.rate));
    if (holds(reading)) held = reading;
    else broke = reading;
  }
  // Once is chance: what is said to hold has held twice. Each step down is the square of the last: a machine that others use too would
  // otherwise be followed down for minutes.
  for (let step = CLOSE; held !== undefined; step *= step) {
    const again = await tryAt(held.rate);
    if (holds(again)) return { held: again.p99 > held.p99 ? again : held, broke, readings };
    broke = again;
    const lower: number = held.rate / step;
    const next = lower < start / 2 ** DOWN ? undefined : await tryAt(lower);
    held = next !== undefined && holds(next) ? next : undefined;
    if (next !== undefined && held === undefined) broke = next;
  }
  return { held, broke, readings };
}
