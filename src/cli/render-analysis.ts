/** An experiment's analysis as text for the terminal. */

import { plural } from "../core/plural.ts";
import type { Analysis, ArmReading } from "../steps/6-deploy/experiment/analysis.ts";
import { describeAnalysis } from "../steps/6-deploy/experiment/describe-analysis.ts";
import { formatLevel, formatP, formatPlain, formatSigned } from "../steps/6-deploy/experiment/format-plain.ts";
import type { Terminal } from "./terminal.ts";
import { tightShares, wrapLines } from "./wrap-text.ts";

export interface AnalysisOptions {
  /** Every reading with all its numbers, and every doubt with what was looked at. */
  readonly isWhole: boolean;
}

/** The verdict, then the numbers it rests on, then what would make it wrong. An experiment that cannot be read shows no effects. */
export function renderAnalysis(
  analysis: Analysis,
  { paint, width }: Pick<Terminal, "paint" | "width">,
  { isWhole }: AnalysisOptions,
): string {
  const columns = Math.max(60, Math.min(width, 100));
  const numbers = analysis.readable ? ["", ...numbersOfArms(analysis, isWhole, paint)] : [];
  const doubts = ["", paint("bold", "What would make this wrong"), ...doubtLines(analysis, columns, isWhole, paint)];
  const style = analysis.readable ? "bold" : "red";
  const readings = gravestFirst(analysis).map((line) =>
    wrapLines([line], columns)
      .split("\n")
      .map((part) => paint(style, part)),
  );
  const room = isWhole ? Number.POSITIVE_INFINITY : MOST_LINES - numbers.length - doubts.length - 1;
  const shown: string[] = [];
  let left = readings.length;
  for (const lines of readings) {
    if (shown.length + lines.length > room && shown.length > 0) break;
    shown.push(...lines);
    left--;
  }
  if (left > 0) shown.push(`and ${left} more; --verbose has all of them`);
  return tightShares([...shown, ...numbers, ...doubts].join("\n"));
}

/** A window's worth. */
const MOST_LINES = 40;
/** Arms beyond these are counted. */
const MOST_ARMS = 6;

/** The arms, then what is harmed, what is open, and what is protected. */
function gravestFirst(analysis: Analysis): readonly string[] {
  const said = describeAnalysis(analysis);
  if (!analysis.readable) return said;
  const rank = { harmed: 0, open: 1, protected: 2 } as const;
  const guards = analysis.guardrails
    .map(({ result }, i) => ({ rank: rank[result.verdict], line: said[analysis.arms.length + i] }))
    .toSorted((one, other) => one.rank - other.rank);
  return [...said.slice(0, analysis.arms.length), ...guards.map(({ line }) => line)];
}

/** One arm has its numbers whole, several a line each. */
function numbersOfArms({ arms, control }: Analysis, isWhole: boolean, paint: Terminal["paint"]): readonly string[] {
  if (isWhole || arms.length === 1) return arms.flatMap((reading) => numbersOf(reading, control, paint));
  const more = arms.length > MOST_ARMS ? [`  and ${plural(arms.length - MOST_ARMS, "more arm")}`] : [];
  const head = arms.some(isCorrected)
    ? [paint("dim", "  each interval is of its arm alone; p is corrected for several arms")]
    : [];
  return [...head, ...arms.slice(0, MOST_ARMS).map(lineOf), ...more];
}

/** What was found and what nobody can know come forward; what was looked for and not found is one line. */
function doubtLines(
  { doubts }: Analysis,
  columns: number,
  isWhole: boolean,
  paint: Terminal["paint"],
): readonly string[] {
  const written = (mark: string, text: string): readonly string[] => {
    const [first, ...rest] = wrapLines([text], columns - MARK).split("\n");
    return [`  ${mark}${first}`, ...rest.map((line) => `${" ".repeat(MARK)}${line}`)];
  };
  const said = (holds: boolean | null): readonly string[] =>
    doubts
      .filter((doubt) => doubt.holds === holds)
      .flatMap(({ name, says }) =>
        written(paint(holds ? "red" : "yellow", holds ? "found " : "?     "), `${name}: ${says}`),
      );
  const absent = doubts.filter(({ holds }) => holds === false);
  const none = isWhole
    ? absent.flatMap(({ name, says }) => written(paint("green", "no    "), `${name}: ${says}`))
    : written(paint("green", "no    "), absent.map(({ name }) => name).join(", "));
  return [...said(true), ...said(null), ...(absent.length === 0 ? [] : none)];
}

/** Columns of an indent and a mark. */
const MARK = 8;

function isCorrected({ comparison, adjustedP }: Pick<ArmReading, "comparison" | "adjustedP">): boolean {
  return adjustedP !== comparison.pValue;
}

function lineOf(reading: ArmReading): string {
  const { arm, comparison, adjustedP } = reading;
  const [low, high] = comparison.interval;
  const level = formatLevel(comparison.level);
  const p = isCorrected(reading) ? "corrected p" : "p";
  return `  ${arm}: effect ${formatSigned(comparison.effect)}, ${level} % interval ${formatSigned(low)} to ${formatSigned(high)}, ${p} ${formatP(adjustedP)}`;
}

function numbersOf(reading: ArmReading, controlName: string, paint: Terminal["paint"]): readonly string[] {
  const { arm, method, control, treated, comparison, lift, adjustedP } = reading;
  const level = formatLevel(comparison.level);
  const [low, high] = comparison.interval;
  const levels = [treated, control].map((value) => formatPlain(value, digitsBeside(value, comparison.effect)));
  const alone = isCorrected(reading) ? ", of this arm alone" : "";
  const lines = [
    paint("dim", `${arm} against ${controlName}, ${method}`),
    `  level     ${levels.join(" against ")}`,
    `  effect    ${formatSigned(comparison.effect)}, ${level} % interval ${formatSigned(low)} to ${formatSigned(high)}${alone}`,
  ];
  if (Number.isFinite(lift.lift))
    lines.push(
      `  relative  ${formatSigned(100 * lift.lift)} %, ${level} % interval ${formatSigned(100 * lift.interval[0])} to ${formatSigned(100 * lift.interval[1])} %`,
    );
  const corrected =
    adjustedP === comparison.pValue ? "" : `, ${formatP(adjustedP)} after the correction for several arms`;
  lines.push(`  p         ${formatP(comparison.pValue)}${corrected}`);
  return lines;
}

/** Digits of a level down to the last one that is shown of the effect, six at least: levels of 1,000,000 differ by 1 in the seventh. */
function digitsBeside(level: number, effect: number): number {
  if (level === 0 || effect === 0) return 6;
  const places = Math.floor(Math.log10(Math.abs(level))) - Math.floor(Math.log10(Math.abs(effect)));
  return Math.min(15, Math.max(6, places + 4));
}
