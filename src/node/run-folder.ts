/** The folder of a run: its record and its reports, sealed by their checksums, and `latest` beside them for whoever looks for the newest. */

import { readFileSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { renderMarkdown } from "../report/markdown.ts";
import type { ReportSection, ReportTable } from "../report/sections.ts";
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
  if (!(isKnown && isWhole(folder, Object.keys(made)))) await write(folder, { record, sections }, made);
  pointAt(folder);
}

/** A table of a step, and what is to be said of it, that came of something else than the run. */
export interface AddedSection {
  readonly step: number;
  readonly table: ReportTable;
  readonly answers: readonly string[];
}

/** Adds to the reports of a run that is there; what was added before goes. It stays where the same run is written anew. */
export async function addToReport(
  folder: string,
  contents: Pick<RunContents, "record" | "sections">,
  added: AddedSection,
): Promise<void> {
  writeFileAtomically(join(folder, ADDED), `${JSON.stringify(added, null, 2)}\n`);
  await write(folder, contents, {});
}

async function write(
  folder: string,
  { record, sections }: Pick<RunContents, "record" | "sections">,
  made: RunContents["files"],
): Promise<void> {
  // Drawing needs large packages, which a run with nothing new to draw should not wait for.
  const { renderHtml } = await import("../report/html.ts");
  const all = withAdded(sections, readAdded(join(folder, ADDED)));
  const files: Readonly<Record<string, string | Uint8Array>> = {
    ...made,
    "run.json": `${JSON.stringify(record, null, 2)}\n`,
    "report.md": renderMarkdown(record, all),
    "report.html": renderHtml(record, all),
  };
  for (const [name, text] of Object.entries(files)) writeFileAtomically(join(folder, name), text);
  writeSeal(folder, files);
}

const REPORTS = ["run.json", "report.md", "report.html"];
const ADDED = "load.json";

const addedSchema = z.strictObject({
  step: z.int(),
  table: z.strictObject({
    title: z.string(),
    header: z.array(z.string()),
    rows: z.array(z.array(z.string())),
  }),
  answers: z.array(z.string()),
});

/** Undefined where nothing was added, and where it is not what was written. */
function readAdded(path: string): AddedSection | undefined {
  try {
    return addedSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

function withAdded(sections: readonly ReportSection[], added: AddedSection | undefined): readonly ReportSection[] {
  if (added === undefined) return sections;
  return sections.map((section) =>
    section.step === added.step
      ? {
          ...section,
          tables: [...section.tables, added.table],
          answers: [...section.answers, ...added.answers],
        }
      : section,
  );
}

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
