/** What grading says: the verdict, the score, which slip it was, and everything that was forgiven on the way. */

/** `close` is outside the tolerance but within twice it; it earns half and is never counted as right. */
export type Verdict = "right" | "close" | "wrong" | "unanswered";

export interface Grade {
  readonly verdict: Verdict;
  /** 0 to 1, before hints are paid for. */
  readonly score: number;
  /** The question's own mistake that the answer matches, by its place in the file. */
  readonly mistake?: number;
  /** Why the answer is what it is: the reader's own slip first. */
  readonly because: readonly string[];
  /** What was forgiven or assumed in reading the answer. */
  readonly notes: readonly string[];
  /** The right answer as it would be written. */
  readonly expected: string;
}

const HINT_PRICE = 0.25;

/** The score that counts: each hint costs a quarter of it. */
export function scoreAfterHints(score: number, hints: number): number {
  return score * Math.max(0, 1 - HINT_PRICE * hints);
}

/** An empty answer is not a wrong one: it is recorded as unanswered and teaches the ability model nothing. */
export function unanswered(expected: string): Grade {
  return { verdict: "unanswered", score: 0, because: [], notes: [], expected };
}
