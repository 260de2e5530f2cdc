/** The headings of a plain note in every form that people give them: signs, underlines, bold lines, bold words before a text, `<h2>` and items of lists. */

import { type Outline, readOutline, type Stretch } from "./markdown.ts";

export interface ProseHeading extends Stretch {
  /** 1 to 6 as written; 7 for a bold line, 8 and more for an item of a list by how deep it stands. */
  readonly depth: number;
  /** Without signs, emphasis and a colon at the end. */
  readonly text: string;
  readonly form: "signs" | "underlined" | "html" | "bold" | "item";
  /** Bold words with a colon before the text of their own line, as `**Data**: logs`: a heading only where the words are known. */
  readonly isRunIn?: true;
}

export interface ProseOutline {
  readonly outline: Outline;
  /** In the order of the text. */
  readonly headings: readonly ProseHeading[];
}

/** Depth of a bold line: below every heading with signs. */
export const BOLD_DEPTH = 7;
/** Depth of an item of the outermost list. */
export const ITEM_DEPTH = 8;

/**
 * Reads each line once. Every item of a list is given, whatever it says: only who knows the wordings can tell which of them are headings.
 * Fences, comments, front matter and quotes hold no headings.
 */
export function readProseOutline(text: string): ProseOutline {
  const outline = readOutline(text);
  const headings: ProseHeading[] = outline.headings.map((heading) => ({
    ...heading,
    text: plainWords(heading.text),
    form: "signs",
  }));
  const closed = [...outline.blocks, ...outline.comments, ...(outline.front?.closed ? [outline.front] : [])].sort(
    (a, b) => a.start - b.start,
  );
  let next = 0;
  let before: Line = { start: 0, end: 0, text: "" };
  let beforeThat = "";
  for (const line of linesOf(text)) {
    while (next < closed.length && closed[next].end <= line.start) next++;
    const hidden = next < closed.length && closed[next].start <= line.start + line.text.search(/\S|$/u);
    if (!hidden) {
      const heading =
        underlined(before, beforeThat, line) ?? html(line) ?? bold(line, before) ?? runIn(line, before) ?? item(line);
      if (heading !== undefined) headings.push(heading);
    }
    beforeThat = before.text;
    before = hidden ? { ...line, text: "" } : line;
  }
  headings.sort((a, b) => a.start - b.start);
  return { outline, headings };
}

interface Line extends Stretch {
  readonly text: string;
}

function* linesOf(text: string): Generator<Line> {
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

function underlined(words: Line, beforeWords: string, line: Line): ProseHeading | undefined {
  const sign = /^ {0,3}(?:(=+)|-{2,})[ \t]*$/u.exec(line.text);
  if (sign === null || beforeWords.trim() !== "" || words.text.length > LONGEST) return undefined;
  if (!/^ {0,3}(?![#>|<]|[-*+][ \t]|\d{1,9}[.)][ \t])\S/u.test(words.text)) return undefined;
  const depth = sign[1] === undefined ? 2 : 1;
  return { start: words.start, end: line.end, depth, text: plainWords(words.text), form: "underlined" };
}

function html(line: Line): ProseHeading | undefined {
  if (line.text.length > LONGEST * 4) return undefined;
  const match = /^\s*<h([1-6])(?:\s[^<>]*)?>(.*?)<\/h\1>/iu.exec(line.text);
  if (match === null) return undefined;
  return { start: line.start, end: line.end, depth: Number(match[1]), text: plainWords(match[2]), form: "html" };
}

function bold(line: Line, before: Line): ProseHeading | undefined {
  if (line.text.length > LONGEST || before.text.trim() !== "") return undefined;
  const match = /^ {0,3}(\*\*|__)(?! )((?:(?!\1).)+)\1[ \t]*:?[ \t]*\\?$/u.exec(line.text);
  if (match === null) return undefined;
  return { start: line.start, end: line.end, depth: BOLD_DEPTH, text: plainWords(match[2]), form: "bold" };
}

const RUN_IN = /^ {0,3}(\*\*|__)(?! )((?:(?!\1).){1,80}?)(?::[ \t]*\1[ \t]*|\1[ \t]*(?::|[–—-](?=[ \t]))[ \t]*)(?=\S)/u;

function runIn(line: Line, before: Line): ProseHeading | undefined {
  if (before.text.trim() !== "" && !RUN_IN.test(before.text)) return undefined;
  const match = RUN_IN.exec(line.text);
  if (match === null) return undefined;
  const end = line.start + match[0].trimEnd().length;
  return { start: line.start, end, depth: BOLD_DEPTH, text: plainWords(match[2]), form: "bold", isRunIn: true };
}

const ITEM = /^([ \t]*)(?:[-*+]|\d{1,3}[.)])[ \t]+(\S.*)$/u;

/** What an item begins with: all of it, or the words before its colon. */
function item(line: Line): ProseHeading | undefined {
  const match = ITEM.exec(line.text);
  if (match === null) return undefined;
  const [whole, indent, said] = match;
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

const ESCAPED = /\\([!-/:-@[-`{-~])/gu;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["nbsp", " "],
  ["#39", "'"],
]);

/** What Markdown shows of `1\. Overview` and `2\-3 requests`, as documents are exported. */
export function withoutEscapes(text: string): string {
  return text.includes("\\") ? text.replaceAll(ESCAPED, "$1") : text;
}

/** The words of a heading without emphasis, code marks, links, tags, anchors and a colon at the end. */
function plainWords(text: string): string {
  const shown = text
    .replaceAll(/<[^<>]*>/gu, "")
    .replaceAll(/!?\[([^[\]]*)\]\([^()]*\)/gu, "$1")
    .replaceAll(/\s*\{#[^{}]*\}/gu, "");
  return withoutEscapes(shown)
    .replaceAll(/&(amp|lt|gt|quot|nbsp|#39);/gu, (whole, name: string) => ENTITIES.get(name) ?? whole)
    .replaceAll(/\*\*|__|`|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])/gu, "")
    .trim()
    .replace(/\s*:$/u, "");
}
