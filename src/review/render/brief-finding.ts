/** One finding in two or three lines: code, line and message; the place where it is the first; what to write. */

import type { ReviewFinding } from "../review.ts";
import { COLOURS, type TextOptions } from "./text.ts";

export interface FirstOptions {
  readonly number: number;
  /** Whether the line itself is shown with its mark. */
  readonly showsLine: boolean;
  readonly namesFile: boolean;
  /** Codes that its mend clears too. */
  readonly clears: readonly string[];
}

const INDENT = "       ";
/** A message that needs more lines is cut: `--verbose` has all of it. */
const MOST_LINES = 2;

export function renderFirst(
  finding: ReviewFinding,
  { number, showsLine, namesFile, clears }: FirstOptions,
  lines: readonly string[],
  { paint, width }: Pick<TextOptions, "paint" | "width">,
): string[] {
  const { code, severity, message, at } = finding;
  const place = `${namesFile ? `${shown(at.file)} ` : ""}line ${at.start.line}`;
  const [head, ...more] = wrapped(`${code} ${place}  ${shown(message)}`, width - 5, width - INDENT.length);
  const coloured = paint(COLOURS[severity], code) + head.slice(code.length);
  return [
    `  ${number}  ${coloured}`,
    ...more.map((line) => `${INDENT}${line}`),
    ...(showsLine ? marked(finding, lines, width) : []),
    ...mend(finding, clears, lines, width),
  ];
}

/** A note may hold what a terminal would obey; here it is only shown. */
export function shown(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => (character === "\t" ? " " : "�"));
}

function marked({ at, label = "" }: ReviewFinding, lines: readonly string[], width: number): string[] {
  const line = lines[at.start.line - 1] ?? "";
  const from = at.start.column - 1;
  const to = at.end.line === at.start.line ? at.end.column - 1 : line.trimEnd().length;
  const room = width - INDENT.length - 2;
  const first = line.length <= room ? 0 : Math.max(0, Math.min(from - 12, line.length - room));
  const cut = line.slice(first, first + room);
  const length = Math.max(1, Math.min(to - from, room - (from - first)));
  const under = `${" ".repeat(from - first)}${"^".repeat(length)}`;
  const words = label === "" || under.length + label.length + 1 > room ? "" : ` ${shown(label)}`;
  return [`${INDENT}${shown(cut).trimEnd()}`, `${INDENT}${under}${words}`];
}

/** The line as it would be, where the mend is mechanical; else what to do, in one line. */
function mend(
  { edits, fix }: ReviewFinding,
  clears: readonly string[],
  lines: readonly string[],
  width: number,
): string[] {
  const also = clears.length === 0 ? "" : `, and clears ${clears.join(", ")}`;
  const done = edits === undefined ? "" : `       --fix does it${also}`;
  const room = Math.max(24, width - INDENT.length - 7 - done.length);
  const text = edits?.length === 1 ? edited(edits[0], lines, room) : undefined;
  const [line, ...further] = (fix ?? "").split("\n");
  const words = text ?? `${line.replace(/^write /u, "")}${further.length === 0 ? "" : " …"}`;
  if (words === "") return done === "" ? [] : [`${INDENT}${done.trim()}`];
  const verb = text !== undefined || fix?.startsWith("write ") === true ? "write" : "do";
  return [`${INDENT}${verb.padEnd(5)}  ${cut(shown(words), room)}${done}`];
}

/** The line of an edit with the edit made, its middle left out where it is long; undefined for one over several lines. */
function edited(
  { at, text }: NonNullable<ReviewFinding["edits"]>[number],
  lines: readonly string[],
  room: number,
): string | undefined {
  if (at.start.line !== at.end.line || text.includes("\n")) return text.includes("\n") ? undefined : text.trim();
  const line = lines[at.start.line - 1] ?? "";
  const before = line.slice(0, at.start.column - 1).trimStart();
  const whole = (before + text + line.slice(at.end.column - 1)).trim();
  const key = /^[^{[]*[{[] ?/u.exec(before)?.[0] ?? "";
  const isHidden = before.length + text.length > room - 1;
  return isHidden && key !== ""
    ? `${key}…, ${text.replace(/^[,\s]+/u, "")}${line.slice(at.end.column - 1)}`.trim()
    : whole;
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1).trimEnd()}…`;
}

function wrapped(text: string, firstRoom: number, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const most = lines.length === 0 ? firstRoom : room;
    if (line !== "" && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === "" && lines.length > 0 ? word : line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), cut(lines.slice(MOST_LINES - 1).join(" "), room)];
}
