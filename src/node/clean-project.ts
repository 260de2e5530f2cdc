/** Removes kept results and reports of a project, by the names that only we give. */

import { lstatSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { keptResults } from "./cache-room.ts";
import { cacheFolder } from "./project-folder.ts";
import { leftIn } from "./spark/exchange-folder.ts";

export interface CleanOptions {
  /** Reports of runs too. */
  readonly runs: boolean;
  /** Only what was last used before this moment, in milliseconds since 1970. */
  readonly olderThan: number;
  /** Counts and removes nothing. */
  readonly dry: boolean;
}

export interface Cleaned {
  readonly results: number;
  readonly runs: number;
  /** Rows that were handed to an engine by runs that were killed. */
  readonly left: number;
  readonly bytes: number;
}

/** What went, or would go. Links are never followed. */
export function cleanProject(root: string, { runs, olderThan, dry }: CleanOptions): Cleaned {
  const results = keptResults(cacheFolder(root)).map(({ path, used, bytes }) => ({ path, used, bytes }));
  const reports = runs ? reportsBelow(join(root, "runs")) : [];
  const isOld = ({ used }: Found): boolean => used <= olderThan;
  const [oldResults, oldReports] = [results.filter(isOld), reports.filter(isOld)];
  // What a run that lives reads is not among them.
  const left = namesIn(join(root, ".heptad")).includes("engine") ? leftIn(join(root, ".heptad", "engine")) : [];
  const oldLeft = left.filter(isOld);
  const all = [...oldResults, ...oldReports, ...oldLeft];
  if (!dry) for (const { path } of all) rmSync(path, { recursive: true, force: true });
  const kept = new Set(reports.filter((one) => !isOld(one)).map(({ note }) => note));
  const emptied = new Set(oldReports.map(({ note }) => note));
  // `latest` leads nowhere once the runs beside it are gone.
  if (!dry) for (const note of emptied) if (!kept.has(note)) dropLink(join(root, "runs", note ?? "", "latest"));
  return {
    results: oldResults.length,
    runs: oldReports.length,
    left: oldLeft.length,
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

interface Found {
  readonly path: string;
  readonly used: number;
  readonly bytes: number;
  readonly note?: string;
}

/** A run's folder has twelve hexadecimal digits, a sweep's page is called `sweep-….html`: what is named otherwise is somebody's own. */
function reportsBelow(folder: string): readonly Found[] {
  return namesIn(folder).flatMap((note) =>
    namesIn(join(folder, note))
      .filter((name) => /^(?:[0-9a-f]{12}|sweep-[0-9a-f]{8}\.html)$/u.test(name))
      .map((name) => measure(join(folder, note, name), note)),
  );
}

/** Of a real folder; nothing of a link or of what is no folder. */
function namesIn(folder: string): readonly string[] {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(folder) : [];
}

function measure(path: string, note: string): Found {
  const about = lstatSync(path);
  const inside = namesIn(path).map((name) => lstatSync(join(path, name)).size);
  const bytes = inside.reduce((sum, size) => sum + size, about.isDirectory() ? 0 : about.size);
  return { path, used: about.mtimeMs, bytes, note };
}

function dropLink(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) rmSync(path, { force: true });
}
