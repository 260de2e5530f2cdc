/** Makes a folder a notebook: writes what is missing, changes nothing that is there but lines added to `.gitignore`. */

import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { createFileAtomically, writeFileAtomically } from "./atomic-write.ts";
import { makeFolder } from "./make-folder.ts";
import { HOOK, SETTINGS, withIgnored, workflow } from "./notebook-files.ts";
import { readTextFile } from "./read-text-file.ts";

export interface InitRequest {
  readonly folder: string;
  readonly hook: boolean;
  readonly workflow: boolean;
  /** The version that the workflow runs. */
  readonly version: string;
}

export interface InitStep {
  readonly path: string;
  readonly outcome: "written" | "lines added" | "is there and stays as it is";
}

/** Throws a `FailureError` where the folder is a file, or a hook is wanted where there is no git. */
export function initNotebook(request: InitRequest): InitStep[] {
  const { folder } = request;
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new FailureError({
      code: "not-a-folder",
      message: `${folder} is no folder`,
      where: folder,
      fix: "name a folder",
    });
  }
  const hooks = request.hook ? hooksFolder(folder) : undefined;
  makeFolder(folder);
  const steps = [create(join(folder, SETTINGS.path), SETTINGS.text), ignore(join(folder, ".gitignore"))];
  if (request.workflow) steps.push(create(join(folder, ".github/workflows/heptad.yml"), workflow(request.version)));
  if (hooks !== undefined) {
    const path = join(hooks, "pre-commit");
    const step = create(path, HOOK);
    if (step.outcome === "written") chmodSync(path, 0o755);
    steps.push(step);
  }
  return steps.map((step) => ({ ...step, path: relative(process.cwd(), resolve(step.path)) || step.path }));
}

function create(path: string, text: string): InitStep {
  if (existsSync(path)) return { path, outcome: "is there and stays as it is" };
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

/** Where git looks for hooks, `core.hooksPath` included. */
function hooksFolder(folder: string): string {
  try {
    const path = execFileSync("git", ["rev-parse", "--git-path", "hooks"], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 20_000,
    }).trim();
    return resolve(folder, path);
  } catch {
    throw new FailureError({
      code: "no-repository",
      message: `there is no git repository in ${folder}`,
      where: "--hook",
      fix: "run git init first, or leave --hook out",
    });
  }
}
