/** Grades free text point by point: what the text seems to cover is ticked and quoted for the reader, who decides. Nothing is scored silently. */

import { matchesAll, matchesCue } from "./cue.ts";
import type { Grade } from "./grade.ts";
import type { RubricQuestion } from "./question.ts";

/** A rubric point with what the text seems to say about it. */
export interface TickedPoint {
  readonly point: string;
  /** A proposal: the reader, or a grader with evidence, confirms it. */
  readonly ticked: boolean;
  /** The sentence that seems to cover it. */
  readonly quote?: string;
}

export interface RubricReading {
  readonly points: readonly TickedPoint[];
  /** Misconceptions whose words stand in the text: place in the file, explanation and quote. */
  readonly misconceptions: readonly { readonly index: number; readonly why: string; readonly quote: string }[];
}

/** Ticks a point when every cue of it is met somewhere in the text; the quote is the sentence that meets most. */
export function readRubric({ rubric, mistakes }: RubricQuestion, text: string): RubricReading {
  const sentences = text
    .split(/(?<=[.!?;])\s+|\n+/u)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const points = rubric.map(({ point, cues }): TickedPoint => {
    const ticked = text !== "" && matchesAll(text, cues);
    const quote = ticked ? bestSentence(sentences, cues) : undefined;
    return { point, ticked, quote };
  });
  const misconceptions = mistakes.flatMap(({ cues, why }, index) => {
    const quote = sentences.find((sentence) => matchesAll(sentence, cues));
    return quote === undefined ? [] : [{ index, why, quote }];
  });
  return { points, misconceptions };
}

/** The grade once the ticks are confirmed. A misconception that stands caps the grade at close. */
export function gradeRubric(question: RubricQuestion, reading: RubricReading, ticks: readonly boolean[]): Grade {
  const covered = ticks.filter(Boolean).length;
  const share = covered / question.rubric.length;
  const held = reading.misconceptions;
  const isRight = share >= 0.75 && held.length === 0;
  const verdict = isRight ? "right" : share >= 0.5 ? "close" : "wrong";
  const missing = question.rubric.flatMap(({ point }, i) => (ticks[i] ? [] : [`not said: ${point}`]));
  const because = [...held.map(({ why, quote }) => `“${quote}”: ${why}`), ...missing];
  const expected = question.kind === "explain" ? question.model : question.rubric.map(({ point }) => point).join("; ");
  const score = isRight ? share : Math.min(share, 0.5);
  const grade: Grade = { verdict, score: verdict === "wrong" ? 0 : score, because, notes: [], expected };
  return held.length === 0 ? grade : { ...grade, mistake: held[0].index };
}

function bestSentence(sentences: readonly string[], cues: readonly string[]): string | undefined {
  const scored = sentences.map((sentence) => ({
    sentence,
    met: cues.filter((cue) => matchesCue(sentence, cue)).length,
  }));
  scored.sort((a, b) => b.met - a.met);
  return scored[0]?.sentence;
}
