/** What is remembered of a question and when it is due again: FSRS, from `ts-fsrs`, on grades instead of buttons. */

import { forgetting_curve, fsrs, Rating } from "ts-fsrs";
import type { Verdict } from "./grade.ts";

/** The memory of one question. Days count from 1970. */
export interface Memory {
  /** Days until the chance of recall falls to 90 %. */
  readonly stability: number;
  /** 1 to 10. */
  readonly difficulty: number;
  readonly lastDay: number;
  readonly answers: number;
  /** Whether the last answer was right: what was never right is not known, however fresh it is. */
  readonly right: boolean;
}

/** Days are whole: a second look at the same day teaches little. */
const SCHEDULER = fsrs({ enable_fuzz: false, enable_short_term: false });

/** The chance of recall that makes a question due. */
export const TARGET_RECALL = 0.9;

/** The memory after an answer. An unanswered question counts as forgotten. */
export function remember(memory: Memory | undefined, verdict: Verdict, score: number, day: number): Memory {
  const state = memory === undefined ? null : { stability: memory.stability, difficulty: memory.difficulty };
  const elapsed = memory === undefined ? 0 : Math.max(0, day - memory.lastDay);
  const next = SCHEDULER.next_state(state, elapsed, ratingOf(verdict, score));
  return { ...next, lastDay: day, answers: (memory?.answers ?? 0) + 1, right: verdict === "right" };
}

/** A right answer that took a hint, and a close one, were hard. */
function ratingOf(verdict: Verdict, score: number): number {
  if (verdict === "wrong" || verdict === "unanswered") return Rating.Again;
  return score >= 0.99 ? Rating.Good : Rating.Hard;
}

/** The chance that the answer would still be found on a day. */
export function recall({ stability, lastDay }: Memory, day: number): number {
  return forgetting_curve(SCHEDULER.parameters.w, Math.max(0, day - lastDay), stability);
}

/** The first day on which it is due. */
export function dueDay(memory: Memory): number {
  return memory.lastDay + SCHEDULER.next_interval(memory.stability, 0);
}
