/** The headings of a plain note in every form that people give them: signs, underlines, bold lines, bold words before a text, `<h2>`, folds, questions, rows of tables and items of lists. */

import { BYTE_ORDER_MARK } from "./locate.ts";
import { type Outline, readOutline, type Stretch } from "./markdown.ts";

export interface ProseHeading extends Stretch {
  /** 1 to 6 as written, a fold half a level above what it holds; 7 for a bold line, 8 and more for an item of a list by how deep it stands. */
  readonly depth: number;
  /** Without signs, emphasis and a colon at the end. */
  readonly text: string;
  /** `fold` is the summary of a `<details>`. `question`, `row` and `label` are headings only in a note that has no others. */
  readonly form: "signs" | "underlined" | "html" | "bold" | "fold" | "question" | "row" | "label" | "item";
  /** Bold words with a colon before the text of their own line, as `**Data**: logs`: a heading only where the words are known. */
  readonly isRunIn?: true;
  /** Of a fold: where it is closed. */
  readonly until?: number;
  /** Of a row: the lines above the rows of its table. */
  readonly head?: Stretch;
}

export interface ProseOutline {
  readonly outline: Outline;
  /** Front matter that is closed: between `---` and `---` or `...`, or between `+++`. */
  readonly front: Stretch | undefined;
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
  const foreign = fenced(text, "+++", "+++") ?? fenced(text, "---", "...");
  const outline = readOutline(text, foreign?.end ?? 0);
  const front = foreign ?? (outline.front?.closed === true ? outline.front : undefined);
  const headings: ProseHeading[] = outline.headings.map((heading) => ({
    ...heading,
    text: plainWords(heading.text),
    form: "signs",
  }));
  const closed = [...outline.blocks, ...outline.comments, ...(front === undefined ? [] : [front])].sort(
    (a, b) => a.start - b.start,
  );
  let next = 0;
  let numbered: number | undefined;
  let table: Stretch | undefined;
  let before: Line = { start: 0, end: 0, text: "" };
  let beforeThat = "";
  for (const line of linesOf(text)) {
    while (next < closed.length && closed[next].end <= line.start) next++;
    const hidden = next < closed.length && closed[next].start <= line.start + line.text.search(/\S|$/u);
    if (hidden) table = undefined;
    else {
      table = tableAround(table, before, line);
      const heading =
        underlined(before, beforeThat, line) ??
        html(line) ??
        bold(line, before) ??
        capitals(line, before) ??
        runIn(line, before) ??
        item(line);
      if (heading?.form === "item") {
        const columns = heading.depth - ITEM_DEPTH;
        const isNumber = /^\s*\d/u.test(line.text);
        // Bullets at the edge of a numbered item stand below it.
        const isBelow = !isNumber && numbered === columns;
        if (!isBelow) numbered = isNumber ? columns : undefined;
        headings.push(isBelow ? { ...heading, depth: heading.depth + 1 } : heading);
      } else if (heading !== undefined) {
        numbered = undefined;
        // What is bold and underlined is one heading.
        if (heading.form === "underlined") while (headings.at(-1)?.start === heading.start) headings.pop();
        headings.push(heading);
      }
      const beside = question(line, before) ?? (table === undefined ? label(line, before) : row(line, table));
      if (beside !== undefined) headings.push(beside);
    }
    beforeThat = before.text;
    before = hidden ? { ...line, text: "" } : line;
  }
  const byPlace = (a: Stretch, b: Stretch): number => a.start - b.start;
  headings.sort(byPlace);
  const folded = folds(text, headings, closed);
  if (folded.length > 0) headings.push(...folded);
  headings.sort(byPlace);
  return { outline, front, headings };
}

/** TOML as Hugo and Zola write it, or YAML that ends as YAML may; it has to be closed, and by no other mark before. */
function fenced(text: string, opening: string, closing: string): Stretch | undefined {
  const start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  if (!text.startsWith(opening, start)) return undefined;
  for (const line of linesOf(text)) {
    const words = line.text.replace(/^\ufeff/u, "").trimEnd();
    if (line.start === 0 && words !== opening) return undefined;
    if (line.start > 0 && words === closing) return { start, end: line.end };
    if (line.start > 0 && words === opening) return undefined;
  }
  return undefined;
}

const FOLD = /^[ \t]{0,3}<details(?:\s[^<>]*)?>\s*<summary(?:\s[^<>]*)?>(?<said>[\s\S]{1,400}?)<\/summary>/gimu;

/** The outermost folds: neighbours are as deep as what they hold allows. `headings` in the order of the text. */
function folds(text: string, headings: readonly ProseHeading[], hidden: readonly Stretch[]): ProseHeading[] {
  const found: ProseHeading[] = [];
  const endOf = foldEnds(text);
  let end = 0;
  let next = 0;
  let nextHidden = 0;
  let group: number[] = [];
  const levels: (readonly number[])[] = [];
  for (const match of text.matchAll(FOLD)) {
    const { index: start } = match;
    while (nextHidden < hidden.length && hidden[nextHidden].end <= start) nextHidden++;
    if (start < end || (nextHidden < hidden.length && hidden[nextHidden].start <= start)) continue;
    const said = start + match[0].length;
    const until = endOf.get(start + match[0].indexOf("<"));
    end = until ?? said;
    let depth = BOLD_DEPTH;
    let isApart = false;
    for (; next < headings.length && headings[next].start < said; next++)
      isApart ||= headings[next].start < start && headings[next].depth < BOLD_DEPTH;
    if (isApart) group = [];
    for (; next < headings.length && headings[next].start < end; next++)
      depth = Math.min(depth, headings[next].depth - 0.5);
    group.push(depth);
    levels.push(group);
    const words = plainWords((match.groups?.said ?? "").replaceAll(/\s+/gu, " "));
    found.push({
      start,
      end: said,
      depth: BOLD_DEPTH,
      text: words,
      form: "fold",
      ...(until === undefined ? {} : { until }),
    });
  }
  const depths = new Map(
    [...new Set(levels)].map((of) => [of, of.reduce((least, one) => Math.min(least, one))] as const),
  );
  return found.map((fold, i) => ({ ...fold, depth: depths.get(levels[i]) ?? BOLD_DEPTH }));
}

/** Where the fold that begins at a place ends, behind the tag that closes it. */
function foldEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const { index, 0: tag } of text.matchAll(/<\/?details(?:\s[^<>]*)?>/giu)) {
    if (!tag.startsWith("</")) open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined) ends.set(start, index + tag.length);
    }
  }
  return ends;
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

/** `MODEL AND TRAINING`, as plain text has it: what emphasis there is. */
function capitals(line: Line, before: Line): ProseHeading | undefined {
  if (before.text.trim() !== "" || !/^[\p{Lu}\d][\p{Lu}\d &/,()'’.:–—-]{2,60}$/u.test(line.text.trimEnd()))
    return undefined;
  if (!/\p{Lu}{3}/u.test(line.text)) return undefined;
  return { start: line.start, end: line.end, depth: BOLD_DEPTH, text: plainWords(line.text), form: "bold" };
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
function question(line: Line, before: Line): ProseHeading | undefined {
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
function label(line: Line, before: Line): ProseHeading | undefined {
  if (before.text.trim() !== "" && !LABEL.test(before.text)) return undefined;
  const match = LABEL.exec(line.text);
  if (match?.groups === undefined) return undefined;
  const end = line.start + match[0].trimEnd().length;
  return { start: line.start, end, depth: BOLD_DEPTH, text: plainWords(match.groups.words), form: "label" };
}

const RULE_OF_TABLE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/u;

/** The lines above the rows of the table that this line belongs to. */
function tableAround(table: Stretch | undefined, before: Line, line: Line): Stretch | undefined {
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
function row(line: Line, head: Stretch): ProseHeading | undefined {
  if (line.end === head.end || line.text.length > LONGEST * 10) return undefined;
  const cells = line.text.replace(/^\s*\|/u, "").split(/(?<!\\)\|/u);
  const first = /^[\s#*_]*\d{0,3}[.)]?[\s*_]*$/u.test(cells[0]) ? cells[1] : cells[0];
  if (first === undefined || first.length > LONGEST) return undefined;
  const end = line.start + line.text.indexOf(first) + first.length;
  return { start: line.start, end, depth: BOLD_DEPTH, text: plainWords(first.trim()), form: "row", head };
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
    .replaceAll(/\s*\{[#.][^{}]*\}/gu, "");
  return withoutEscapes(shown)
    .replaceAll(/&(amp|lt|gt|quot|nbsp|#39);/gu, (whole, name: string) => ENTITIES.get(name) ?? whole)
    .replaceAll(/\*\*|__|`|(?<![\p{L}\p{N}])[*_]|[*_](?![\p{L}\p{N}])/gu, "")
    .trim()
    .replace(/\s*:$/u, "");
}
