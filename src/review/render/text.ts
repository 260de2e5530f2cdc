/** Findings as text for a terminal: the offending lines with carets, what is wrong, why, and what to write instead. */

import type { Severity } from "../../core/finding.ts";
import { formatPlace, type Span } from "../../core/span.ts";
import type { Review, ReviewFinding } from "../review.ts";
import { stepOfCode } from "../step-of-code.ts";
import { type Summary, summarize } from "../summary.ts";
import { plural } from "../words.ts";

export interface TextOptions {
  /** The text of a file by its name, for the lines shown. */
  readonly textOf: (file: string) => string;
  readonly paint: (style: "bold" | "dim" | "red" | "yellow" | "green" | "cyan", text: string) => string;
  readonly width: number;
}

export const COLOURS = { error: "red", warning: "yellow", advice: "cyan" } as const;

/** All reviews, findings first and the counts last. */
export function renderText(reviews: readonly Review[], options: TextOptions): string {
  const parts = reviews.flatMap((review) => {
    const lines = createLines(options.textOf(review.file));
    const remark = review.fromProse ? [options.paint("dim", `${review.file} holds no facts; read from its prose`)] : [];
    const waived = review.waived.map(({ finding, reason }) =>
      options.paint(
        "dim",
        `waived[${finding.code}] ${shown(finding.message)}\n  ${formatPlace(finding.at)}\n  reason: ${shown(reason)}`,
      ),
    );
    return [...remark, ...review.findings.map((finding) => renderFinding(finding, lines, options)), ...waived];
  });
  return [...parts, renderSummary(summarize(reviews), options)].join("\n\n");
}

/** A note may hold what a terminal would obey; here it is only shown. */
function shown(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => (character === "\t" ? " " : "�"));
}

/** One finding with its lines. */
export function renderFinding(finding: ReviewFinding, lines: readonly string[], options: TextOptions): string {
  const { code, severity, message, at, related = [], why, fix, waiting, edits } = finding;
  const { paint } = options;
  const marks = [
    { span: at, label: finding.label ?? "", sign: "^", style: COLOURS[severity] },
    ...related.map((one) => ({ span: one.at, label: one.message, sign: "-", style: "cyan" as const })),
  ];
  const gutter = Math.max(...marks.map(({ span }) => String(span.start.line).length));
  const marked = marks.flatMap((mark) => renderMark(mark, lines, gutter, options));
  const mend = edits === undefined ? "" : paint("dim", " (heptad check --fix does it)");
  const step = stepOfCode(code) > 0 ? `   step ${stepOfCode(code)}` : "";
  return [
    `${paint(COLOURS[severity], `${severity}[${code}]`)} ${paint("bold", shown(message))}`,
    `  ${formatPlace(at)}${paint("dim", step)}`,
    ...marked,
    ...(why === undefined ? [] : [`  ${paint("dim", "why:")} ${wrap(shown(why), options.width)}`]),
    ...(fix === undefined ? [] : [`  ${paint("dim", "fix:")} ${wrapLines(fix, options.width)}${mend}`]),
    ...(waiting === undefined
      ? []
      : [`  ${paint("dim", `waiting for it: ${wrap(waiting.join(", "), options.width)}`)}`]),
    ...(/^HP[1-7]/u.test(code) ? [`  ${paint("dim", `more: heptad explain ${code}`)}`] : []),
  ].join("\n");
}

interface Mark {
  readonly span: Span;
  readonly label: string;
  readonly sign: string;
  readonly style: "red" | "yellow" | "cyan";
}

const MARGIN = 12;

/** The line with the marked stretch underlined; a long line is cut around the mark, a longer stretch at the line's end. */
function renderMark(
  { span, label, sign, style }: Mark,
  lines: readonly string[],
  gutter: number,
  { paint, width }: TextOptions,
): string[] {
  const line = lines[span.start.line - 1] ?? "";
  const from = span.start.column - 1;
  const to = span.end.line === span.start.line ? span.end.column - 1 : line.trimEnd().length;
  const length = Math.max(1, Math.min(to, line.length) - from);
  const room = Math.max(40, width - gutter - 8);
  const first = line.length <= room ? 0 : Math.max(0, Math.min(from - MARGIN, line.length - room));
  const cut = `${first > 0 ? "…" : ""}${line.slice(first, first + room)}${first + room < line.length ? "…" : ""}`;
  const before = " ".repeat(from - first + (first > 0 ? 1 : 0));
  const underline = paint(style, `${sign.repeat(Math.min(length, room))}${label === "" ? "" : ` ${shown(label)}`}`);
  const bar = paint("dim", "│");
  return [
    `  ${paint("dim", String(span.start.line).padStart(gutter))} ${bar} ${shown(cut)}`,
    `  ${" ".repeat(gutter)} ${bar} ${before}${underline}`,
  ];
}

/** The last line: what was found, and how the rules ended. */
export function renderSummary(summary: Summary, { paint }: Pick<TextOptions, "paint">): string {
  const { errors, warnings, advice, waived, fixable, notes, rules } = summary;
  const counts: readonly (readonly [number, Severity, string, string])[] = [
    [errors, "error", "error", "errors"],
    [warnings, "warning", "warning", "warnings"],
    [advice, "advice", "piece of advice", "pieces of advice"],
  ];
  const found = counts
    .filter(([count]) => count > 0)
    .map(([count, severity, one, many]) => paint(COLOURS[severity], plural(count, one, many)));
  const rest = [
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(fixable > 0 ? [`${fixable} can be mended with --fix`] : []),
    ...(rules.unknown > 0
      ? [`${plural(rules.unknown, "rule")} ${rules.unknown === 1 ? "waits" : "wait"} for facts`]
      : []),
  ];
  const head = found.length === 0 ? paint("green", "nothing to report") : found.join(", ");
  return `${head} in ${plural(notes, "note")}${rest.length === 0 ? "" : ` (${rest.join("; ")})`}`;
}

/** The lines of a text, for marks. */
export function createLines(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/u);
}

const INDENT = "       ";

/** A mend may be several lines to paste. */
function wrapLines(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => wrap(shown(line), width))
    .join(`\n${INDENT}`);
}

function wrap(text: string, width: number): string {
  const room = Math.max(40, width - INDENT.length);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${INDENT}`);
}
