/** Runs the program on a note and reads the record; wall times are left out where runs are compared. */

import { join } from "node:path";
import { expect } from "vitest";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { heptadHere } from "./heptad-here.ts";

export const ROOT = join(import.meta.dirname, "..");
export const PROGRAM = join(ROOT, "bin", "heptad.js");

/** The record that `heptad run` prints; nothing may be said on stderr but what a large run reads and takes. */
export async function runNote(note: string, folder: string, ...args: string[]): Promise<RunRecord> {
  const { stdout, stderr, status } = await heptadHere(folder, ["run", note, "--threads", "2", "--json", ...args]);
  expect(stderr.replace(/^reads {3}.+\ntakes {3}.+\n|^took {4}.+\n/gmu, "")).toBe("");
  expect(status).toBe(0);
  return runRecordSchema.parse(JSON.parse(stdout));
}

/** The value over all cases that a record gives under a subject and a name; NaN where it gives none. */
export function figureOf({ figures }: RunRecord, subject: string, name: string): number {
  return (
    figures.find((one) => one.subject === subject && one.name === name && one.slice === "all")?.value ?? Number.NaN
  );
}

/** Wall times, and how much of the processor others left, differ from run to run; nothing else may. */
export function repeatable({ figures }: RunRecord): RunRecord["figures"] {
  return figures.filter(({ name, unit }) => unit !== "s" && !/at peak$|^processor share$/u.test(name));
}
