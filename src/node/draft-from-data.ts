/** A note from data files: what the columns seem to be becomes the mapping, and what no data can answer becomes questions. */

import { basename, dirname, relative, resolve } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { KINDS } from "../kinds/registry.ts";
import { draftNote } from "../steps/3-data/profile/draft-note.ts";
import type { DraftOptions } from "../steps/3-data/profile/draft-options.ts";
import { draftGraded, gradedQuestions } from "../steps/3-data/profile/graded-documents.ts";
import { openQuestions } from "../steps/3-data/profile/open-questions.ts";
import type { SaidColumns } from "../steps/3-data/profile/said-label.ts";
import { openDuckdb } from "./duckdb.ts";
import { createInputFiles } from "./input-files.ts";
import { defaultThreads } from "./kernel-pool.ts";
import { createPictureReader } from "./pictures.ts";
import { profileData, profileGraded } from "./profile-data.ts";

/** The name of a note that is named after its data: `events` for `logs/events.csv.gz`. */
export function nameOfData(data: readonly string[]): string {
  return basename(data[0] ?? "data").replace(/\..*$/u, "") || "data";
}

/** A drafted note, with what the command says of it. */
export interface DraftedNote {
  readonly text: string;
  readonly system: string;
  readonly why: string;
  readonly questions: readonly string[];
}

/** The note as it would stand at `path`. Throws a `FailureError` for files that cannot be opened, and where nothing shows what to predict. */
export async function draftFromData(
  data: readonly string[],
  {
    path,
    title,
    date,
    ...said
  }: { readonly path: string; readonly title: string; readonly date: string } & SaidColumns,
): Promise<DraftedNote> {
  const folder = dirname(resolve(path));
  const options = { title, date, relative: (file: string) => relative(folder, file).replaceAll("\\", "/") };
  const isSaid = Object.values(said).some((name) => name !== undefined);
  const graded = isSaid ? undefined : await profileGraded(data);
  if (graded !== undefined)
    return {
      text: draftGraded(graded, options),
      system: "document-ranking",
      why: "lines hold a grade, a query and features",
      questions: gradedQuestions(graded),
    };
  const drafted = isSaid ? undefined : await draftByKind(data, options);
  if (drafted !== undefined) return drafted;
  const profile = await profileData(data, said);
  if (profile.files.every((one) => one.profile.rows === 0))
    throw new FailureError({
      code: "no-rows",
      message: `there is no row in ${data.join(", ")}`,
      fix: "give a file with rows below its heading; a note is drafted from what they show",
    });
  const text = draftNote(profile, options);
  return { text, system: profile.system, why: profile.why, questions: openQuestions(profile) };
}

/** The note of the first kind that reads such data as no other does. */
async function draftByKind(data: readonly string[], options: DraftOptions): Promise<DraftedNote | undefined> {
  const sql = await openDuckdb({ threads: defaultThreads() });
  try {
    const edges = { sql, files: createInputFiles(), pictures: createPictureReader() };
    const paths = data.map((path) => resolve(path));
    for (const { name, draft } of KINDS) {
      const drafted = await draft?.({ paths, ...edges, ...options });
      if (drafted !== undefined) return { ...drafted, system: name };
    }
    return undefined;
  } finally {
    sql.close();
  }
}
