/** Paths that somebody else names (an agent, a page): inside the project, links followed, or a failure. */

import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { FailureError } from "../core/outcome.ts";

/** The real path of something in the project. Throws a `FailureError` for a way out of it: `..`, a whole path elsewhere, a link. */
export function projectPath(root: string, path: string): string {
  const wanted = resolve(root, path);
  const real = realOf(wanted);
  const way = relative(root, real);
  if (way !== ".." && !way.startsWith(`..${sep}`) && resolve(root, way) === real) return real;
  throw new FailureError({
    code: "outside-project",
    message: "this path leads out of the project",
    where: path,
    fix: "name a file inside the folder that the server was started in",
  });
}

/** Of what is not there yet, the real path of the folder that it would stand in. */
function realOf(path: string): string {
  if (existsSync(path) || dirname(path) === path) return realpathSync(path);
  return join(realOf(dirname(path)), basename(path));
}
