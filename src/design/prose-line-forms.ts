/** The forms of headings that a line shows by itself or beside its neighbour: underlined, HTML, bold, capitals, items, questions, labels, rows of tables. */

import type { Stretch } from "./markdown.ts";
import { BOLD_DEPTH, ITEM_DEPTH, type ProseHeading, plainWords } from "./prose-heading.ts";

export interface Line extends Stretch {
  readonly text: string;
}

export function* linesOf(text: string): Generator<Line> {
  const ending = /\r\n|\n|\r/gu;
  let start = 0;
  for (;;) {
    const match = ending.exec(text);
    const end = match?.index ?? text.length;
    yield { start, end, text: text.slice(start, end) };
    if (match === null) return;
    start = end + match[0].length;
  }
}

/** Longer lines are prose. */
const LONGEST = 200;

export function underlined(words: Line, beforeWords: string, line: Line): ProseHeading | undefined {
  const sign = /^ {0,3}(?:(=+)|-{2,})[ \t]*$/u.exec(line.text);
  if (sign === null || beforeWords.trim() !== "" || words.text.length > LONGEST) return undefined;
  if (!/^ {0,3}(?![#>|<]|[-*+][ \t]|\d{1,9}[.)][ \t])\S/u.test(words.text)) return undefined;
  const depth = sign[1] === undefined ? 2 : 1;
  return { start: words.start, end: line.end, depth, text: plainWords(words.text), form: "underlined" };
}

export function html(line: Line): ProseHeading | undefined {
  if (line.text.length > LONGEST * 4) return undefined;
  const match = /^\s*<h([1-6])(?:\s[^<>]*)?>(.*?)<\/h\1>/iu.exec(line.text);
  if (match === null) return undefined;
  return { start: line.start, end: line.end, depth: Number(match[1]), text: plainWords(match[2]), form: "html" };
}

export function bold(line: Line, before: Line): ProseHeading | undefined {
  if (line.text.length > LONGEST || before.text.trim() !== "") return undefined;
  const match = /^ {0,3}(\*\*|__)(?! )((?:(?!\1).)+)\1[ \t]*:?[ \t]*\\?$/u.exec(line.text);
  if (match === null) return undefined;
  return { start: line.start, end: line.end, depth: BOLD_DEPTH, text: plainWords(match[2]), form: "bold" };
}

/** `MODEL AND TRAINING`, as plain text has it: what emphasis there is. */
export function capitals(line: Line, before: Line): ProseHeading | undefined {
  if (before.text.trim() !== "" || !/^[\p{Lu}\d][\p{Lu}\d &/,()'’.:–—-]{2,60}$/u.test(line.text.trimEnd()))
    return undefined;
  if (!/\p{Lu}{3}/u.test(line.text)) return undefined;
  return { start: line.start, end: line.end, depth: BOLD_DEPTH, text: plainWords(line.text), form: "bold" };
}

const RUN_IN = /^ {0,3}(\*\*|__)(?! )((?:(?!\1).){1,80}?)(?::[ \t]*\1[ \t]*|\1[ \t]*(?::|[–—-](?=[ \t]))[ \t]*)(?=\S)/u;

export function runIn(line: Line, before: Line): ProseHeading | undefined {
  if (before.text.trim() !== "" && !RUN_IN.test(before.text)) return undefined;
  const match = RUN_IN.exec(line.text);
  if (match === null) return undefined;
  const end = line.start + match[0].trimEnd().length;
  return { start: line.start, end, depth: BOLD_DEPTH, text: plainWords(match[2]), form: "bold", isRunIn: true };
}

const ITEM = /^([ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+(\S.*)$/u;

/** What an item begins with: all of it, or the words before its colon. */
export function item(line: Line): ProseHeading | undefined {
  const match = ITEM.exec(line.text);
  if (match === null) return undefined;
  const [whole, indent, said] = match;
  // A line of a table of contents names a heading and is none.
  if (/^\[[^\]]*\]\(#[^)]*\)[ \t]*$/u.test(said)) return undefined;
  const label = /^(?:(\*\*|__)(?:(?!\1).){1,120}\1[ \t]*:?|[^:]{1,120}:(?=\s|$)|.*)/u.exec(said)?.[0] ?? said;
  const columns = indent.replaceAll("\t", "    ").length;
  return {
    start: line.start,
    end: line.start + whole.length - said.length + label.length,
    depth: ITEM_DEPTH + columns,
    text: label.length > LONGEST ? "" : plainWords(label),
    form: "item",
  };
}

const ASKED =
  /^(?<indent> {0,3})(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?[*_]{0,2}(?<mark>q(?:uestion)?[ \t]?\d{0,3}[ \t]?[:.)–—-]+[*_]{0,2}[ \t]*)?(?<words>[^|#<>?]{4,150}\?)[*_]{0,2}(?<rest>[^?]*)$/iu;

/** `Q: What data is there?`, or a question on a line of its own. */
export function question(line: Line, before: Line): ProseHeading | undefined {
  if (!line.text.includes("?") || line.text.length > LONGEST * 2) return undefined;
  const { mark, words, rest } = ASKED.exec(line.text)?.groups ?? {};
  if (words === undefined) return undefined;
  const isAlone = rest.trim() === "" && before.text.trim() === "" && !ITEM.test(line.text);
  if (mark === undefined && !isAlone) return undefined;
  const end = line.start + line.text.lastIndexOf("?") + 1;
  return { start: line.start, end, depth: BOLD_DEPTH, text: plainWords(words), form: "question" };
}

const LABEL = /^(?<words>\p{Lu}[\p{L} &/-]{2,40}):[ \t]+(?=\S)/u;

/** `Data: clicks of a year`, as a paragraph of its own. */
export function label(line: Line, before: Line): ProseHeading | undefined {
  if (before.text.trim() !== "" && !LABEL.test(before.text)) return undefined;
  const match = LABEL.exec(line.text);
  if (match?.groups === undefined) return undefined;
  const end = line.start + match[0].trimEnd().length;
  return { start: line.start, end, depth: BOLD_DEPTH, text: plainWords(match.groups.words), form: "label" };
}

const RULE_OF_TABLE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/u;

/** The lines above the rows of the table that this line belongs to. */
export function tableAround(table: Stretch | undefined, before: Line, line: Line): Stretch | undefined {
  if (
    before.text.includes("|") &&
    line.text.includes("|") &&
    line.text.length <= LONGEST * 4 &&
    RULE_OF_TABLE.test(line.text)
  )
    return { start: before.start, end: line.end };
  return line.text.includes("|") ? table : undefined;
}

/** What a row of a table begins with, a number aside. */
export function row(line: Line, head: Stretch): ProseHeading | undefined {
  if (line.end === head.end || line.text.length > LONGEST * 10) return undefined;
  const cells = line.text.replace(/^\s*\|/u, "").split(/(?<!\\)\|/u);
  const first = /^[\s#*_]*\d{0,3}[.)]?[\s*_]*$/u.test(cells[0]) ? cells[1] : cells[0];
  if (first === undefined || first.length > LONGEST) return undefined;
  const end = line.start + line.text.indexOf(first) + first.length;
  return { start: line.start, end, depth: BOLD_DEPTH, text: plainWords(first.trim()), form: "row", head };
}
