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
  /** What is left of an entry that was mended in part: of what it named, some is named still. */
  readonly left: ReadonlyMap<BaselineEntry, BaselineEntry>;
}

type IsSame = (entry: BaselineEntry, finding: ReviewFinding) => boolean;

/** Surest first, so that an item put before others in a list takes nobody's entry. */
const PASSES: readonly IsSame[] = [
  ({ says, fact }, finding) => says === finding.message && fact === finding.fact,
  ({ says, fact }, finding) =>
    says === finding.message && (fact === undefined || withoutIndexes(fact) === withoutIndexes(finding.fact ?? "")),
  // The sentence holds numbers of the note, which change without the fault being mended.
  ({ fact }, finding) => fact !== undefined && fact === finding.fact,
  isPartOf,
];

/** Nothing is new in what names less than before: "`a` and `b` are not stated" where `a` is stated by now, "2 of 3 …" after "3 of 3 …". */
function isPartOf({ says, fact, times }: BaselineEntry, { message, fact: now }: ReviewFinding): boolean {
  if (times !== undefined || fact?.charAt(0) !== now?.charAt(0)) return false;
  const before = namesIn(says);
  const after = namesIn(message);
  if (after.size > 0 && after.size < before.size && [...after].every((name) => before.has(name))) return true;
  const [counted, counts] = [COUNT.exec(says)?.groups, COUNT.exec(message)?.groups];
  return counted !== undefined && counted.of === counts?.of && Number(counts.count) < Number(counted.count);
}

const COUNT = /^(?<count>\d+) of \d+ (?<of>\S+ \S+)/u;

function namesIn(says: string): ReadonlySet<string> {
  return new Set([...says.matchAll(/`([^`]+)`/gu)].map(([, name]) => name));
}

export function matchEntries(entries: readonly BaselineEntry[], findings: readonly ReviewFinding[]): Matched {
  const seen = entries.map(() => 0);
  const entryOf: (BaselineEntry | undefined)[] = findings.map(() => undefined);
  const left = new Map<BaselineEntry, BaselineEntry>();
  for (const isSame of PASSES) {
    for (const [i, finding] of findings.entries()) {
      if (entryOf[i] !== undefined) continue;
      const at = entries.findIndex(
        (entry, n) => entry.code === finding.code && seen[n] < timesOf(entry) && isSame(entry, finding),
      );
      if (at < 0) continue;
      seen[at]++;
      entryOf[i] = entries[at];
      if (isPartOf(entries[at], finding)) left.set(entries[at], withWordsOf(entries[at], finding));
    }
  }
  return { entryOf, seen, left };
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

function withWordsOf(entry: BaselineEntry, { code, fact, message }: ReviewFinding): BaselineEntry {
  const { expires } = entry;
  return {
    code,
    ...(fact === undefined ? {} : { fact }),
    says: message,
    ...(expires === undefined ? {} : { expires }),
  };
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
