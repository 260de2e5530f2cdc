/** The clock of an interview: the usual minutes of each step, and when one is late. */

import type { InterviewState } from "./interview-event.ts";

/** Minutes of 45: what public guides give to each step, with two in reserve. */
const USUAL: Readonly<Record<number, number>> = { 1: 7, 2: 5, 3: 7, 4: 9, 5: 5, 6: 7, 7: 3 };
const USUAL_TOTAL = 45;
/** A step that takes half as long again is worth a word. */
const LATE = 1.5;

export interface StepTime {
  readonly step: number;
  readonly minutes: number;
  readonly usual: number;
  readonly isLate: boolean;
}

/** Time by step, scaled to the length of this interview. */
export function stepTimes({ seconds, minutes }: InterviewState): readonly StepTime[] {
  return [1, 2, 3, 4, 5, 6, 7].map((step) => {
    const usual = (USUAL[step] * minutes) / USUAL_TOTAL;
    const spent = (seconds[step] ?? 0) / 60;
    return { step, minutes: spent, usual, isLate: spent > LATE * usual };
  });
}

/** Minutes left of the whole; negative when over. */
export function minutesLeft({ seconds, minutes }: InterviewState): number {
  return minutes - Object.values(seconds).reduce((sum, one) => sum + one, 0) / 60;
}

/** A word to say, when a step runs late or the time is nearly over; undefined otherwise. */
export function clockWarning(state: InterviewState): string | undefined {
  const left = minutesLeft(state);
  const now = stepTimes(state)[state.step - 1];
  if (left <= 0 && state.closed) return "the time is over: answer in a sentence, or leave it open";
  if (left <= 0) return "the time is over: say your last sentence, then /end";
  if (state.closed) return undefined;
  if (now.isLate && state.step < 7)
    return `this step takes ${Math.round(now.usual)} minutes usually, and you are well over: /next when you are ready`;
  return undefined;
}
