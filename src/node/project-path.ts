/** Paths that somebody else names (an agent, a page): inside the project, links followed, or a failure. */

import { existsSync, realpathSync } from "node:fs";
import paths, { basename, dirname, join, type PlatformPath, relative, resolve, sep } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { nearestAbove } from "./nearest-above.ts";

/** The real path of something in the project. Throws a `FailureError` for a way out of it: `..`, a whole path elsewhere, a link. */
export function projectPath(root: string, path: string): string {
  const wanted = resolve(root, path);
  const real = realOf(wanted);
  if (isWithin(root, real)) return real;
  throw new FailureError({
    code: "outside-project",
    message: "this path leads out of the project",
    where: path,
    fix: "name a file inside the folder that the server was started in",
  });
}

/** Whether a whole path is the folder or lies in it. On another drive of Windows the way there is a whole path itself, and no `..`. */
export function isWithin(folder: string, path: string, on: PlatformPath = paths): boolean {
  const way = on.relative(folder, path);
  return way !== ".." && !way.startsWith(`..${on.sep}`) && !on.isAbsolute(way) && on.resolve(folder, way) === path;
}

/** A path as it is shown and kept: from where the program was started, with `/` on every system. */
export function pathFromHere(path: string, here: string = process.cwd()): string {
  return (relative(here, path) || path).split(sep).join("/");
}

/** A path from the top of its repository on, as a code host names its files; without a repository as it is shown. */
export function pathInRepository(file: string, here: string = process.cwd()): string {
  const top = nearestAbove(here, [".git"]);
  const whole = resolve(here, file);
  return top === undefined || !isWithin(top, whole) ? file : pathFromHere(whole, top);
}

/** Of what is not there yet, the real path of the folder that it would stand in. */
function realOf(path: string): string {
  if (existsSync(path) || dirname(path) === path) return realpathSync(path);
  return join(realOf(dirname(path)), basename(path));
}
