/** An estimate at a glance: what breaks, each answer on a line with where it comes from, and what is missing. */

import { formatQuantity } from "../core/format-quantity.ts";
import { plural } from "../core/plural.ts";
import { shellWord } from "../core/shell-word.ts";
import { shortenedText } from "../core/shortened-text.ts";
import type { FilledSheet } from "../estimate/sheet.ts";
import { checkedLimits, type DesignEstimate, type DesignSimulation, proposedBehind } from "../note/estimate-design.ts";
import type { Design } from "../steps/design.ts";
import { plainFailure } from "./render-estimate.ts";
import type { Terminal } from "./terminal.ts";

/** A window's worth: beyond it, the answers that break nothing are counted. */
const MOST_ROWS = 22;
const MOST_TROUBLES = 6;
const MOST_MISSING = 4;

export function renderBriefEstimate(
  { file, front }: Design,
  estimate: DesignEstimate,
  simulation: DesignSimulation | undefined,
  { paint, width }: Pick<Terminal, "paint" | "width">,
): string {
  const columns = Math.max(60, Math.min(width, 100));
  const chosen = estimate.sheets.filter(({ isAlternative, answer }) => !isAlternative && answer !== undefined);
  const troubles = troublesOf(estimate, simulation);
  const { missing } = estimate;
  const verdicts: (readonly ["green" | "red" | "yellow", string])[] = [
    troubles.length === 0
      ? checkedLimits(estimate) > 0
        ? ["green", "every limit that can be checked holds"]
        : ["yellow", "no limit can be checked yet"]
      : ["red", troubles.length === 1 ? "1 limit breaks" : `${troubles.length} limits break`],
  ];
  if (missing.length > 0)
    verdicts.push(["yellow", missing.length === 1 ? "1 fact is missing" : `${missing.length} facts are missing`]);
  const isLong = `${front.title}: ${verdicts.map(([, words]) => words).join(", ")}`.length > columns;
  const said = verdicts.map(([colour, words]) => paint(colour, words));
  const lines = [`${paint("bold", front.title)}:${isLong ? "\n  " : " "}${said.join(", ")}`];
  if (troubles.length > 0) {
    lines.push("", paint("bold", "Breaks"));
    for (const trouble of troubles.slice(0, MOST_TROUBLES)) lines.push(`  ${shortenedText(trouble, columns - 2)}`);
    if (troubles.length > MOST_TROUBLES) lines.push(`  and ${troubles.length - MOST_TROUBLES} more`);
  }
  lines.push("", ...rows(chosen, estimate, columns));
  if (simulation !== undefined) {
    const [p50, p99] = [simulation.p50, simulation.p99].map((seconds) => formatQuantity(seconds, "duration"));
    lines.push(shortenedText(`  6  simulated at the peak: p50 ${p50}, p99 ${p99} (${simulation.model})`, columns));
  }
  const { proposed } = estimate;
  if (proposed.length > 0) {
    lines.push("", paint("bold", "Proposed, not accepted"));
    for (const { says } of proposed.slice(0, MOST_MISSING)) lines.push(`  ${shortenedText(says, columns - 2)}`);
    if (proposed.length > MOST_MISSING) lines.push(`  and ${proposed.length - MOST_MISSING} more`);
    lines.push("  answers rest on these; delete the mark `# proposed` of what you accept");
  }
  if (missing.length > 0) {
    lines.push("", paint("bold", "Missing"));
    for (const { key, example, about } of missing.slice(0, MOST_MISSING))
      lines.push(...missingLines(about, `write \`${key}: ${example}\``, columns));
    if (missing.length > MOST_MISSING) lines.push(`  and ${missing.length - MOST_MISSING} more`);
  }
  const assumed = new Set(chosen.flatMap(({ assumptions }) => assumptions.map(({ input, text }) => `${input} ${text}`)))
    .size;
  const which = assumed === 0 ? "" : `, the ${assumed} values that were assumed`;
  const way = `heptad estimate ${shellWord(file)} --verbose`;
  const gives = `every derivation${which}, and what was not chosen`;
  lines.push("", ...(way.length + gives.length + 4 > columns ? [way, `    ${gives}`] : [`${way}    ${gives}`]));
  return lines.join("\n");
}

/** What breaks, in sentences: limits, sheets that cannot be, and the simulated peak. */
export function troublesOf({ broken, failed }: DesignEstimate, simulation: DesignSimulation | undefined): string[] {
  const late =
    simulation?.limit !== undefined && simulation.p99 > simulation.limit
      ? [
          `the simulated p99 of ${formatQuantity(simulation.p99, "duration")} exceeds ${formatQuantity(simulation.limit, "duration")}`,
        ]
      : [];
  return [...broken.map((limit) => limit.broken), ...failed.map(plainFailure), ...late];
}

/** Step, what it is, the answer, and the last line of its derivation with the number of values assumed. */
function rows(sheets: readonly FilledSheet[], estimate: DesignEstimate, columns: number): string[] {
  const shown = sheets.slice(0, MOST_ROWS);
  const names = shown.map(({ title, subject }) => (subject === "" ? title : `${title}: ${subject}`));
  const answers = shown.map(({ answer }) => answer?.text ?? "");
  const answerWide = Math.max(...answers.map((answer) => answer.length), 0);
  const longest = Math.max(...names.map((name) => name.length), 0);
  const wide = Math.max(16, Math.min(42, longest, columns - answerWide - AROUND));
  const lines = shown.map((sheet, i) => {
    const { step, answer, assumptions } = sheet;
    const counts = [
      [assumptions.length, "assumed"],
      [proposedBehind(sheet, estimate).length, "proposed"],
    ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
    const rests = counts.length === 0 ? "" : ` (${counts.join(", ")})`;
    const head = `  ${step}  ${shortenedText(names[i], wide).padEnd(wide)}  ${answers[i].padStart(answerWide)}  `;
    const room = columns - head.length - rests.length;
    return `${head}${room < 8 ? "" : shortenedText(answer?.substituted ?? "", room)}${rests}`.trimEnd();
  });
  return sheets.length > shown.length
    ? [...lines, `  and ${plural(sheets.length - shown.length, "more answer")}`]
    : lines;
}

/** The step's number, the spaces between, and how many values were assumed. */
const AROUND = 22;

/** What is missing, and what to write: that is never cut, and takes a line of its own where both do not fit. */
function missingLines(about: string, write: string, columns: number): readonly string[] {
  const line = `  ${about}: ${write}`;
  return line.length <= columns ? [line] : [`  ${shortenedText(`${about}:`, columns - 2)}`, `    ${write}`];
}
