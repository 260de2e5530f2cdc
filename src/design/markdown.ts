/** The outline of a Markdown text: front matter, headings and fenced blocks, found line by line in linear time. */

import { BYTE_ORDER_MARK } from "./locate.ts";

/** Offsets of a stretch of the text, half open. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Heading extends Stretch {
  /** 1 to 6. */
  readonly depth: number;
  /** Without the number signs around it. */
  readonly text: string;
}

/** A fenced block with its fences. */
export interface FencedBlock extends Stretch {
  /** The first word after the opening fence, in lower case. */
  readonly language: string;
  /** What stands between the fences. */
  readonly body: Stretch;
  /** Without a closing fence the block runs to the end of the text. */
  readonly closed: boolean;
  /** Inside a list item, where facts are not read. */
  readonly nested: boolean;
}

export interface Outline {
  /** Absent where the text does not begin with a `---` line. */
  readonly front: (Stretch & { readonly body: Stretch; readonly closed: boolean }) | undefined;
  readonly headings: readonly Heading[];
  readonly blocks: readonly FencedBlock[];
  /** Comments that begin a line, of HTML or between `%%` and `%%`, each up to the end of the line that closes it. */
  readonly comments: readonly Stretch[];
}

interface Line extends Stretch {
  /** Without its ending. */
  readonly text: string;
  /** Offset of the next line. */
  readonly next: number;
}

/**
 * Reads the outline as CommonMark sees it at the top level of the document: quotes are left alone, what stands in list items is
 * marked as nested, and headings inside code, comments and HTML are none. Only these blocks are told apart and every line is
 * looked at once, so that no text is slow to read.
 */
export function readOutline(text: string, from = 0): Outline {
  const headings: Heading[] = [];
  const blocks: FencedBlock[] = [];
  const comments: Stretch[] = [];
  const first = from === 0 && text.startsWith(BYTE_ORDER_MARK) ? 1 : from;
  const front = from === 0 ? readFront(text, first) : undefined;
  let at = front?.closed === true ? front.end : first;
  // How far the content of the outermost open list item is indented; 0 outside of lists.
  let item = 0;
  let afterBlank = true;
  while (at < text.length) {
    const line = lineAt(text, at);
    at = line.next;
    if (line.text.trim() === "") {
      afterBlank = true;
      continue;
    }
    const nested = item > 0 && indentOf(line.text) >= item;
    const opened = nested ? 0 : openItem(line.text);
    if (opened > 0) item = opened;
    const inside = nested || opened > 0 ? item : 0;
    const fence = readFence(line.text, opened > 0, inside > 0);
    const html = inside > 0 ? undefined : (htmlEnd(text, line, afterBlank) ?? percentEnd(text, line));
    const heading = inside > 0 ? undefined : readHeading(line);
    if (fence !== undefined) {
      const block = readBlock(text, line, fence, inside);
      blocks.push(block);
      at = block.next;
      // An item's block that is not closed ends with the item.
      if (inside === 0 || !block.closed) item = 0;
    } else if (html !== undefined) {
      if (COMMENT.test(line.text) || PERCENT.test(line.text)) comments.push({ start: line.start, end: html.end });
      at = html.next;
      item = 0;
    } else if (heading !== undefined) {
      headings.push(heading);
      item = 0;
    } else if (inside === 0 && afterBlank) item = 0;
    afterBlank = false;
  }
  return { front, headings, blocks, comments };
}

function lineAt(text: string, start: number): Line {
  const ending = /\r\n|\n|\r/gu;
  ending.lastIndex = start;
  const match = ending.exec(text);
  const end = match?.index ?? text.length;
  return { start, end, text: text.slice(start, end), next: match === null ? text.length : end + match[0].length };
}

function readFront(text: string, start: number): Outline["front"] {
  const opening = lineAt(text, start);
  if (!/^---[ \t]*$/u.test(opening.text)) return undefined;
  let line = opening;
  while (line.next < text.length) {
    line = lineAt(text, line.next);
    if (/^---[ \t]*$/u.test(line.text)) {
      return { start, end: line.end, body: { start: opening.next, end: line.start }, closed: true };
    }
  }
  return { start, end: opening.end, body: { start: opening.next, end: opening.next }, closed: false };
}

/** In columns: a tab goes on to the next multiple of four. */
function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === " ") columns++;
    else if (character === "\t") columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

function readHeading(line: Line): Heading | undefined {
  const signs = /^ {0,3}(#{1,6})(?=[ \t]|$)/u.exec(line.text)?.[1];
  if (signs === undefined) return undefined;
  const start = line.start + line.text.indexOf("#");
  let words = line.text.slice(start - line.start + signs.length).trim();
  const body = words.length - trailing(words, "#");
  if (body === 0 || /[ \t]/u.test(words[body - 1])) words = words.slice(0, body).trim();
  return { start, end: line.start + line.text.trimEnd().length, depth: signs.length, text: words };
}

function trailing(text: string, character: string): number {
  let count = 0;
  while (text[text.length - 1 - count] === character) count++;
  return count;
}

/** How far the content of a list item is indented that begins here; 0 where none begins. */
function openItem(line: string): number {
  const marker = /^( {0,3}(?:[-+*]|\d{1,9}[.)]))(?:([ \t]+)|$)/u.exec(line);
  if (marker === null || /^ {0,3}([-*])[ \t]*(?:\1[ \t]*){2,}$/u.test(line)) return 0;
  const gap = indentOf(marker[2] ?? "");
  const empty = line.length === marker[0].length;
  return marker[1].length + (empty || gap > 4 ? 1 : gap);
}

interface Fence {
  /** Where the opening fence begins in its line. */
  readonly column: number;
  readonly mark: string;
  readonly language: string;
}

const FENCE = /^[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})([^\r\n]*)$/u;

function readFence(line: string, opensItem: boolean, inside: boolean): Fence | undefined {
  const match = FENCE.exec(line);
  if (match === null || (!inside && indentOf(line) > 3)) return undefined;
  const [whole, mark, info] = match;
  const column = whole.length - info.length - mark.length;
  if (mark.startsWith("`") && info.includes("`")) return undefined;
  if (!opensItem && whole.slice(0, column).trim() !== "") return undefined;
  return { column, mark, language: info.trim().split(/\s/u, 1)[0].toLowerCase() };
}

function readBlock(text: string, opening: Line, fence: Fence, inside: number): FencedBlock & { next: number } {
  const start = opening.start + fence.column;
  const common = { start, language: fence.language, nested: inside > 0 };
  let line = opening;
  while (line.next < text.length) {
    const before = line;
    line = lineAt(text, line.next);
    const isBlank = line.text.trim() === "";
    if (!isBlank && indentOf(line.text) < inside) {
      return {
        ...common,
        end: before.end,
        body: { start: opening.next, end: before.end },
        closed: false,
        next: line.start,
      };
    }
    if (closes(line.text, fence.mark, inside)) {
      return {
        ...common,
        end: line.end,
        body: { start: opening.next, end: line.start },
        closed: true,
        next: line.next,
      };
    }
  }
  const body = { start: Math.min(opening.next, text.length), end: text.length };
  return { ...common, end: text.length, body, closed: false, next: text.length };
}

function closes(line: string, mark: string, inside: number): boolean {
  const words = line.trim();
  if (words.length < mark.length || indentOf(line) > inside + 3) return false;
  return trailing(words, mark[0]) === words.length;
}

/** Every HTML block begins so: few lines do, and the others need no closer look. */
const OPENING = /^ {0,3}</u;
const COMMENT = /^ {0,3}<!--/u;
const RAW = /^ {0,3}<(script|pre|style|textarea)(?=[\s>]|$)/iu;
const BLOCK_TAG =
  /^ {0,3}<\/?(?:address|article|aside|blockquote|center|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>]|$)/iu;
const LONE_TAG = /^ {0,3}<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?>[ \t]*$/iu;

/** As Obsidian and its kin write what is not shown; unless it is closed at the end of a line, its signs are words like others. */
const PERCENT = /^ {0,3}%%/u;

function percentEnd(text: string, line: Line): { end: number; next: number } | undefined {
  if (!PERCENT.test(line.text)) return undefined;
  const close = text.indexOf("%%", line.start + line.text.indexOf("%%") + 2);
  if (close < 0) return undefined;
  const last = lineAt(text, close + 2);
  return text.slice(last.start, last.end).trim() === "" ? last : undefined;
}

/** Where an HTML block ends that begins on this line: at its own end mark, or before the next empty line. */
function htmlEnd(text: string, line: Line, afterBlank: boolean): { end: number; next: number } | undefined {
  if (!OPENING.test(line.text)) return undefined;
  const raw = RAW.exec(line.text)?.[1];
  if (raw !== undefined || COMMENT.test(line.text)) {
    const mark = raw === undefined ? /-->/gu : new RegExp(`</${raw}>`, "giu");
    mark.lastIndex = raw === undefined ? line.start + line.text.indexOf("<!--") + 2 : line.start;
    const found = mark.exec(text);
    return found === null ? { end: text.length, next: text.length } : lineAt(text, found.index);
  }
  if (!BLOCK_TAG.test(line.text) && !(afterBlank && LONE_TAG.test(line.text))) return undefined;
  let last = line;
  while (last.next < text.length) {
    const following = lineAt(text, last.next);
    if (following.text.trim() === "") break;
    last = following;
  }
  return last;
}
