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

/** The newest run of a note when it stated exactly these facts; undefined where there is none, or where runs do not say what was stated. */
export function newestRunOf(root: string, note: string, facts: ReadonlyMap<string, string>): NewestRun | undefined {
  for (const path of runPaths(root, note).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)) {
    const record = read(path);
    const stated = Object.entries(record?.facts ?? {});
    if (
      record?.facts !== undefined &&
      stated.length === facts.size &&
      stated.every(([key, one]) => facts.get(key) === one)
    )
      return { record, path };
  }
  return undefined;
}

/** Undefined where there is none, `older` where only another version can read it. `root` is the project's. */
export function newestRun(root: string, note: string): NewestRun | "older" | undefined {
  const paths = runPaths(root, note).sort((a, b) => rankOf(b) - rankOf(a));
  for (const path of paths) {
    const record = read(path);
    if (record !== undefined) return { record, path };
  }
  return paths.length === 0 ? undefined : "older";
}

/** The run.json of each run of a note, and of `latest`, which leads to one of them. */
function runPaths(root: string, note: string): string[] {
  const folder = runsFolder(root, note);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name === "latest" || !lstatSync(join(folder, name)).isSymbolicLink())
    .map((name) => join(folder, name, "run.json"))
    .filter((path) => existsSync(path));
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
