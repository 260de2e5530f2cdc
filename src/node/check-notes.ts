/** Reviews all notes that paths mean, in the order of their names. */

import { FailureError } from "../core/outcome.ts";
import { RULES } from "../steps/rules.gen.ts";
import { findNotes } from "./note-files.ts";
import { readReviewConfiguration } from "./review-configuration.ts";
import { type ReviewedNote, reviewNote } from "./review-notes.ts";

export interface CheckNotesOptions {
  readonly fix?: boolean;
}

/** Throws a `FailureError` where a path is not there or no note is found. */
export async function checkNotes(paths: readonly string[], { fix }: CheckNotesOptions): Promise<ReviewedNote[]> {
  const configuration = readReviewConfiguration(process.cwd(), RULES);
  const { files, named } = findNotes(paths, configuration.ignore);
  const notes = files.flatMap((file) => reviewNote(file, named.has(file), { configuration, fix }) ?? []);
  if (notes.length > 0) return notes;
  throw new FailureError({
    code: "no-notes",
    message: `no design was found in ${paths.join(", ")}`,
    fix: "heptad new NAME writes a note to begin with",
  });
}
