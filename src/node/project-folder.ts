/** What the tool keeps in a user's project: where its root is, where runs and kept results go, and how much of them is kept. */

import { existsSync, lstatSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { parseQuantity } from "../core/quantity.ts";
import { nearestAbove } from "./nearest-above.ts";
import { CONFIGURATION_FILE, readProjectSettings } from "./project-settings.ts";
import { DEFAULT_LIMIT_BYTES } from "./result-store.ts";

/**
 * The folder that holds `runs/` and `.heptad/` of a note, of a run or of a folder: its repository; without one the folder of the note, the one above where
 * that is `designs`, and for what lies in `runs` the one that holds it.
 */
export function projectRoot(path: string): string {
  const whole = resolve(path);
  const start = lstatSync(whole, { throwIfNoEntry: false })?.isDirectory() === true ? whole : dirname(whole);
  return nearestAbove(start, [".git", CONFIGURATION_FILE]) ?? holderOf(start);
}

/** Without a repository or settings. */
function holderOf(start: string): string {
  if (basename(start) === "designs") return dirname(start);
  for (let at = start; dirname(at) !== at; at = dirname(at))
    if (basename(at) === "runs" && existsSync(join(dirname(at), ".heptad"))) return dirname(at);
  return start;
}

/** Where results of stages are kept. */
export function cacheFolder(root: string): string {
  return join(root, ".heptad", "cache");
}

/**
 * Where the runs of a note go: a folder inside `runs/`, whatever the note is called. Notes of one name in different folders have different
 * ones: `designs/bad/feed.md` goes to `runs/bad--feed`, and `designs/feed.md` to `runs/feed`. The path is the project's, or that of the process.
 */
export function runsFolder(root: string, notePath: string): string {
  const parts = pathInside(resolve(root), notePath.replaceAll("\\", "/")).split("/");
  const name = (parts.length > 1 && parts[0] === "designs" ? parts.slice(1) : parts)
    .join("--")
    .replace(/\.md$/iu, "")
    .replaceAll(/[\p{Cc}<>:"|?*]/gu, "_")
    .replace(/[. ]+$/u, "");
  return join(root, "runs", name === "" ? "design" : name);
}

/** The path from the root; of a note elsewhere its name alone. */
function pathInside(root: string, notePath: string): string {
  const inside = (path: string): string => relative(root, path).replaceAll("\\", "/");
  const known = [resolve(notePath), resolve(root, notePath)].filter((path) => !isOutside(inside(path)));
  const path = known.find((one) => existsSync(one)) ?? known.at(-1);
  return path === undefined ? (notePath.split("/").at(-1) ?? "") : inside(path);
}

/** Whether a relative path leads out of where it begins. */
function isOutside(path: string): boolean {
  return path === "" || path === ".." || path.startsWith("../") || isAbsolute(path);
}

/** Has git leave a folder of ours alone. A file that is there stays as it is. */
export function ignoreInGit(folder: string): void {
  const path = join(folder, ".gitignore");
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) return;
  writeFileSync(path, "# Written by heptad: everything here can be made anew.\n*\n", { flag: "wx" });
}

/** How many bytes of results are kept: `cache: { limit: 2 GB }` in heptad.yaml. Throws a `FailureError` for what is no size. */
export function cacheLimit(root: string): number {
  const file = readProjectSettings(root);
  const written = file?.value.cache?.limit;
  if (file === undefined || written === undefined) return DEFAULT_LIMIT_BYTES;
  const quantity = parseQuantity(written);
  if (quantity.ok && quantity.value.dimension.byte === 1 && quantity.value.value > 0) return quantity.value.value;
  throw new FailureError({
    code: "bad-configuration",
    message: "`cache.limit` is no size of a folder",
    where: join(root, CONFIGURATION_FILE),
    at: file.keyAt(["cache", "limit"]),
    fix: "write it like `cache: { limit: 2 GB }`",
  });
}
