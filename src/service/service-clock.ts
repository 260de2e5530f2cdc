/** The service's clock: the world's, or the data's own where that ended long ago. */

import { DAY } from "../core/day.ts";
import type { ClockOrigin } from "./store/service-store.ts";

export interface ServiceClock {
  readonly kind: "world" | "data";
  /** Seconds since 1970. */
  now(): number;
  /** In a replay, up to which moment what is told moves the clock on; absent where nothing does. */
  readonly until?: () => number;
}

/** Data whose newest event is this old is history: a request of today would find every window empty. */
const OLD = 30 * DAY;

/** Added where the clock would tell the same moment twice: no service is asked a million times a second. */
const APART = 1e-6;

/** Moments are below this, in the year 2242. */
const LATEST = 2 ** 33;

/** Events are never so far ahead of a clock that they do not move: what is, was told while they moved it. */
const MOVED = 7200;

interface DataClock {
  /** Where it began: here where that is absent, or where the first of several services began. */
  readonly origin?: ClockOrigin;
  /** Whether what is told with a time of its own that lies ahead moves it on to that: a log is told faster than it came. */
  readonly isReplay?: boolean;
}

/**
 * `newest` is the newest event known, `world` the seconds since 1970. Where the data ended long ago the clock goes on from its newest event, at
 * one second a second however often it is asked and whatever it is told, so that no caller whose clock runs ahead moves the windows of all others; but
 * in a replay, where each event came when it says, up to the world's own moment: however long the log that is told has paused. No moment is told twice, so that what is told without one is before what
 * is asked next.
 */
export function openServiceClock(
  newest: () => number,
  world: () => number,
  { origin, isReplay = false }: DataClock = {},
): ServiceClock {
  let [began, startedAt] = [origin?.newest ?? newest(), origin?.world ?? world()];
  if (!Number.isFinite(began) || Math.abs(startedAt - began) <= OLD) return { kind: "world", now: world };
  if (newest() > began + (world() - startedAt) + MOVED) [began, startedAt] = [newest(), world()];
  let last = Number.NEGATIVE_INFINITY;
  // What came after the data has happened by now; of data that are ahead of the world nobody can tell.
  const isOfThePast = began <= startedAt;
  const until = (): number => (isOfThePast ? world() : LATEST);
  return {
    kind: "data",
    ...(isReplay && { until }),
    now() {
      const told = newest();
      if (isReplay && told > began + (world() - startedAt) + 1) {
        [began, startedAt] = [told - 1, world()];
        last = Math.max(last, told);
      }
      const moment = inMilliseconds(began + (world() - startedAt) + 1);
      last = moment > last ? moment : inMicroseconds(last + APART);
      return last;
    },
  };
}

/** What no clock can tell is not said: it would take room wherever the moment is kept. */
function inMilliseconds(time: number): number {
  return Math.round(time * 1000) / 1000;
}

function inMicroseconds(time: number): number {
  return Math.round(time * 1e6) / 1e6;
}
