/** Reviews a text by its facts, or by its prose where it is a plain note. */

import { reviewProse } from "../review/prose.ts";
import { type Review, type ReviewOptions, review } from "../review/review.ts";
import { type Design, parseDesign } from "../steps/design.ts";
import { holdsFacts, wasDesign } from "./plain-note.ts";
import { PROSE_STEPS } from "./prose-steps.ts";
import { PROSE_TOPICS } from "./prose-topics.ts";
import { RULES } from "./rules.gen.ts";

/** `design` is absent where the text was read as prose. */
export interface ReviewedText {
  readonly design?: Design;
  readonly review: Review;
}

/** Undefined where the text is no design, neither by its facts nor by its headings. */
export function reviewText(text: string, file: string, options: ReviewOptions = {}): ReviewedText | undefined {
  const { design, findings } = parseDesign(text, file);
  if (design !== undefined && holdsFacts(design)) {
    const rules = options.team === undefined ? RULES : [...RULES, ...options.team];
    return { design, review: review(design, rules, findings, options) };
  }
  if (design === undefined && wasDesign(text))
    return { review: { file, findings, waived: [], outcomes: [], fromProse: false } };
  const plain = reviewProse(text, file, PROSE_STEPS, PROSE_TOPICS);
  return plain === undefined ? undefined : { review: plain };
}
