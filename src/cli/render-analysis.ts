/** An experiment's analysis as text for the terminal. */

import type { Analysis, ArmReading } from "../steps/6-deploy/experiment/analysis.ts";
import { describeAnalysis } from "../steps/6-deploy/experiment/describe-analysis.ts";
import { formatLevel, formatPlain, formatSigned } from "../steps/6-deploy/experiment/format-plain.ts";
import type { Terminal } from "./terminal.ts";

/** The verdict, then the numbers it rests on, then what would make it wrong. An experiment that cannot be read shows no effects. */
export function renderAnalysis(analysis: Analysis, terminal: Pick<Terminal, "paint">): string {
  const lines = describeAnalysis(analysis).map((line) => terminal.paint(analysis.readable ? "bold" : "red", line));
  const isMany = analysis.arms.length > MOST_ARMS;
  if (analysis.readable)
    lines.push(
      "",
      ...analysis.arms.flatMap((reading) =>
        isMany ? [lineOf(reading)] : numbersOf(reading, analysis.control, terminal),
      ),
    );
  lines.push("", terminal.paint("bold", "What would make this wrong"));
  for (const { name, holds, says } of analysis.doubts) {
    const mark =
      holds === true
        ? terminal.paint("red", "found")
        : holds === null
          ? terminal.paint("yellow", "?    ")
          : terminal.paint("green", "no   ");
    lines.push(`  ${mark} ${name}: ${says}`);
  }
  return lines.join("\n");
}

/** Beyond these an arm has one line, so that the verdict and the doubts stay in the window; --json has all. */
const MOST_ARMS = 4;

function lineOf({ arm, comparison, adjustedP }: ArmReading): string {
  const [low, high] = comparison.interval;
  const level = formatLevel(comparison.level);
  return `  ${arm}: effect ${formatSigned(comparison.effect)}, ${level} % interval ${formatSigned(low)} to ${formatSigned(high)}, p ${formatPlain(adjustedP)}`;
}

function numbersOf(reading: ArmReading, controlName: string, terminal: Pick<Terminal, "paint">): readonly string[] {
  const { arm, method, control, treated, comparison, lift, adjustedP } = reading;
  const level = formatLevel(comparison.level);
  const [low, high] = comparison.interval;
  const levels = [treated, control].map((value) => formatPlain(value, digitsBeside(value, comparison.effect)));
  const lines = [
    terminal.paint("dim", `${arm} against ${controlName}, ${method}`),
    `  level     ${levels.join(" against ")}`,
    `  effect    ${formatSigned(comparison.effect)}, ${level} % interval ${formatSigned(low)} to ${formatSigned(high)}`,
  ];
  if (Number.isFinite(lift.lift))
    lines.push(
      `  relative  ${formatSigned(100 * lift.lift)} %, ${level} % interval ${formatSigned(100 * lift.interval[0])} to ${formatSigned(100 * lift.interval[1])} %`,
    );
  const corrected =
    adjustedP === comparison.pValue ? "" : `, ${formatPlain(adjustedP)} after the correction for several arms`;
  lines.push(`  p         ${formatPlain(comparison.pValue)}${corrected}`);
  return lines;
}

/** Digits of a level down to the last one that is shown of the effect, six at least: levels of 1,000,000 differ by 1 in the seventh. */
function digitsBeside(level: number, effect: number): number {
  if (level === 0 || effect === 0) return 6;
  const places = Math.floor(Math.log10(Math.abs(level))) - Math.floor(Math.log10(Math.abs(effect)));
  return Math.min(15, Math.max(6, places + 4));
}
