/** The newest run of a note at hand: runs/<note>/latest, or the newest run.json beside it. */

import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type RunRecord, readRunRecord } from "../system/run-record.ts";
import { runsFolder } from "./project-folder.ts";
import { sealOf } from "./run-seal.ts";

export interface NewestRun {
  readonly record: RunRecord;
  /** Its run.json. */
  readonly path: string;
}

/** Why a run is not read, as `unreadRun` says it. */
export type UnreadRun = "older" | "altered";

/** What is wrong with a run that is not read, in words that go on after its name. */
export function unreadRun(why: UnreadRun): string {
  return why === "older"
    ? "was written by another version"
    : "is not what the run wrote: a figure may have been changed";
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

/** Undefined where there is none, else why none is read: only another version can, or it was changed by hand. `root` is the project's. */
export function newestRun(root: string, note: string): NewestRun | UnreadRun | undefined {
  const paths = runPaths(root, note).sort((a, b) => rankOf(b) - rankOf(a));
  for (const path of paths) {
    const record = read(path);
    if (record !== undefined) return { record, path };
  }
  if (paths.length === 0) return undefined;
  return paths.some((path) => sealOf(path) === "altered") ? "altered" : "older";
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
  if (sealOf(path) === "altered") return undefined;
  try {
    const record = readRunRecord(JSON.parse(readFileSync(path, "utf8")));
    return record === "older" ? undefined : record;
  } catch {
    return undefined;
  }
}
