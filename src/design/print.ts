/** Prints changes into a note: facts set and taken out, evidence put under sections. Everything else stays to the character. */

import { type Outcome, succeed } from "../core/outcome.ts";
import { setEvidence } from "./evidence.ts";
import type { NoteForm } from "./note-form.ts";
import { removeFact } from "./remove-fact.ts";
import { setFact } from "./set-fact.ts";

export interface NoteChanges {
  /** Values as notes write them, by path: `4.stages.candidates.factors` to `32`. */
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  /** Paths of facts to take out. */
  readonly remove?: readonly string[];
  /** Lines of evidence by step; none takes the evidence out. */
  readonly evidence?: ReadonlyMap<number, readonly string[]>;
}

/** The text with all changes, or the failure of the first that cannot be made. Facts are removed in the order given, then set. */
export function printNote(
  text: string,
  { set = {}, remove = [], evidence = new Map() }: NoteChanges,
  form: NoteForm,
): Outcome<string> {
  const changes: ((note: string) => Outcome<string>)[] = [
    ...remove.map((path) => (note: string) => removeFact(note, path, form)),
    ...Object.entries(set).map(
      ([path, value]) =>
        (note: string) =>
          setFact(note, path, value, form),
    ),
    ...[...evidence].map(
      ([step, lines]) =>
        (note: string) =>
          setEvidence(note, step, lines, form),
    ),
  ];
  let result = succeed(text);
  for (const change of changes) {
    if (!result.ok) return result;
    result = change(result.value);
  }
  return result;
}
