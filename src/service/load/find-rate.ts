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
  /** The lowest rate that broke twice; undefined where the most that was asked for held. */
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
/** What is said of a rate was seen so often: a single stretch may have met a snapshot, or another program. */
const OFTEN = 2;

export async function findRate({ limit, start, most, measure }: RateSearch): Promise<FoundRate> {
  const readings: LoadReading[] = [];
  const seen = (rate: number, isHeld: boolean): readonly LoadReading[] =>
    readings.filter((one) => one.rate === rate && one.p99 <= limit === isHeld);
  /** Asks until the rate has held so often, or has broken twice. */
  const holds = async (rate: number, often: number): Promise<boolean> => {
    while (seen(rate, true).length < often && seen(rate, false).length < OFTEN) readings.push(await measure(rate));
    return seen(rate, false).length < OFTEN;
  };
  const least = start / 2 ** DOWN;
  let held: number | undefined;
  let broke: number | undefined;
  const narrow = async (often: number): Promise<void> => {
    while (held !== undefined && broke !== undefined && broke / held > CLOSE) {
      const between = Math.sqrt(held * broke);
      if (await holds(between, often)) held = between;
      else broke = between;
    }
  };
  for (let rate = Math.min(start, most); broke === undefined; rate = Math.min(2 * rate, most)) {
    if (await holds(rate, 1)) held = rate;
    else broke = rate;
    if (held === most) break;
  }
  while (held === undefined && broke !== undefined && broke / 2 >= least) {
    if (await holds(broke / 2, 1)) held = broke / 2;
    else broke /= 2;
  }
  await narrow(1);
  // Once is chance: what is said to hold has held twice. Each step down is the square of the last: a machine that others use too would
  // otherwise be followed down for minutes.
  for (let step = CLOSE; held !== undefined && !(await holds(held, OFTEN)); step *= step) {
    broke = held;
    held = held / step < least ? undefined : held / step;
  }
  // The steps down may have been large.
  await narrow(OFTEN);
  return {
    held: held === undefined ? undefined : worstOf(seen(held, true)),
    broke: broke === undefined ? undefined : worstOf(seen(broke, false)),
    readings,
  };
}

function worstOf(readings: readonly LoadReading[]): LoadReading | undefined {
  return readings.toSorted((a, b) => b.p99 - a.p99)[0];
}
