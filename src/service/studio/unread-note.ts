/** Why a file that counts as a note cannot be read as one: what the review says of it first. */

import type { Finding } from "../../core/finding.ts";
import type { ReviewConfiguration } from "../../node/review-configuration.ts";
import { reviewNote } from "../../node/review-notes.ts";
import { isMeantAsDesign } from "../../note/meant-as-design.ts";
import { lacksFrontOnly } from "../../note/plain-note.ts";
import { parseDesign } from "../../steps/design.ts";

export interface NoteFile {
  /** From the root of the project on. */
  readonly path: string;
  /** On the disk. */
  readonly file: string;
  /** It lies where notes are. */
  readonly isNote: boolean;
  /** Undefined where it is no text, or may not be read. */
  readonly text: string | undefined;
  /** Its headings are those of a design. */
  readonly isProse: boolean;
}

/** Of a file that holds no facts that are read. Undefined where it is a plain note, or none. */
export function unreadNote(
  { path, file, isNote, text, isProse }: NoteFile,
  configuration: ReviewConfiguration,
): Finding | undefined {
  // Data and pictures that are called Markdown lie about everywhere else.
  if (text === undefined && !isNote) return undefined;
  if (text === undefined || !isProse) return reviewNote(file, false, { configuration })?.review.findings[0];
  // Facts that were meant as such and are read as prose are not read.
  return isMeantAsDesign(text) || (isNote && lacksFrontOnly(text)) ? parseDesign(text, path).findings[0] : undefined;
}
