/** Which held entry speaks of which finding: by rule and place of the fact, and by the sentence only where there is no such place. */

import type { ReviewFinding } from "../review/review.ts";

export interface BaselineEntry {
  readonly code: string;
  /** Path of the fact, such as `3.split.by`; absent for findings that are about no fact, and in files of earlier versions. */
  readonly fact?: string;
  readonly says: string;
  readonly times?: number;
  readonly expires?: string;
}

export interface Matched {
  /** The entry that holds a finding, in the order of the findings. */
  readonly entryOf: readonly (BaselineEntry | undefined)[];
  /** How many findings each entry holds, in the order of the entries. */
  readonly seen: readonly number[];
}

type IsSame = (entry: BaselineEntry, finding: ReviewFinding) => boolean;

/** Surest first, so that an item put before others in a list takes nobody's entry. */
const PASSES: readonly IsSame[] = [
  ({ says, fact }, finding) => says === finding.message && fact === finding.fact,
  ({ says, fact }, finding) =>
    says === finding.message && (fact === undefined || withoutIndexes(fact) === withoutIndexes(finding.fact ?? "")),
  // The sentence holds numbers of the note, which change without the fault being mended.
  ({ fact }, finding) => fact !== undefined && fact === finding.fact,
];

export function matchEntries(entries: readonly BaselineEntry[], findings: readonly ReviewFinding[]): Matched {
  const seen = entries.map(() => 0);
  const entryOf: (BaselineEntry | undefined)[] = findings.map(() => undefined);
  for (const isSame of PASSES) {
    for (const [i, finding] of findings.entries()) {
      if (entryOf[i] !== undefined) continue;
      const at = entries.findIndex(
        (entry, n) => entry.code === finding.code && seen[n] < timesOf(entry) && isSame(entry, finding),
      );
      if (at < 0) continue;
      seen[at]++;
      entryOf[i] = entries[at];
    }
  }
  return { entryOf, seen };
}

export function entriesOf(findings: readonly ReviewFinding[]): BaselineEntry[] {
  const entries: BaselineEntry[] = [];
  for (const { code, fact, message } of findings) {
    const before = entries.findIndex((one) => one.code === code && one.fact === fact && one.says === message);
    if (before < 0) entries.push({ code, ...(fact === undefined ? {} : { fact }), says: message });
    else entries[before] = withTimes(entries[before], timesOf(entries[before]) + 1);
  }
  return entries;
}

export function timesOf({ times }: BaselineEntry): number {
  return times ?? 1;
}

export function withTimes({ times: _, ...one }: BaselineEntry, times: number): BaselineEntry {
  return times === 1 ? one : { ...one, times };
}

function withoutIndexes(fact: string): string {
  return fact.replaceAll(/\[\d+\]/gu, "[]");
}
