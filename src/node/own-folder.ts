/** The folders of a project that we write into, claimed before the first word is written: a link in them leads nowhere that its user did not mean. */

import { spawnSync } from "node:child_process";
import { lstatSync, readdirSync, readlinkSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { shellWord } from "../core/shell-word.ts";
import { makeFolder } from "./make-folder.ts";
import { ignoreInGit, runsFolder } from "./project-folder.ts";
import { isWithin } from "./project-path.ts";

export type OwnFolder = ".heptad" | "runs";

/** What a user may keep on another disk by a link. */
const MAY_BE_LINKS = [".heptad", ".heptad/cache", "runs"];

/**
 * The folder, made and left out of git where it is not there. It may be a link to another disk where its user made it; throws a `FailureError` where git
 * brought a link that leads out of the project, and for any link out of the folder within it.
 */
export function ownFolder(root: string, name: OwnFolder): string {
  refuseBrought(root, name);
  const folder = join(root, name);
  makeFolder(folder);
  ignoreInGit(folder);
  if (name === ".heptad") {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isSymbolicLink()) continue;
      if (MAY_BE_LINKS.includes(`${name}/${entry.name}`)) refuseBrought(root, `${name}/${entry.name}`);
      else refuseLinkOut(folder, join(folder, entry.name));
    }
  }
  return folder;
}

/** The folder of a note's runs, which need not be there. Throws as `ownFolder`. */
export function ownRunsFolder(root: string, notePath: string): string {
  const folder = runsFolder(root, notePath);
  refuseLinkOut(ownFolder(root, "runs"), folder);
  return folder;
}

/** Throws a `FailureError` where something on the way from `top` to `path` is a link that leads out of `top`. */
export function refuseLinkOut(top: string, path: string): void {
  let at = resolve(top);
  for (const part of relative(top, path).split(sep)) {
    at = join(at, part);
    if (!isLink(at)) continue;
    const leads = realOf(at);
    if (leads !== undefined && isWithin(realpathSync(top), leads)) continue;
    throw new FailureError({
      code: "link-leads-out",
      message: `this is a link out of the folder that Heptad writes into, to ${readlinkSync(at)}`,
      where: at,
      fix: `take the link away; what shall lie on another disk is ${MAY_BE_LINKS.map((one) => `\`${one}\``).join(", ")}, each as a whole`,
    });
  }
}

/** A link that git carries came with the project, and may have been made by anybody. */
function refuseBrought(root: string, name: string): void {
  const path = join(root, name);
  if (!isLink(path)) return;
  const leads = realOf(path);
  if (leads !== undefined && isWithin(realpathSync(root), leads)) return;
  const asked = spawnSync("git", ["ls-files", "--error-unmatch", "--", name], { cwd: root, stdio: "ignore" });
  if (asked.status !== 0) return;
  throw new FailureError({
    code: "link-leads-out",
    message: `git brought this as a link out of the project, to ${readlinkSync(path)}`,
    where: path,
    fix: `take it away; where it is your own, for a larger disk, have git leave it alone: git rm --cached ${shellWord(name)}`,
  });
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Undefined for a link that leads nowhere. */
function realOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
