/** One finding in two or three lines: code, line and message; the place where it is the first; what to write. */

import { shortenedText } from "../../core/shortened-text.ts";
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
  const done = edits === undefined ? "" : `--fix does it${also}`;
  const [edit, ...others] = edits ?? [];
  const wholeRoom = Math.max(LEAST_ROOM, width - INDENT.length - VERB);
  const room = Math.max(LEAST_ROOM, wholeRoom - (done === "" ? 0 : GAP.length + done.length));
  const lead = (verb: string): string => `${INDENT}${verb.padEnd(VERB - 2)}  `;
  const alone = done === "" ? [] : [`${INDENT}${done}`];
  if (edit !== undefined && others.length === 0) {
    const beside = edited(edit, lines, room);
    if (beside !== undefined) return [`${lead("write")}${shown(beside)}${GAP}${done}`];
    const above = edited(edit, lines, wholeRoom);
    if (above !== undefined) return [`${lead("write")}${shown(above)}`, ...alone];
  }
  const [line, ...further] = (fix ?? "").split("\n");
  const words = shown(`${line.replace(/^write /u, "")}${further.length === 0 ? "" : " …"}`);
  if (words === "") return alone;
  const verb = lead(fix?.startsWith("write ") === true ? "write" : "do");
  const isAll = isWhole && done === "" && further.length === 0;
  const short = shortenedText(words, room);
  // What has to be typed takes the lines that it needs; the words behind it may wait.
  const said = isAll ? broken(words, room, room) : short === "…" ? broken(firstFact(words), room, room) : [short];
  const rows = said.map((one, i) => `${i === 0 ? verb : " ".repeat(verb.length)}${one}`);
  return done === "" ? rows : [...rows.slice(0, -1), `${rows[rows.length - 1]}${GAP}${done}`];
}

function firstFact(words: string): string {
  const first = /^(?:[^\s`]*`[^`]*`[^\s`]*|\S+)/u.exec(words)?.[0] ?? "";
  return first === words ? words : `${first} …`;
}

/** Between what to write and what writes it. */
const GAP = "       ";
/** Columns of `write` and `do`, with the space behind them. */
const VERB = 7;
/** Columns for what to write, however narrow the window is. */
const LEAST_ROOM = 24;

/** A mend that clears a whole list is counted: the codes would push the words of the mend off their line. */
function clearedCodes(clears: readonly string[]): string {
  return clears.length <= MOST_CODES ? clears.join(", ") : `${clears.length} codes more`;
}

const MOST_CODES = 3;

/**
 * The line of an edit with the edit made. Where it is long, whole entries before and behind what is written are left out; undefined for an
 * edit over several lines, and where what is written would not fit.
 */
function edited(
  { at, text }: NonNullable<ReviewFinding["edits"]>[number],
  lines: readonly string[],
  room: number,
): string | undefined {
  const fitting = (line: string): string | undefined => (line !== "" && line.length <= room ? line : undefined);
  if (text.includes("\n")) return undefined;
  if (at.start.line !== at.end.line) return fitting(text.trim());
  const line = lines[at.start.line - 1] ?? "";
  const before = line.slice(0, at.start.column - 1).trimStart();
  const behind = line.slice(at.end.column - 1).trimEnd();
  const whole = fitting((before + text + behind).trim());
  if (whole !== undefined) return whole;
  const key = /^[^{[]*[{[] ?/u.exec(before)?.[0];
  if (key === undefined || !/[}\]]$/u.test(behind)) return undefined;
  const inside = before.slice(key.length);
  // Within a list or map of the entry, or a text that may hold any sign, a comma ends no entry.
  if (/["']/u.test(line) || (inside.match(/[{[]/gu)?.length ?? 0) !== (inside.match(/[}\]]/gu)?.length ?? 0))
    return undefined;
  const isAdded = text.startsWith(",");
  const begun = isAdded ? "" : inside.slice(inside.lastIndexOf(",") + 1);
  const left = /^[^,}\]]*/u.exec(behind)?.[0] ?? "";
  const entry = `${begun}${text}${left}`.replace(/^[,\s]+/u, "").trim();
  const isFirst = !isAdded && begun === inside;
  const rest = behind.slice(left.length).trim().startsWith(",") ? ", …" : "";
  const closing = /\s*[}\]]+$/u.exec(behind)?.[0] ?? "";
  return fitting(`${key}${isFirst ? "" : "…, "}${entry}${rest}${closing}`);
}

function wrapped(text: string, firstRoom: number, room: number): string[] {
  const lines = broken(text, firstRoom, room);
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), shortenedText(lines.slice(MOST_LINES - 1).join(" "), room)];
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
