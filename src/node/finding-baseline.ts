/** Findings that a team has taken on as they are: old ones are counted, new ones stay, mended ones go, and an entry may expire. */

import { existsSync } from "node:fs";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { FailureError } from "../core/outcome.ts";
import type { ReviewFinding } from "../review/review.ts";
import { createFileAtomically, writeFileAtomically } from "./atomic-write.ts";
import { readTextFile } from "./read-text-file.ts";
import type { ReviewedNote } from "./review-notes.ts";

export const BASELINE_FILE = "heptad.baseline.yaml";

const HEAD = `# Findings that were there when the review was adopted: counted, not failed on. Written by \`heptad check --baseline\`.
# A mended finding goes by itself. \`expires: 2027-06-30\` on an entry, or at the top for all, is the last day on which it counts.
`;

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, "write a day such as 2027-06-30");
const entry = z.strictObject({
  code: z.string(),
  says: z.string(),
  times: z.int().min(1).optional(),
  expires: day.optional(),
});
const schema = z.strictObject({
  expires: day.optional(),
  findings: z.record(z.string(), z.array(entry)),
});

type Baseline = z.output<typeof schema>;

export interface BaselineResult {
  /** The notes with the findings that the baseline does not hold. */
  readonly notes: readonly ReviewedNote[];
  /** How many findings the baseline holds of these notes. */
  readonly counted: number;
  /** Entries that were mended and are gone. */
  readonly pruned: number;
  /** Findings that count again because their day has passed. */
  readonly expired: number;
  /** True where the file was made in this call: everything found is held. */
  readonly adopted: boolean;
}

/**
 * Compares the findings of all notes with the file in the current folder, or makes it where there is none. `today` is a calendar day.
 * Notes that were not reviewed keep their entries, unless their file is gone. Throws a `FailureError` for a file that cannot be read.
 */
export function withBaseline(notes: readonly ReviewedNote[], today: string, path = BASELINE_FILE): BaselineResult {
  if (!existsSync(path)) {
    const findings: Baseline["findings"] = {};
    for (const { review } of notes) if (review.findings.length > 0) findings[review.file] = entriesOf(review.findings);
    createFileAtomically(path, written({ findings }));
    const counted = notes.reduce((sum, { review }) => sum + review.findings.length, 0);
    return { notes: notes.map(withoutFindings), counted, pruned: 0, expired: 0, adopted: true };
  }
  const baseline = readBaseline(path);
  const kept: Baseline["findings"] = {};
  let counted = 0;
  let pruned = 0;
  let expired = 0;
  const reviewed = new Map(notes.map((note) => [note.review.file, note]));
  for (const [file, entries] of Object.entries(baseline.findings)) {
    if (reviewed.has(file)) continue;
    if (existsSync(file)) kept[file] = entries;
    else pruned += entries.length;
  }
  const left = notes.map((note): ReviewedNote => {
    const entries = baseline.findings[note.review.file] ?? [];
    const open = entries.map((one) => ({ one, seen: 0 }));
    const findings = note.review.findings.filter((finding) => {
      const held = open.find(({ one, seen }) => isSame(one, finding) && seen < (one.times ?? 1));
      if (held === undefined) return true;
      held.seen++;
      const last = held.one.expires ?? baseline.expires;
      const isOver = last !== undefined && last < today;
      if (isOver) expired++;
      else counted++;
      return isOver;
    });
    const still = open.filter(({ seen }) => seen > 0);
    pruned += open.reduce((sum, { one, seen }) => sum + (one.times ?? 1) - seen, 0);
    if (still.length > 0) kept[note.review.file] = still.map(({ one, seen }) => withTimes(one, seen));
    return { ...note, review: { ...note.review, findings } };
  });
  if (pruned > 0) writeFileAtomically(path, written({ ...baseline, findings: kept }));
  return { notes: left, counted, pruned, expired, adopted: false };
}

function withoutFindings(note: ReviewedNote): ReviewedNote {
  return { ...note, review: { ...note.review, findings: [] } };
}

function entriesOf(findings: readonly ReviewFinding[]): Baseline["findings"][string] {
  const entries: Baseline["findings"][string] = [];
  for (const { code, message } of findings) {
    const before = entries.findIndex((one) => one.code === code && one.says === message);
    if (before < 0) entries.push({ code, says: message });
    else entries[before] = withTimes(entries[before], (entries[before].times ?? 1) + 1);
  }
  return entries;
}

function withTimes(
  { times: _, ...one }: Baseline["findings"][string][number],
  times: number,
): Baseline["findings"][string][number] {
  return times === 1 ? one : { ...one, times };
}

function isSame({ code, says }: { readonly code: string; readonly says: string }, finding: ReviewFinding): boolean {
  return code === finding.code && says === finding.message;
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

function wrong(path: string, message: string): FailureError {
  return new FailureError({
    code: "bad-baseline",
    message,
    where: path,
    fix: "mend the file, or delete it to begin a new baseline with the findings of today",
  });
}
