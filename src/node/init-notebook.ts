/** Makes a folder a notebook: writes what is missing, changes nothing that is there but lines added to `.gitignore`. */

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { createFileAtomically, writeFileAtomically } from "./atomic-write.ts";
import { foldersOfNotes } from "./folders-of-notes.ts";
import { makeFolder } from "./make-folder.ts";
import { addToHook, addToWorkflow, hook, SETTINGS, settings, withIgnored, workflow } from "./notebook-files.ts";
import { readTextFile } from "./read-text-file.ts";
import { readNotesGlob } from "./review-configuration.ts";

export interface InitRequest {
  readonly folder: string;
  /** Folders and globs of notes, from the folder on; where there are none, they are looked for. */
  readonly notes: readonly string[];
  readonly hook: boolean;
  readonly workflow: boolean;
  /** The version that the workflow runs. */
  readonly version: string;
}

export interface InitStep {
  readonly path: string;
  readonly outcome: "written" | "lines added" | "is there and stays as it is";
  /** What has to be added to a file that is there, since it does not review this folder. */
  readonly add?: string;
}

export interface InitReport {
  readonly steps: readonly InitStep[];
  /** Where the notes are, as the settings that were written say it; empty where they say nothing of it. */
  readonly notes: readonly string[];
}

/** Throws a `FailureError` where the folder is a file, where notes lie outside of it, and for a hook where there is no git. */
export function initNotebook(request: InitRequest): InitReport {
  const { folder } = request;
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new FailureError({
      code: "not-a-folder",
      message: `${folder} is no folder`,
      where: folder,
      fix: "name a folder",
    });
  }
  const asked = request.notes.map((one) => readNotesGlob(one));
  const repository = repositoryOf(folder);
  if (request.hook && repository === undefined) {
    throw new FailureError({
      code: "no-repository",
      message: `there is no git repository in ${folder}`,
      where: "--hook",
      fix: "run git init first, or leave --hook out",
    });
  }
  const isNew = !existsSync(join(folder, SETTINGS));
  if (asked.length > 0 && !isNew) {
    throw new FailureError({
      code: "settings-are-there",
      message: `${join(folder, SETTINGS)} is there and stays as it is`,
      where: "--notes",
      fix: `write \`notes: ${JSON.stringify(asked)}\` under \`review:\` in it`,
    });
  }
  makeFolder(folder);
  const notes = !isNew ? [] : asked.length > 0 ? asked : foldersOfNotes(folder);
  const steps = [create(join(folder, SETTINGS), settings(notes)), ignore(join(folder, ".gitignore"))];
  const { top = resolve(folder), inside = "" } = repository ?? {};
  if (request.workflow) {
    const path = join(top, ".github/workflows/heptad.yml");
    steps.push(create(path, workflow(request.version, inside), (text) => addToWorkflow(text, inside)));
  }
  if (request.hook && repository !== undefined) {
    const path = join(repository.hooks, "pre-commit");
    const step = create(path, hook(inside), (text) => addToHook(text, inside));
    if (step.outcome === "written") chmodSync(path, 0o755);
    steps.push(step);
  }
  return {
    steps: steps.map((step) => ({ ...step, path: relative(process.cwd(), resolve(step.path)) || step.path })),
    notes,
  };
}

/** `missing` is what a file that is there lacks. */
function create(path: string, text: string, missing?: (text: string) => string | undefined): InitStep {
  if (existsSync(path)) {
    const add = missing?.(readTextFile(path));
    return { path, outcome: "is there and stays as it is", ...(add === undefined ? {} : { add }) };
  }
  createFileAtomically(path, text);
  return { path, outcome: "written" };
}

function ignore(path: string): InitStep {
  const isThere = existsSync(path);
  const text = withIgnored(isThere ? readTextFile(path) : "");
  if (text === undefined) return { path, outcome: "is there and stays as it is" };
  if (isThere) writeFileAtomically(path, text);
  else createFileAtomically(path, text);
  return { path, outcome: isThere ? "lines added" : "written" };
}

interface Repository {
  readonly top: string;
  /** The folder from the top on, with slashes; empty where it is the top. */
  readonly inside: string;
  /** Where git looks for hooks, `core.hooksPath` included. */
  readonly hooks: string;
}

/** Undefined where the folder lies in no repository of git; it need not be there yet. */
function repositoryOf(folder: string): Repository | undefined {
  let there = resolve(folder);
  while (!existsSync(there)) there = dirname(there);
  try {
    const [top, hooks] = execFileSync("git", ["rev-parse", "--show-toplevel", "--git-path", "hooks"], {
      cwd: there,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 20_000,
    })
      .trim()
      .split(/\r?\n/u);
    const real = join(realpathSync(there), relative(there, resolve(folder)));
    return { top, inside: relative(realpathSync(top), real).split(sep).join("/"), hooks: resolve(there, hooks) };
  } catch {
    return undefined;
  }
}
