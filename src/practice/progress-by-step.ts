/** Progress by step of a design: how many of its questions were seen, and what was right of the answers to them. */

import type { StepNumber } from "../core/figure.ts";
import type { Profile } from "./profile.ts";
import { cellOf, type ProgressCell } from "./progress.ts";

export interface StepProgress extends ProgressCell {
  readonly step: StepNumber;
  /** How many the bank has. */
  readonly questions: number;
  /** How many of those were answered or left open at least once. */
  readonly seen: number;
}

const STEPS: readonly StepNumber[] = [1, 2, 3, 4, 5, 6, 7];

/** `stepOf` holds every question of the bank; answers to others count nowhere. */
export function progressBySteps(
  { answers, memories }: Pick<Profile, "answers" | "memories">,
  stepOf: ReadonlyMap<string, StepNumber>,
): readonly StepProgress[] {
  const outcomes = new Map<StepNumber, boolean[]>(STEPS.map((step) => [step, []]));
  for (const { question, verdict } of answers) {
    const step = verdict === "unanswered" ? undefined : stepOf.get(question);
    if (step !== undefined) outcomes.get(step)?.push(verdict === "right");
  }
  return STEPS.map((step) => {
    const own = [...stepOf].flatMap(([question, at]) => (at === step ? [question] : []));
    return {
      step,
      questions: own.length,
      seen: own.filter((question) => memories.has(question)).length,
      ...cellOf(outcomes.get(step) ?? []),
    };
  });
}
