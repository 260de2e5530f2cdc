/** Looks at data files as they are: opens a database for it, and leaves nothing behind. */

import { resolve } from "node:path";
import { profileFiles } from "../steps/3-data/profile/files-profile.ts";
import { type GradedLook, lookAtGraded } from "../steps/3-data/profile/graded-documents.ts";
import type { FilesProfile } from "../steps/3-data/profile/profiled-files.ts";
import type { SaidColumns } from "../steps/3-data/profile/said-label.ts";
import { openDuckdb } from "./duckdb.ts";
import { createInputFiles } from "./input-files.ts";
import { defaultThreads } from "./kernel-pool.ts";

/** `said`: what somebody says of columns. Throws a `FailureError` for files that cannot be opened; what is odd inside them is part of the profile. */
export async function profileData(paths: readonly string[], said: SaidColumns = {}): Promise<FilesProfile> {
  const sql = await openDuckdb({ threads: defaultThreads() });
  try {
    return await profileFiles(
      { sql, files: createInputFiles() },
      paths.map((path) => resolve(path)),
      said,
    );
  } finally {
    sql.close();
  }
}

/** The look at graded documents, where all files hold such; undefined where one does not. */
export async function profileGraded(paths: readonly string[]): Promise<GradedLook | undefined> {
  return lookAtGraded(
    { files: createInputFiles() },
    paths.map((path) => resolve(path)),
  );
}
