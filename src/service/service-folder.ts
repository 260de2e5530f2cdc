/** Where the service of a note keeps what must not be lost: models, events and exposures, in the project's `.heptad/serve/`. */

import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { makeFolder } from "../node/make-folder.ts";
import { ownFolder, refuseLinkOut } from "../node/own-folder.ts";
import { projectRoot, runsFolder } from "../node/project-folder.ts";
import { ownerOf, refuseOthersFolder, type StateOwner } from "./state-owner.ts";

export interface ServiceFolder {
  readonly root: string;
  /** The note's among those of its project, wherever the folder is: what services of the note share is called after it. */
  readonly name: string;
  /** Whose the state is. */
  readonly owner: StateOwner;
  readonly path: string;
  readonly models: string;
  readonly events: string;
  readonly exposures: string;
  /** Remembers that the experiment was stopped. */
  readonly experiment: string;
}

/**
 * The folder of a note's service; made where it is not there, unless there is no such note either. Throws a `FailureError` for one that is
 * another note's.
 */
export function serviceFolder(notePath: string, state?: string): ServiceFolder {
  const root = projectRoot(notePath);
  const name = basename(runsFolder(root, notePath));
  const path = state ?? join(root, ".heptad", "serve", name);
  if (!existsSync(notePath) && !existsSync(path))
    throw new FailureError({
      code: "no-such-note",
      message: `there is no file ${notePath}`,
      fix: "give the path of the note that is served",
    });
  if (state === undefined) refuseLinkOut(ownFolder(root, ".heptad"), path);
  const owner = ownerOf(notePath);
  refuseOthersFolder(path, owner);
  makeFolder(path);
  return {
    root,
    name,
    owner,
    path,
    models: join(path, "models"),
    events: join(path, "events"),
    exposures: join(path, "exposures.csv"),
    experiment: join(path, "experiment.json"),
  };
}
