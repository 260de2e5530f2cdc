/**
 * Reads the plain part of YAML that notes are written in, at ten times the speed of a full reader. It gives up, and says nothing,
 * at anything that is not plain: then the full reader has the word. What it reads it reads exactly as the full reader does.
 * Nodes are written out key by key: spreading one object into another took two thirds of the time of reading.
 */

import { isPointBeforeThree } from "../core/number-text.ts";
import type { FactNode } from "./fact-tree.ts";
import { readBlockText, type SourceLine, splitLines } from "./plain-block-text.ts";

/** The tree, or undefined where the text is not plain YAML. `offset` is where the source begins in the file. */
export function readPlainYaml(source: string, offset: number): FactNode | undefined {
  if (/[\t\r\\]|^(?:---|\.\.\.)/mu.test(source)) return undefined;
  const reader: Reader = { source, offset, lines: splitLines(source), at: 0 };
  try {
    skipBlank(reader);
    const first = reader.lines[reader.at];
    if (first === undefined || isDash(source, first)) return undefined;
    const root = readMap(reader, first.indent, 0);
    return reader.at === reader.lines.length ? root : undefined;
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

const NOT_PLAIN = Symbol("not plain");
const MAXIMUM_DEPTH = 20;

interface Reader {
  readonly source: string;
  readonly offset: number;
  readonly lines: readonly SourceLine[];
  /** Index of the line that is read next. */
  at: number;
}

/** Moves to the next line that is neither empty nor a comment. */
function skipBlank(reader: Reader): void {
  for (; reader.at < reader.lines.length; reader.at++) {
    const { start, end } = reader.lines[reader.at];
    if (start < end && reader.source[start] !== "#") return;
  }
}

function isDash(source: string, { start, end }: SourceLine): boolean {
  return source[start] === "-" && (start + 1 === end || source[start + 1] === " ");
}

/** The key is its first group. */
const KEY = /([A-Za-z0-9_][^\s:#,[\]{}"'&*!|>%@`]*(?: [^\s:#,[\]{}"'&*!|>%@`]+)*):(?= |\n|$)/uy;

/** A map of the lines with this indentation; the first of them may begin after a dash, at `from`. */
function readMap(reader: Reader, indent: number, depth: number, from?: number): FactNode {
  const { source, offset, lines } = reader;
  if (depth > MAXIMUM_DEPTH) throw NOT_PLAIN;
  const entries = new Map<string, FactNode>();
  let start = from ?? lines[reader.at].start;
  const mapStart = start;
  let end = start;
  for (;;) {
    KEY.lastIndex = start;
    const key = KEY.exec(source)?.[1];
    if (key === undefined || entries.has(key) || key.length > 80 || key === "__proto__") throw NOT_PLAIN;
    const place = { start: offset + start, end: offset + start + key.length };
    const value = readValue(reader, start + key.length + 1, indent, depth, place);
    entries.set(key, value);
    end = value.end;
    skipBlank(reader);
    const next = lines[reader.at];
    if (next === undefined || next.indent < indent) break;
    if (next.indent > indent || isDash(source, next)) throw NOT_PLAIN;
    start = next.start;
  }
  const at = { start: offset + mapStart, end };
  return { start: at.start, end, key: at, flow: false, entries };
}

/** The value that stands after a key: on its line, or on the lines below. Leaves the reader on the line after it. */
function readValue(reader: Reader, from: number, indent: number, depth: number, key: FactNode["key"]): FactNode {
  const { source, lines } = reader;
  const line = lines[reader.at];
  const at = skipSpaces(source, from, line.end);
  if (at < line.end && source[at] !== "#") return readInline(reader, at, indent, depth, key);
  reader.at++;
  skipBlank(reader);
  const next = lines[reader.at];
  if (next === undefined) throw NOT_PLAIN;
  if (next.indent > indent && "{[".includes(source[next.start]))
    return readInline(reader, next.start, indent, depth, key);
  const below = isDash(source, next)
    ? next.indent >= indent && readList(reader, next.indent, depth + 1)
    : next.indent > indent && readMap(reader, next.indent, depth + 1);
  // A key without a value is rare, and where its place is, is for the full reader to say.
  if (below === false) throw NOT_PLAIN;
  return { start: below.start, end: below.end, key, flow: false, entries: below.entries, items: below.items };
}

function readList(reader: Reader, indent: number, depth: number): FactNode {
  const { source, offset, lines } = reader;
  if (depth > MAXIMUM_DEPTH) throw NOT_PLAIN;
  const items: FactNode[] = [];
  const start = lines[reader.at].start;
  for (;;) {
    const line = lines[reader.at];
    const at = skipSpaces(source, line.start + 1, line.end);
    if (at >= line.end || source[at] === "#" || (source[at] === "-" && source[at + 1] === " ")) throw NOT_PLAIN;
    KEY.lastIndex = at;
    const isMap = KEY.test(source);
    items.push(
      isMap
        ? readMap(reader, indent + at - line.start, depth + 1, at)
        : readInline(reader, at, indent, depth, undefined),
    );
    skipBlank(reader);
    const next = lines[reader.at];
    if (next === undefined || next.indent < indent || (next.indent === indent && !isDash(source, next))) break;
    if (next.indent > indent) throw NOT_PLAIN;
  }
  const at = { start: offset + start, end: items[items.length - 1].end };
  return { start: at.start, end: at.end, key: at, flow: false, items };
}

/** A value that begins on this line. What follows it on its last line may only be a comment. */
function readInline(
  reader: Reader,
  at: number,
  indent: number,
  depth: number,
  key: FactNode["key"] | undefined,
): FactNode {
  const { source, lines } = reader;
  const character = source[at];
  let node: FactNode;
  if (character === "{" || character === "[") node = readFlow(reader, { at, indent, depth: depth + 1, key });
  else if (character === '"' || character === "'") node = readQuoted(reader, at, lines[reader.at].end, key);
  else if (character === "|" || character === ">") node = readTextBelow(reader, at, indent, key);
  else node = readBlockScalar(reader, at, key);
  const { end } = lines[reader.at];
  const after = skipSpaces(source, node.end - reader.offset, end);
  const isComment = source[after] === "#" && after > node.end - reader.offset;
  if (after < end && !isComment) throw NOT_PLAIN;
  reader.at++;
  return node;
}

function readBlockScalar(reader: Reader, at: number, key: FactNode["key"] | undefined): FactNode {
  const { source, lines } = reader;
  const { end } = lines[reader.at];
  const comment = source.indexOf(" #", at);
  let stop = comment === -1 || comment > end ? end : comment;
  while (source[stop - 1] === " ") stop--;
  const text = source.slice(at, stop);
  if (/^[\]},#&*!|>%@`]|^[-?:](?: |$)|: |:$/u.test(text)) throw NOT_PLAIN;
  // A line that goes deeper would continue this text.
  return plainNode(reader, text, at, key);
}

function readTextBelow(reader: Reader, at: number, indent: number, key: FactNode["key"] | undefined): FactNode {
  const read = readBlockText(reader.source, reader.lines, { at, index: reader.at, indent });
  if (read === undefined) throw NOT_PLAIN;
  reader.at = read.last;
  const place = { start: reader.offset + at, end: reader.offset + read.end };
  return { start: place.start, end: place.end, key: key ?? place, flow: false, scalar: read.scalar };
}

/** Text between quotes of one line, without escapes. */
function readQuoted(reader: Reader, at: number, end: number, key: FactNode["key"] | undefined): FactNode {
  const { source, offset } = reader;
  const quote = source[at];
  const close = source.indexOf(quote, at + 1);
  if (close === -1 || close >= end || source[close + 1] === quote) throw NOT_PLAIN;
  const place = { start: offset + at, end: offset + close + 1 };
  const scalar = source.slice(at + 1, close);
  return { start: place.start, end: place.end, key: key ?? place, flow: false, scalar };
}

interface FlowStart {
  readonly at: number;
  /** Of the block that holds it: its further lines must be indented deeper. */
  readonly indent: number;
  readonly depth: number;
  readonly key: FactNode["key"] | undefined;
}

/** `{ … }` or `[ … ]`, over several lines where need be. Leaves the reader on the line where it closes. */
function readFlow(reader: Reader, { at, indent, depth, key }: FlowStart): FactNode {
  const { source, offset } = reader;
  if (depth > MAXIMUM_DEPTH) throw NOT_PLAIN;
  const isMap = source[at] === "{";
  const close = isMap ? "}" : "]";
  const entries = new Map<string, FactNode>();
  const items: FactNode[] = [];
  let from = skipFlowSpace(reader, at + 1, indent);
  while (source[from] !== close) {
    let own: FactNode["key"] | undefined;
    let name = "";
    if (isMap) {
      KEY.lastIndex = from;
      name = KEY.exec(source)?.[1] ?? "";
      if (name === "" || entries.has(name) || name.length > 80 || name === "__proto__") throw NOT_PLAIN;
      own = { start: offset + from, end: offset + from + name.length };
      from = skipSpaces(source, from + name.length + 1, reader.lines[reader.at].end);
    }
    const node = readFlowValue(reader, { at: from, indent, depth, key: own });
    if (isMap) entries.set(name, node);
    else items.push(node);
    from = skipFlowSpace(reader, node.end - offset, indent);
    if (source[from] === ",") {
      from = skipFlowSpace(reader, from + 1, indent);
      if (source[from] === close) throw NOT_PLAIN;
    } else if (source[from] !== close) throw NOT_PLAIN;
  }
  const place = { start: offset + at, end: offset + from + 1 };
  const { start, end } = place;
  return isMap
    ? { start, end, key: key ?? place, flow: true, entries }
    : { start, end, key: key ?? place, flow: true, items };
}

function readFlowValue(reader: Reader, start: FlowStart): FactNode {
  const { source, lines } = reader;
  const { at, depth, key } = start;
  const { end } = lines[reader.at];
  const character = source[at];
  if (at >= end) throw NOT_PLAIN;
  if (character === "{" || character === "[") return readFlow(reader, { ...start, depth: depth + 1 });
  if (character === '"' || character === "'") return readQuoted(reader, at, end, key);
  let stop = at;
  while (stop < end && !",[]{}".includes(source[stop])) stop++;
  // The text may only end at a comma or a bracket of its own line, and hold nothing that could mean something else.
  const text = source.slice(at, stop).trimEnd();
  if (stop >= end || "[{".includes(source[stop])) throw NOT_PLAIN;
  if (text === "" || /^[#&*!|>%@`]|^[-?:](?: |$)|: |:$| #/u.test(text)) throw NOT_PLAIN;
  return plainNode(reader, text, at, key);
}

function plainNode({ offset }: Reader, text: string, at: number, key: FactNode["key"] | undefined): FactNode {
  const start = offset + at;
  const end = start + text.length;
  return { start, end, key: key ?? { start, end }, flow: false, scalar: plainScalar(text) };
}

/** What unquoted text means in the core schema of YAML 1.2; numbers that are not plainly decimal are left to the full reader. */
function plainScalar(text: string): string | number | boolean | null {
  const named = NAMED.get(text);
  if (named !== undefined) return named;
  const first = text.charCodeAt(0);
  // Before the digits and behind them, only `+`, `-` and `.` can begin a number.
  if (first > NINE || first < PLUS) return text;
  if (DECIMAL.test(text)) return isPointBeforeThree(text) ? text : Number(text);
  if (OTHER_NUMBER.test(text)) throw NOT_PLAIN;
  return text;
}

const NAMED: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["True", true],
  ["TRUE", true],
  ["false", false],
  ["False", false],
  ["FALSE", false],
  ["null", null],
  ["Null", null],
  ["NULL", null],
  ["~", null],
]);

const NINE = 57;
const PLUS = 43;
const DECIMAL = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/u;
const OTHER_NUMBER = /^(?:[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|0[ox][\da-fA-F]+|[-+]?\.(?:inf|nan))$/iu;

function skipSpaces(source: string, from: number, end: number): number {
  let at = from;
  while (at < end && source[at] === " ") at++;
  return at;
}

/** Skips spaces, line ends and comments inside brackets. */
function skipFlowSpace(reader: Reader, from: number, indent: number): number {
  const { source, lines } = reader;
  let at = from;
  for (;;) {
    const { end } = lines[reader.at];
    at = skipSpaces(source, at, end);
    const isComment = source[at] === "#" && source[at - 1] === " ";
    if (at < end && !isComment) return at;
    reader.at++;
    const next = lines[reader.at];
    if (next === undefined || (next.start < next.end && next.indent <= indent)) throw NOT_PLAIN;
    at = next.start;
    if (source[at] === "#" && at < next.end) throw NOT_PLAIN;
  }
}
