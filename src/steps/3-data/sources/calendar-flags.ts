/** What a moment says by itself: whether it lies at night, or on a weekend. */

import { DAY } from "../../../core/day.ts";

const HOUR = 3600;
/** Hours counted as night: up to and including this one. */
const LAST_NIGHT_HOUR = 6;

/** 1 on Saturdays and Sundays, UTC. Day 0 of 1970 was a Thursday. */
export function isWeekend(time: number): number {
  const weekday = (((Math.floor(time / DAY) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6 ? 1 : 0;
}

/** 1 from midnight until seven in the morning, UTC. */
export function isNight(time: number): number {
  const second = ((time % DAY) + DAY) % DAY;
  return Math.floor(second / HOUR) <= LAST_NIGHT_HOUR ? 1 : 0;
}

/** By the name that features know them by. */
export const CALENDAR_FLAGS: ReadonlyMap<string, (time: number) => number> = new Map([
  ["weekend", isWeekend],
  ["night", isNight],
]);
