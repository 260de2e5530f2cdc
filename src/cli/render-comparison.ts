/** Two runs in at most 40 lines: what is better by paired intervals, the ledger before and after, and the figures that moved most. */

import type { RunComparison } from "../node/compare-runs.ts";
import { joined } from "../report/numbers.ts";
import { pairedWords } from "../report/paired-words.ts";
import { type FigurePair, movedMostFirst, nameOf, writtenBoth } from "../report/side-by-side.ts";
import type { RunRecord } from "../system/run-record.ts";
import type { Terminal } from "./terminal.ts";

const MOST_DIFFERENCES = 8;
const MOST_FIGURES = 12;

/** `all` is what to type for every figure. */
export function renderComparison(
  { before, after, differences, why, unlike }: Omit<RunComparison, "unsealed">,
  { paint, width }: Pick<Terminal, "paint" | "width">,
  all: string,
): string {
  const columns = Math.max(60, Math.min(width, 100));
  const shown = differences
    .slice(0, MOST_DIFFERENCES)
    .map((one) => ({ subject: one.subject, name: one.name, ...pairedWords(one) }));
  const subjects = Math.max(0, ...shown.map(({ subject }) => subject.length));
  const verdicts = Math.max(0, ...shown.map(({ verdict }) => verdict.length));
  const told = shown.map(({ subject, name, verdict, restsOn, ...pair }) => {
    const colour = verdict === "better" ? "green" : verdict === "worse" ? "red" : "yellow";
    const rest = restsOn === "" ? "" : `, ${restsOn}`;
    return `  ${subject.padEnd(subjects)}  ${paint(colour, verdict.padEnd(verdicts))}  ${name} ${joined(pair)}${rest}`;
  });
  const changed = movedMostFirst(before, after);
  const biggest = changed.slice(0, MOST_FIGURES);
  return [
    paint("bold", after.title === before.title ? after.title : `${after.title}, against ${before.title}`),
    ...unlike.map((one) => paint("yellow", `not to be held against each other: ${one}`)),
    "After less before, paired on the same requests, 95% intervals:",
    ...(told.length === 0 ? [`  nothing could be paired: ${why}`] : told),
    ...(differences.length > MOST_DIFFERENCES ? [`  and ${differences.length - MOST_DIFFERENCES} more`] : []),
    "",
    ...ledgers(before, after, paint, columns),
    "",
    changed.length === 0
      ? "No figure changed."
      : `${changed.length} figures changed${changed.length > MOST_FIGURES ? `; those that moved most, measured once each` : ""}:`,
    ...biggest.map((pair) => lineOf(pair, columns)),
    "",
    `all     ${paint("dim", all)}`,
  ].join("\n");
}

/** The questions of both runs; a verdict that is the same is said once. */
function ledgers(before: RunRecord, after: RunRecord, paint: Terminal["paint"], columns: number): string[] {
  const width = Math.max(...after.summary.ledger.map(({ question }) => question.length)) + 2;
  return after.summary.ledger.flatMap(({ question, verdict, value }) => {
    const old = before.summary.ledger.find((one) => one.question === question);
    const was = old === undefined ? "not asked" : `${old.verdict}${old.value === "" ? "" : `, ${old.value}`}`;
    const is = `${verdict}${value === "" ? "" : `, ${value}`}`;
    const known = old?.verdict === verdict && old.value !== "" && value !== "";
    const [first, then] = was === is ? [is, ""] : [was, ` → ${known ? value : is}`];
    const line = `  ${paint("dim", question.padEnd(width))}${first}`;
    return 2 + width + first.length + then.length > columns ? [line, `${" ".repeat(width + 1)}${then}`] : [line + then];
  });
}

/** The name is what is cut where the line is long: `--verbose` has it whole. */
function lineOf(pair: FigurePair, columns: number): string {
  const figures = writtenBoth(pair).join(" → ");
  const room = Math.max(LEAST_NAME, columns - figures.length - 4);
  const name = nameOf(pair);
  return `  ${name.length <= room ? name : `${name.slice(0, room - 1).trimEnd()}…`}: ${figures}`;
}

const LEAST_NAME = 12;
