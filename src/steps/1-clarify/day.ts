/** A day in seconds, the unit that most facts of a design are written in. */

export const DAY = 86_400;
