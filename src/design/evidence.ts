/** Puts the evidence of a run under a section's facts, between two comments that the tool owns. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";
import type { Stretch } from "./markdown.ts";
import { addressSection, type NoteForm } from "./note-form.ts";
import { EVIDENCE_BEGIN, EVIDENCE_END } from "./sections.ts";
import { beforeGap, newlineOf } from "./text-lines.ts";

/**
 * The text with `lines` as the evidence of section `step`, in place of what stood there; without lines the evidence is taken out,
 * and the text is what it was before evidence was first put in. Fails where the section is absent or one of the two comments is.
 */
export function setEvidence(text: string, step: number, lines: readonly string[], form: NoteForm): Outcome<string> {
  const addressed = addressSection(text, `${step}.`, form);
  if (!addressed.ok) return addressed;
  const { structure, block } = addressed.value;
  const section = structure.sections.find((one) => one.step === step);
  if (section === undefined) return fail({ code: "no-such-section", message: `the note has no section ${step}` });
  const newline = newlineOf(text);
  const marks = section.comments.filter((at) => isMark(text, at));
  const [begin, end] = marks;
  const isPair = begin !== undefined && end !== undefined && isBegin(text, begin) && !isBegin(text, end);
  if (marks.length > 0 && (marks.length !== 2 || !isPair)) {
    const message = "the evidence of this section does not stand between exactly two comments";
    const fix = `keep one ${EVIDENCE_BEGIN} and one ${EVIDENCE_END} behind it, or remove both`;
    return fail({ code: "evidence-not-closed", message, at: structure.spanAt(marks[0].start, marks[0].end), fix });
  }
  const written = [EVIDENCE_BEGIN, ...lines.map(asText), EVIDENCE_END].join(newline);
  if (isPair && lines.length > 0) return succeed(text.slice(0, begin.start) + written + text.slice(end.end));
  if (isPair) return succeed(text.slice(0, beforeGap(text, begin.start)) + text.slice(end.end));
  if (lines.length === 0) return succeed(text);
  const at = block?.span.end.offset ?? section.heading.end.offset;
  return succeed(text.slice(0, at) + newline + newline + written + text.slice(at));
}

function isMark(text: string, at: Stretch): boolean {
  return isBegin(text, at) || text.slice(at.start, at.end).trim() === EVIDENCE_END;
}

function isBegin(text: string, at: Stretch): boolean {
  return text.slice(at.start, at.end).trim() === EVIDENCE_BEGIN;
}

/** Evidence is prose: a line that would open a heading, a block, a list or a comment is kept from doing so. */
function asText(line: string): string {
  const one = line.replaceAll(/[\r\n]+/gu, " ").trim();
  return /^(?:#|```|~~~|<|---|===|\d+[.)]\s)/u.test(one) ? `\\${one}` : one;
}
