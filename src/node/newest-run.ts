/** The newest run of a note at hand: runs/<note>/latest, or the newest run.json beside it. */

import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type RunRecord, readRunRecord } from "../system/run-record.ts";
import { runsFolder } from "./project-folder.ts";

export interface NewestRun {
  readonly record: RunRecord;
  /** Its run.json. */
  readonly path: string;
}

/** Undefined where there is none, `older` where only another version can read it. `root` is the project's. */
export function newestRun(root: string, note: string): NewestRun | "older" | undefined {
  const folder = runsFolder(root, note);
  if (!existsSync(folder)) return undefined;
  const paths = readdirSync(folder)
    .filter((name) => name === "latest" || !lstatSync(join(folder, name)).isSymbolicLink())
    .map((name) => join(folder, name, "run.json"))
    .filter((path) => existsSync(path))
    .sort((a, b) => rankOf(b) - rankOf(a));
  for (const path of paths) {
    const record = read(path);
    if (record !== undefined) return { record, path };
  }
  return paths.length === 0 ? undefined : "older";
}

function rankOf(path: string): number {
  return path.endsWith(join("latest", "run.json")) ? Number.POSITIVE_INFINITY : statSync(path).mtimeMs;
}

function read(path: string): RunRecord | undefined {
  try {
    const record = readRunRecord(JSON.parse(readFileSync(path, "utf8")));
    return record === "older" ? undefined : record;
  } catch {
    return undefined;
  }
}
