/** Makes all mechanical mends of a note, round after round, and says what came of it: what is promised is what is done. */

import { applyEdits } from "../design/apply-edits.ts";
import type { Review, ReviewFinding, ReviewOptions } from "../review/review.ts";
import { reviewText } from "./review-text.ts";

export interface MendedNote {
  readonly text: string;
  readonly review: Review;
  /** Findings whose mend was made. */
  readonly mended: number;
  /** Findings that went without a mend of their own, less those that the mends brought up. */
  readonly cleared: number;
}

/** Mends bring each other about (a key that is spelled right may then lack another): so often at most. */
const MAXIMUM_ROUNDS = 5;

export function mendNote(text: string, first: Review, options: ReviewOptions = {}): MendedNote {
  let now: { readonly text: string; readonly review: Review } = { text, review: first };
  let mended = 0;
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const mendable = now.review.findings.filter(hasMend);
    const applied = applyEdits(
      now.text,
      mendable.flatMap(({ edits = [] }) => edits),
    );
    if (applied.text === now.text) break;
    const review = reviewText(applied.text, first.file, options)?.review;
    if (review === undefined) break;
    const skipped = new Set(applied.skipped);
    mended += mendable.filter(({ edits = [] }) => !edits.every((edit) => skipped.has(edit))).length;
    now = { text: applied.text, review };
  }
  const gone = first.findings.length - now.review.findings.length;
  return { ...now, mended, cleared: Math.max(0, gone - mended) };
}

function hasMend({ edits }: ReviewFinding): boolean {
  return edits !== undefined && edits.length > 0;
}
