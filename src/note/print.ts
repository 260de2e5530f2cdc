/** Prints changes into a design note: what `--record` and accepted fixes write. */

import type { Outcome } from "../core/outcome.ts";
import { type NoteChanges, printNote } from "../design/print.ts";
import { NOTE_FORM } from "../steps/design.ts";

/** The note with the facts set or taken out and the evidence of its sections replaced; prose, comments and order stay as they are. */
export function printDesign(text: string, changes: NoteChanges): Outcome<string> {
  return printNote(text, changes, NOTE_FORM);
}
