/** What the mends of a note would do: each is made on a copy of the text, and the copy is reviewed. */

import { applyEdits } from "../design/apply-edits.ts";
import type { MendEffects } from "../review/render/brief.ts";
import type { Review, ReviewFinding, ReviewOptions } from "../review/review.ts";
import { mendNote } from "./mend-note.ts";
import { reviewText } from "./review-text.ts";

/** Effects of the mends of `first`, one by one, and of all mends of the note together; `whole` is all that its text's review found. */
export function mendEffects(
  text: string,
  whole: Review,
  first: readonly ReviewFinding[],
  options: ReviewOptions = {},
): MendEffects {
  const { file, findings } = whole;
  const after = (edits: ReviewFinding["edits"] = []): readonly ReviewFinding[] =>
    reviewText(applyEdits(text, edits).text, file, options)?.review.findings ?? findings;
  const clears = new Map<ReviewFinding, readonly string[]>();
  for (const finding of first) {
    if (finding.edits === undefined || finding.edits.length === 0) continue;
    const left = countCodes(after(finding.edits));
    const gone = [...countCodes(findings)].filter(([code, count]) => (left.get(code) ?? 0) < count);
    const others = gone.map(([code]) => code).filter((code) => code !== finding.code);
    if (others.length > 0) clears.set(finding, others);
  }
  const { mended, cleared, review } = mendNote(text, whole, options);
  return { clears, mended, cleared, left: review.findings.length };
}

function countCodes(findings: readonly ReviewFinding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
