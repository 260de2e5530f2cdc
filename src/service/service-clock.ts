/** The service's clock: the world's, or the data's own where that ended long ago. */

import { DAY } from "../core/day.ts";
import type { ClockOrigin } from "./store/service-store.ts";

export interface ServiceClock {
  readonly kind: "world" | "data";
  /** Seconds since 1970. */
  now(): number;
}

/** Data whose newest event is this old is history: a request of today would find every window empty. */
const OLD = 30 * DAY;

/**
 * `newest` is the newest event known, `world` the seconds since 1970. Where the data ended long ago the clock goes on from its newest event,
 * and never behind one that came since. `origin` is where it began: here, or where the first of several services began.
 */
export function openServiceClock(newest: () => number, world: () => number, origin?: ClockOrigin): ServiceClock {
  const [began, startedAt] = [origin?.newest ?? newest(), origin?.world ?? world()];
  if (!Number.isFinite(began) || Math.abs(startedAt - began) <= OLD) return { kind: "world", now: world };
  return { kind: "data", now: () => inMilliseconds(Math.max(began + (world() - startedAt), newest()) + 1) };
}

/** What no clock can tell is not said: it would take room wherever the moment is kept. */
function inMilliseconds(time: number): number {
  return Math.round(time * 1000) / 1000;
}
