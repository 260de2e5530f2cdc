/** What was said that carries credit: the sentence, and where it stands. */

import { hear } from "../ear/hear.ts";
import { DIMENSIONS, type DimensionName } from "./dimension.ts";
import type { InterviewState } from "./interview-event.ts";
import type { Problem } from "./problem.ts";
import { isWorkedOut } from "./worked-out.ts";

/** A text of the candidate, and where it stands: `section 3`, `answer 2`, `question 1`. */
export interface SaidText {
  readonly place: string;
  readonly text: string;
}

/** The candidate's own words, and where they stand. */
export interface Quotation {
  readonly quote: string;
  readonly place: string;
}

export interface PointHeard {
  readonly dimension: DimensionName;
  readonly point: string;
  /** The words that make it, and where; undefined where nothing does. */
  readonly quote: string | undefined;
  readonly place: string | undefined;
}

/** The sections in their order, then the answers to probes, numbered as they were asked. */
export function saidTexts({ sections, probes }: Pick<InterviewState, "sections" | "probes">): readonly SaidText[] {
  const written = Object.entries(sections).map(([step, text]) => ({ place: `section ${step}`, text }));
  return [...written, ...probes.map(({ answer }, i) => ({ place: answerAt(i), text: answer }))];
}

/** Where the answer to a probe stands, counted from 0. */
export function answerAt(i: number): string {
  return `answer ${i + 1}`;
}

/** Which of the problem's points the note and the answers to probes make, with the sentence that makes each. */
export function pointsMet(
  { points }: Pick<Problem, "points">,
  state: Pick<InterviewState, "sections" | "probes">,
): readonly PointHeard[] {
  const texts = saidTexts(state);
  return points.map(({ dimension, point, cues, or, worked }) => {
    const found = firstQuoted(texts, (text) => hear(text, [cues, ...or], worked ? isWorkedOut : undefined));
    return { dimension, point, quote: found?.quote, place: found?.place };
  });
}

/** The sentence that raises what only a staff candidate is expected to. */
export function raisedIn(
  dimension: DimensionName,
  { sections, probes, asked }: Pick<InterviewState, "sections" | "probes" | "asked">,
): Quotation | undefined {
  const questions = asked.map(({ text }, i) => ({ place: `question ${i + 1}`, text }));
  const texts = [...saidTexts({ sections, probes }), ...questions];
  return firstQuoted(texts, (text) => hear(text, DIMENSIONS[dimension].raises));
}

/** The first of the texts in which something is found, with what. */
export function firstQuoted(
  texts: readonly SaidText[],
  find: (text: string) => string | undefined,
): Quotation | undefined {
  for (const { place, text } of texts) {
    const quote = find(text);
    if (quote !== undefined) return { quote, place };
  }
  return undefined;
}
