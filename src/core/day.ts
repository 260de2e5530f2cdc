/** Days: how long one is, and which one a moment lies in. Days begin at midnight, UTC. */

/** A day in seconds, the unit that most facts of a design are written in. */
export const DAY = 86_400;

/** Whole days since 1970. `seconds` since 1970; negative before. */
export function dayNumber(seconds: number): number {
  return Math.floor(seconds / DAY);
}

/** The date of a day number: `2018-08-08`. */
export function dayText(day: number): string {
  return new Date(day * DAY * 1000).toISOString().slice(0, 10);
}
