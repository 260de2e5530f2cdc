/** Grades free text point by point: what the text seems to cover is ticked and quoted for the reader, who decides. Nothing is scored silently. */

import { matchesAll, sentencesOf, withoutCues } from "./cue.ts";
import { hear } from "./ear/hear.ts";
import type { Grade } from "./grade.ts";
import type { RubricQuestion } from "./question.ts";

/** A rubric point with what the text seems to say about it. */
export interface TickedPoint {
  readonly point: string;
  /** A proposal: the reader, or a grader with evidence, confirms it. */
  readonly ticked: boolean;
  /** The words that seem to cover it: a sentence, or two that follow each other. */
  readonly quote?: string;
}

export interface RubricReading {
  readonly points: readonly TickedPoint[];
  /** Misconceptions whose words stand in the text: place in the file, explanation and quote. */
  readonly misconceptions: readonly { readonly index: number; readonly why: string; readonly quote: string }[];
}

/** Ticks a point when one sentence, or two that follow each other, say it: denied and listed words tick nothing. */
export function readRubric({ rubric, mistakes }: RubricQuestion, text: string): RubricReading {
  const points = rubric.map(({ point, cues }): TickedPoint => {
    const quote = hear(text, [cues]);
    return { point, ticked: quote !== undefined, quote };
  });
  const sentences = sentencesOf(text);
  const misconceptions = mistakes.flatMap(({ cues, why }, index) => {
    const quote = sentences.find((sentence) => matchesAll(sentence, cues) && !isDenied(sentence, cues));
    return quote === undefined ? [] : [{ index, why, quote }];
  });
  return { points, misconceptions };
}

/** `I would not launch anyway` does not hold that one should; a `not` that belongs to the cue itself denies nothing. */
function isDenied(sentence: string, cues: readonly string[]): boolean {
  return /(?<!\p{L})(?:not|never|no|nobody|nor|neither|without|avoid|rather than|instead of|wrong)(?!\p{L})|n[’']t(?!\p{L})/u.test(
    withoutCues(sentence, cues),
  );
}

/**
 * The grade once the ticks are confirmed: one for each point, then, where they were asked about, one for each misconception
 * found; those that no tick speaks of stand. A misconception that stands caps the grade at close.
 */
export function gradeRubric(question: RubricQuestion, reading: RubricReading, ticks: readonly boolean[]): Grade {
  const count = question.rubric.length;
  const share = ticks.slice(0, count).filter(Boolean).length / count;
  const held = reading.misconceptions.filter((_, i) => ticks[count + i] !== false);
  const isRight = share >= 0.75 && held.length === 0;
  const verdict = isRight ? "right" : share >= 0.5 ? "close" : "wrong";
  const missing = question.rubric.flatMap(({ point }, i) => (ticks[i] ? [] : [`not said: ${point}`]));
  const because = [...held.map(({ why, quote }) => `“${quote}”: ${why}`), ...missing];
  const expected = question.kind === "explain" ? question.model : question.rubric.map(({ point }) => point).join("; ");
  const score = isRight ? share : Math.min(share, 0.5);
  const grade: Grade = { verdict, score: verdict === "wrong" ? 0 : score, because, notes: [], expected };
  return held.length === 0 ? grade : { ...grade, mistake: held[0].index };
}
