/** How far from an answer is still right: symmetric on a log scale, so that twice too much and half as much are one error. */

export interface Tolerance {
  /** As the question states it. */
  readonly text: string;
  /** The largest |ln(given/answer)| that is right; 0 for exact. */
  readonly logs: number;
  readonly because: string;
}

const DEFAULT = { within: "5%", because: "there must be room for rounding on the way" };

/** What the question states, or 5 % where it states nothing. */
export function readTolerance(written: { readonly within: string; readonly because: string } = DEFAULT): Tolerance {
  const { within, because } = written;
  if (within === "exact") return { text: "exact", logs: 0, because };
  const amount = Number(within.slice(0, -1));
  const factor = within.endsWith("%") ? 1 + amount / 100 : amount;
  return { text: within, logs: Math.log(Math.max(1, factor)), because };
}

/** |ln(given/answer)|; infinite where the signs differ or one of them is zero. Both zero agree. */
export function logDistance(given: number, answer: number): number {
  if (given === answer) return 0;
  if (given === 0 || answer === 0 || Math.sign(given) !== Math.sign(answer)) return Number.POSITIVE_INFINITY;
  return Math.abs(Math.log(given / answer));
}

/** Exact answers are whole numbers to the unit; others are typed to four digits at most. */
const EXACT_LOGS = 5e-4;
const ROUNDING = 1e-9;

export function isWithin(given: number, answer: number, tolerance: Tolerance): boolean {
  const distance = logDistance(given, answer);
  if (tolerance.logs > 0) return distance <= tolerance.logs + ROUNDING;
  return distance <= (Number.isInteger(answer) ? ROUNDING : EXACT_LOGS);
}
