/** Figures of two runs beside each other: which of them changed, and how they are written. */

import { subjectText } from "../core/figure.ts";
import { formatFigure } from "../core/format-figure.ts";
import type { RunRecord } from "../system/run-record.ts";
import { joined, pairOf } from "./numbers.ts";

type RecordFigure = RunRecord["figures"][number];
type Measured = Pick<RunRecord, "figures">;

export interface FigurePair {
  readonly before: RecordFigure | null;
  readonly after: RecordFigure | null;
}

/** Figures of both runs by what they measure; null where one run has none. */
export function sideBySide(before: Measured, after: Measured): FigurePair[] {
  const keyOf = (figure: RecordFigure): string =>
    JSON.stringify([figure.step, figure.name, subjectText(figure), figure.slice]);
  const later = new Map(after.figures.map((one) => [keyOf(one), one]));
  const pairs = before.figures.map((one): FigurePair => ({ before: one, after: later.get(keyOf(one)) ?? null }));
  const known = new Set(before.figures.map(keyOf));
  return [
    ...pairs,
    ...after.figures.filter((one) => !known.has(keyOf(one))).map((one): FigurePair => ({ before: null, after: one })),
  ];
}

/** Those that differ, the one that moved most as a share of itself first. */
export function movedMostFirst(before: Measured, after: Measured): readonly FigurePair[] {
  return sideBySide(before, after)
    .filter((pair) => pair.before?.value !== pair.after?.value)
    .sort((a, b) => moved(b) - moved(a));
}

/** How far a figure moved, as a share of what it was; what one run alone has comes first. */
function moved({ before, after }: FigurePair): number {
  if (before === null || after === null) return Number.POSITIVE_INFINITY;
  const size = Math.max(Math.abs(before.value), Math.abs(after.value));
  return size === 0 ? 0 : Math.abs(after.value - before.value) / size;
}

export function nameOf({ before, after }: FigurePair): string {
  const one = after ?? before;
  if (one === null) return "";
  return `${one.name} of ${subjectText(one)}${one.slice === "all" ? "" : ` (${one.slice})`}`;
}

/** As pages write them; in full where they would read alike. */
export function writtenBoth({ before, after }: FigurePair): readonly [before: string, after: string] {
  const write = (figure: RecordFigure | null): string => {
    if (figure === null) return "none";
    return figure.interval === null ? formatFigure(figure) : joined(pairOf(figure));
  };
  const full = (figure: RecordFigure | null): string => (figure === null ? "none" : formatFigure(figure));
  const [was, is] = [write(before), write(after)];
  return was === is ? [full(before), full(after)] : [was, is];
}

/** What the note stated otherwise when each of them ran; undefined where a record does not say what was stated. */
export function changedFacts(
  { facts: a }: Pick<RunRecord, "facts">,
  { facts: b }: Pick<RunRecord, "facts">,
): readonly { readonly key: string; readonly before?: string; readonly after?: string }[] | undefined {
  if (a === undefined || b === undefined) return undefined;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((key) => a[key] !== b[key])
    .map((key) => ({ key, before: a[key], after: b[key] }));
}
