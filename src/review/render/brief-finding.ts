/** One finding in two or three lines: code, line and message; the place where it is the first; what to write. */

import type { ReviewFinding } from "../review.ts";
import { COLOURS, type TextOptions } from "./text.ts";

export interface FirstOptions {
  readonly number: number;
  /** Whether the line itself is shown with its mark. */
  readonly showsLine: boolean;
  /** Whether what to write may take the lines that it needs. */
  readonly isWhole: boolean;
  readonly namesFile: boolean;
  /** Codes that its mend clears too. */
  readonly clears: readonly string[];
}

const INDENT = "       ";
/** A message that needs more lines is cut: `--verbose` has all of it. */
const MOST_LINES = 2;

export function renderFirst(
  finding: ReviewFinding,
  { number, showsLine, isWhole, namesFile, clears }: FirstOptions,
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
    ...mend(finding, { clears, isWhole }, lines, width),
  ];
}

/** A note may hold what a terminal would obey; here it is only shown. */
export function shown(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => (character === "\t" ? " " : "�"));
}

function marked({ at, label = "" }: ReviewFinding, lines: readonly string[], width: number): string[] {
  const line = lines[at.start.line - 1] ?? "";
  // What is missing has no place of its own: the mark of the front matter shows nothing.
  if (line.trim() === "---") return [];
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

/** The line as it would be, where the mend is mechanical; else what to do, in one line where there is no room for more. */
function mend(
  { edits, fix }: ReviewFinding,
  { clears, isWhole }: Pick<FirstOptions, "clears" | "isWhole">,
  lines: readonly string[],
  width: number,
): string[] {
  const also = clears.length === 0 ? "" : `, and clears ${clearedCodes(clears)}`;
  const done = edits === undefined ? "" : `       --fix does it${also}`;
  const room = Math.max(24, width - INDENT.length - 7 - done.length);
  const text = edits?.length === 1 ? edited(edits[0], lines, room) : undefined;
  const [line, ...further] = (fix ?? "").split("\n");
  const words = text ?? `${line.replace(/^write /u, "")}${further.length === 0 ? "" : " …"}`;
  if (words === "") return done === "" ? [] : [`${INDENT}${done.trim()}`];
  const verb = text !== undefined || fix?.startsWith("write ") === true ? "write" : "do";
  const lead = `${INDENT}${verb.padEnd(5)}  `;
  if (!isWhole || done !== "" || further.length > 0 || text !== undefined)
    return [`${lead}${cut(shown(words), room)}${done}`];
  const [first, ...rest] = broken(shown(words), room, room);
  return [`${lead}${first}`, ...rest.map((one) => `${" ".repeat(lead.length)}${one}`)];
}

/** A mend that clears a whole list is counted: the codes would push the words of the mend off their line. */
function clearedCodes(clears: readonly string[]): string {
  return clears.length <= MOST_CODES ? clears.join(", ") : `${clears.length} codes more`;
}

const MOST_CODES = 3;

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
  const lines = broken(text, firstRoom, room);
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), cut(lines.slice(MOST_LINES - 1).join(" "), room)];
}

/** Lines of whole words. */
function broken(text: string, firstRoom: number, room: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const most = lines.length === 0 ? firstRoom : room;
    if (line !== "" && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === "" && lines.length > 0 ? word : line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
