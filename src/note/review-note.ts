/** Reviews the text of a note with every rule: a string in, findings out. */

import type { Finding } from "../core/finding.ts";
import { review } from "../review/review.ts";
import { parseDesign } from "../steps/design.ts";
import { RULES } from "./rules.gen.ts";

/** Errors of format and the findings of the rules, in the order of the text. */
export function reviewNote(text: string, file = "note.md"): readonly Finding[] {
  const { design, findings } = parseDesign(text, file);
  return design === undefined ? findings : review(design, RULES, findings).findings;
}
