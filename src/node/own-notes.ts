/** One's own notes, by title: what a search looks through beside the library, and what an interview can be about. */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { isMeantAsDesign } from "../note/meant-as-design.ts";
import { RULES } from "../note/rules.gen.ts";
import { findNotes } from "./note-files.ts";
import { notesWhereNoneNamed } from "./notebook-notes.ts";
import { readTextFile } from "./read-text-file.ts";
import { readReviewConfiguration } from "./review-configuration.ts";

export interface OwnNote {
  /** From the folder that was asked for. */
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

/** None where there is no notebook; what cannot be read is left out. Throws a `FailureError` for settings that are wrong. */
export function ownNotes(folder: string): readonly OwnNote[] {
  const here = resolve(folder);
  const configuration = readReviewConfiguration(here, RULES);
  const isSaid = configuration.notes.length > 0 || existsSync(join(here, "designs"));
  return filesOf(notesWhereNoneNamed(configuration, here), configuration.ignore, here, configuration.root).flatMap(
    (path) => {
      const text = readable(join(here, path));
      // Of a folder that nobody has called notes only what says so itself is one.
      return text === undefined || !(isSaid || isMeantAsDesign(text))
        ? []
        : [{ path, title: titleOf(text, path), text }];
    },
  );
}

function filesOf(paths: readonly string[], ignore: readonly string[], here: string, root: string): readonly string[] {
  try {
    return findNotes(paths, ignore, here, root).files;
  } catch (error) {
    if (error instanceof FailureError) return [];
    throw error;
  }
}

function readable(path: string): string | undefined {
  try {
    return readTextFile(path);
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}

/** Of the front matter, or the first heading, or the path. */
function titleOf(text: string, path: string): string {
  const front = /^\ufeff?---[ \t]*\r?\n(?<body>[\s\S]*?)^---[ \t]*$/mu.exec(text.slice(0, 20_000));
  const said = front?.index === 0 ? /^title[ \t]*:[ \t]*(?<words>\S.*)$/mu.exec(front.groups?.body ?? "") : null;
  const words = said?.groups?.words ?? /^#[ \t]+(?<words>\S.*)$/mu.exec(text)?.groups?.words ?? path;
  return words.trim().replace(/^(?<quote>["'])(?<inside>.*)\k<quote>$/u, "$<inside>");
}
