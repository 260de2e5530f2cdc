/** Findings that a team has taken on as they are: old ones are counted, new ones stay, mended ones go, and an entry may expire. */

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { FailureError } from "../core/outcome.ts";
import { createFileAtomically, writeFileAtomically } from "./atomic-write.ts";
import { type BaselineEntry, entriesOf, matchEntries, timesOf, withTimes } from "./baseline-entries.ts";
import { nearestAbove } from "./nearest-above.ts";
import { pathFromHere } from "./project-path.ts";
import { CONFIGURATION_FILE } from "./project-settings.ts";
import { readTextFile } from "./read-text-file.ts";
import type { ReviewedNote } from "./review-notes.ts";
import { wasLookedAt } from "./was-looked-at.ts";

export const BASELINE_FILE = "heptad.baseline.yaml";

const HEAD = `# Findings that were there when the review was adopted: counted, not failed on. Written by \`heptad check --baseline\`.
# A mended finding goes by itself. \`expires: 2027-06-30\` on an entry, or at the top for all, is the last day on which it counts.
`;

const day = z.string().refine(isDay, "this is no day: write one such as 2027-06-30");
const entry = z.strictObject({
  code: z.string(),
  fact: z.string().optional(),
  says: z.string(),
  times: z.int().min(1).optional(),
  expires: day.optional(),
});
const schema = z.strictObject({
  expires: day.optional(),
  findings: z.record(z.string(), z.array(entry)),
});

type Baseline = z.output<typeof schema>;

export interface BaselineOptions {
  /** A calendar day. */
  readonly today: string;
  /** False where what is reviewed is not what lies in the folder: the file is read, and stays as it is. */
  readonly mayWrite: boolean;
  /** Whether folders were gone through, so that a note that has moved would have been met. */
  readonly lookedAround: boolean;
  /** Whether mappings were held against their files. */
  readonly withData: boolean;
}

export interface BaselineResult {
  /** The notes with the findings that the baseline does not hold. */
  readonly notes: readonly ReviewedNote[];
  /** How many findings the baseline holds of these notes. */
  readonly counted: number;
  /** Findings that were looked for and are gone. */
  readonly pruned: number;
  /** Findings that name less than they did: what is left of them is held, and no more. */
  readonly shrunk: number;
  /** Findings that went with their notes. */
  readonly gone: number;
  /** Findings of these notes that are held on, because what they are about was not looked at. */
  readonly unseen: number;
  /** Findings that count again because their day has passed. */
  readonly expired: number;
  /** True where the file was made in this call: everything found is held. */
  readonly adopted: boolean;
}

/** The file of the notebook that the current folder lies in: the nearest that is there, or where its root is. */
export function baselinePath(cwd = process.cwd()): string {
  return join(nearestAbove(cwd, [BASELINE_FILE, CONFIGURATION_FILE, ".git"]) ?? cwd, BASELINE_FILE);
}

/** The notes that a baseline holds findings of, as they are called from the current folder. */
export function notesInBaseline(path: string): ReadonlySet<string> {
  if (!existsSync(path)) return new Set();
  return new Set(Object.keys(readBaseline(path).findings).map((file) => pathFromHere(join(dirname(path), file))));
}

/**
 * Compares the findings of all notes with the file, or makes it where there is none. Only what was looked for and not found is taken
 * out: notes and rules that this call did not look at keep their entries, and the entries of a note that has moved go with it.
 * Throws a `FailureError` for a file that cannot be read, and for none where none may be made.
 */
export function withBaseline(
  notes: readonly ReviewedNote[],
  path: string,
  { today, mayWrite, lookedAround, withData }: BaselineOptions,
): BaselineResult {
  const root = dirname(path);
  const nameOf = (note: ReviewedNote): string => pathFromHere(resolve(note.review.file), root);
  if (!existsSync(path)) {
    if (!mayWrite) throw noBaseline(path);
    const findings: Baseline["findings"] = {};
    for (const note of notes)
      if (note.review.findings.length > 0) findings[nameOf(note)] = entriesOf(note.review.findings);
    createFileAtomically(path, written({ findings }));
    const counted = notes.reduce((sum, { review }) => sum + review.findings.length, 0);
    return { notes: notes.map(withoutFindings), counted, ...NOTHING, adopted: true };
  }
  const baseline = readBaseline(path);
  const kept: Baseline["findings"] = {};
  const moved = new Map<string, readonly BaselineEntry[]>();
  const sums = { counted: 0, pruned: 0, shrunk: 0, gone: 0, unseen: 0, expired: 0 };
  const reviewed = new Set(notes.map(nameOf));
  for (const [file, entries] of Object.entries(baseline.findings)) {
    if (reviewed.has(file)) continue;
    const isThere = existsSync(join(root, file));
    const isNew = (name: string): boolean => baseline.findings[name] === undefined && !moved.has(name);
    const heir = isThere ? undefined : notes.find((note) => isNew(nameOf(note)) && isHeir(note, entries));
    if (heir !== undefined) moved.set(nameOf(heir), entries);
    else if (isThere || !lookedAround) kept[file] = entries;
    else sums.gone += entries.reduce((sum, one) => sum + timesOf(one), 0);
  }
  const left = notes.map((note): ReviewedNote => {
    const { review } = note;
    const entries = baseline.findings[nameOf(note)] ?? moved.get(nameOf(note)) ?? [];
    // What is waived is there still: it is neither told nor mended.
    const {
      entryOf,
      seen,
      left: rest,
    } = matchEntries(entries, [...review.findings, ...review.waived.map(({ finding }) => finding)]);
    const findings = review.findings.filter((_, i) => {
      const held = entryOf[i];
      if (held === undefined) return true;
      const last = held.expires ?? baseline.expires;
      const isOver = last !== undefined && last < today;
      sums[isOver ? "expired" : "counted"]++;
      return isOver;
    });
    sums.shrunk += rest.size;
    const still = entries.flatMap((held, i) => {
      const one = rest.get(held) ?? held;
      const lost = timesOf(one) - seen[i];
      if (lost === 0) return [one];
      const isMended = wasLookedAt(one.code, review, withData);
      sums[isMended ? "pruned" : "unseen"] += lost;
      if (!isMended) return [one];
      return seen[i] === 0 ? [] : [withTimes(one, seen[i])];
    });
    if (still.length > 0) kept[nameOf(note)] = still;
    return { ...note, review: { ...review, findings } };
  });
  if (mayWrite && sums.pruned + sums.shrunk + sums.gone + moved.size > 0)
    writeFileAtomically(path, written({ ...baseline, findings: kept }));
  return { notes: left, ...sums, adopted: false };
}

const NOTHING = { pruned: 0, shrunk: 0, gone: 0, unseen: 0, expired: 0 } as const;

/** A note under a new name has every finding that the old one had. */
function isHeir({ review }: ReviewedNote, entries: readonly BaselineEntry[]): boolean {
  const { seen } = matchEntries(entries, review.findings);
  return entries.length > 0 && entries.every((one, i) => seen[i] === timesOf(one));
}

function withoutFindings(note: ReviewedNote): ReviewedNote {
  return { ...note, review: { ...note.review, findings: [] } };
}

/** 2027-02-30 has the form of a day and is none. */
function isDay(text: string): boolean {
  const moment = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return moment !== undefined && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

function written({ expires, findings }: Baseline): string {
  const sorted = Object.fromEntries(Object.entries(findings).sort(([a], [b]) => (a < b ? -1 : 1)));
  return HEAD + stringify({ ...(expires === undefined ? {} : { expires }), findings: sorted }, { lineWidth: 0 });
}

function readBaseline(path: string): Baseline {
  let value: unknown;
  try {
    value = parse(readTextFile(path));
  } catch (error) {
    if (error instanceof FailureError) throw error;
    throw wrong(path, error instanceof Error ? error.message.split("\n")[0] : String(error));
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrong(path, `\`${issue.path.join(".")}\`: ${issue.message}`);
}

function noBaseline(path: string): FailureError {
  return new FailureError({
    code: "no-baseline",
    message: "there is no baseline, and none is begun from what is staged",
    where: pathFromHere(path),
    fix: "heptad check --baseline, without --staged, begins one",
  });
}

function wrong(path: string, message: string): FailureError {
  return new FailureError({
    code: "bad-baseline",
    message,
    where: path,
    fix: "mend the file, or delete it to begin a new baseline with the findings of today",
  });
}
