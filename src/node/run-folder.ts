/** The folder of a run: its record and its reports, sealed by their checksums, and `latest` beside them for whoever looks for the newest. */

import { rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { renderMarkdown } from "../report/markdown.ts";
import type { ReportSection } from "../report/sections.ts";
import type { RunRecord } from "../system/run-record.ts";
import { renamePatiently, temporaryName, writeFileAtomically } from "./atomic-write.ts";
import { makeFolder } from "./make-folder.ts";
import { sealOf, writeSeal } from "./run-seal.ts";

export interface RunContents {
  readonly record: RunRecord;
  readonly sections: readonly ReportSection[];
  /** What the run made that others load, by name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** Writes what is missing or is not what an earlier run wrote; `isKnown` says that nothing was computed since. */
export async function writeRunFolder(
  folder: string,
  { record, sections, files: made }: RunContents,
  isKnown: boolean,
): Promise<void> {
  if (!(isKnown && isWhole(folder, Object.keys(made)))) {
    // Drawing needs large packages, which a run with nothing new to draw should not wait for.
    const { renderHtml } = await import("../report/html.ts");
    const files: Readonly<Record<string, string | Uint8Array>> = {
      ...made,
      "run.json": `${JSON.stringify(record, null, 2)}\n`,
      "report.md": renderMarkdown(record, sections),
      "report.html": renderHtml(record, sections),
    };
    for (const [name, text] of Object.entries(files)) writeFileAtomically(join(folder, name), text);
    writeSeal(folder, files);
  }
  pointAt(folder);
}

const REPORTS = ["run.json", "report.md", "report.html"];

function isWhole(folder: string, others: readonly string[]): boolean {
  return [...REPORTS, ...others].every((name) => sealOf(join(folder, name)) === "whole");
}

/** `latest` beside the run leads to it. Where a disk knows no links there is none: the folders are all there. */
function pointAt(folder: string): void {
  const link = join(dirname(folder), "latest");
  const temporary = temporaryName(link);
  const isWindows = process.platform === "win32";
  try {
    makeFolder(dirname(folder));
    // A junction needs no rights on Windows, but a whole path, and makes no way for a rename.
    symlinkSync(isWindows ? resolve(folder) : basename(folder), temporary, "junction");
    if (isWindows) rmSync(link, { force: true, recursive: false });
    renamePatiently(temporary, link);
  } catch {
    rmSync(temporary, { force: true });
  }
}
