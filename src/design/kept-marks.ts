/** Keeps the mark of a line to what it was said of: what somebody sets by hand stands on a line without it, and the other facts keep theirs. */

import type { FactPath } from "./fact-path.ts";
import type { FactNode } from "./fact-tree.ts";
import { nodeAt } from "./fact-tree.ts";
import { PROPOSED_MARK } from "./proposed-mark.ts";
import { endOfLine, newlineOf, startOfLine } from "./text-lines.ts";

/** Says of a value where it comes from: it was measured on data, or proposed and not accepted. Another value comes from elsewhere. */
const MARK = new RegExp(`^[ \\t]+(?<mark>(?:#[ \\t]*measured(?![\\p{L}\\p{N}-])|${PROPOSED_MARK.source}).*)$`, "u");

/** Where the comment ends that marks the value which ends at `end`; `end` where nothing marks it. */
export function endWithMark(text: string, end: number): number {
  const rest = text.slice(end, endOfLine(text, end));
  return MARK.test(rest) ? end + rest.length : end;
}

/** The mark that says something of the fact at `path` and goes with its value: behind it, behind the brackets around it, or behind a key above. */
export function markOver(text: string, root: FactNode, path: FactPath): string | undefined {
  for (let depth = 1; depth <= path.length; depth++) {
    const node = nodeAt(root, path.slice(0, depth));
    if (node === undefined) return undefined;
    const isBlock = !node.flow && node.scalar === undefined;
    const mark = isBlock ? markBehindKey(text, node) : markAt(text, node.end);
    if (mark !== undefined) return mark.mark;
  }
  return undefined;
}

/** The text with the same facts, in which no mark of a line says something of the fact at `path` that was said of its neighbours. */
export function keepMarks(text: string, root: FactNode, path: FactPath): string {
  for (let depth = 1; depth <= path.length; depth++) {
    const node = nodeAt(root, path.slice(0, depth));
    if (node === undefined) return text;
    const rest = path.slice(depth);
    const isSet = rest.length === 0;
    // The mark of the whole stands behind its key, and says something of all that is below.
    const behindKey = node.flow || node.scalar !== undefined ? undefined : markBehindKey(text, node);
    if (behindKey !== undefined) return spread(text, node, rest, behindKey);
    if (node.flow && !isSet) return partFlow(text, node, rest);
  }
  return text;
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly mark: string;
}

function markAt(text: string, from: number): Mark | undefined {
  const end = endOfLine(text, from);
  const mark = MARK.exec(text.slice(from, end))?.groups?.mark;
  return mark === undefined ? undefined : { start: from, end, mark };
}

function markBehindKey(text: string, { key, start }: FactNode): Mark | undefined {
  if (key.start === start) return undefined;
  const colon = /^[ \t]*:/u.exec(text.slice(key.end, key.end + 100));
  const mark = colon === null ? undefined : markAt(text, key.end + colon[0].length);
  return mark !== undefined && mark.end <= start ? mark : undefined;
}

/** The mark goes from the key to every line below it but the one that is set. */
function spread(text: string, node: FactNode, rest: FactPath, { start, end, mark }: Mark): string {
  const places = rest.length === 0 ? [] : besides(text, node, rest);
  const marked = [...new Set(places)].toSorted((a, b) => b - a);
  const bare = /^#[ \t]*\p{L}+/u.exec(mark)?.[0] ?? mark;
  let done = text;
  for (const [i, at] of marked.entries()) {
    const rest = done.slice(at, endOfLine(done, at));
    // What it says is said once, on the first line.
    const words = i === marked.length - 1 ? mark : bare;
    const comment = /[ \t]#[ \t]*/u.exec(rest);
    const [from, put] = comment === null ? [at, `   ${words}`] : [at + comment.index, ` ${words}; `];
    if (!MARK.test(rest)) done = done.slice(0, from) + put + done.slice(from + (comment?.[0].length ?? 0));
  }
  return done.slice(0, start) + done.slice(end);
}

/** Where the values end that lie beside the path. */
function besides(text: string, node: FactNode, rest: FactPath): number[] {
  const [head] = rest;
  const below = [...(node.entries ?? []), ...(node.items?.entries() ?? [])];
  return below.flatMap(([name, one]): number[] => {
    if (name !== head) return ends(text, one);
    if (rest.length === 1) return [];
    return one.flow ? [one.end] : besides(text, one, rest.slice(1));
  });
}

/** A fact of one line is marked behind its value, one of several behind its key, and an element of a list at each of its facts. */
function ends(text: string, node: FactNode): number[] {
  if (node.flow || node.scalar !== undefined) return [Math.max(node.end, afterColon(text, node))];
  if (node.key.start !== node.start) return [afterColon(text, node)];
  return [...(node.entries?.values() ?? []), ...(node.items ?? [])].flatMap((one) => ends(text, one));
}

function afterColon(text: string, { key, start }: FactNode): number {
  if (key.start === start) return key.end;
  return key.end + (/^[ \t]*:/u.exec(text.slice(key.end, key.end + 100))?.[0].length ?? 0);
}

/** A map or list in brackets on a marked line gets a line for each of its facts. */
function partFlow(text: string, node: FactNode, rest: FactPath): string {
  const mark = markAt(text, node.end);
  if (mark === undefined || /[\r\n]/u.test(text.slice(node.start, node.end))) return text;
  if (isOnly(node, rest)) return text.slice(0, mark.start) + text.slice(mark.end);
  const line = startOfLine(text, node.start);
  const isElement = node.key.start === node.start;
  const column = (isElement ? node.start : node.key.start) - line + (isElement ? 0 : 2);
  const written = asBlock(text, node, rest, { indent: " ".repeat(column), mark: mark.mark });
  const newline = newlineOf(text);
  const [from, lines] = isElement
    ? [node.start, written.join(newline).trimStart()]
    : [endOfKey(text, node), newline + written.join(newline)];
  return text.slice(0, from) + lines + text.slice(mark.end);
}

function endOfKey(text: string, node: FactNode): number {
  return text.slice(0, node.start).trimEnd().length;
}

/** Whether the path leads to the one fact that stands in the brackets. */
function isOnly(node: FactNode, rest: FactPath): boolean {
  if (rest.length === 0) return true;
  const inner = nodeAt(node, rest.slice(0, 1));
  return inner !== undefined && (node.entries?.size ?? node.items?.length) === 1 && isOnly(inner, rest.slice(1));
}

interface Place {
  readonly indent: string;
  readonly mark: string;
}

function asBlock(text: string, node: FactNode, rest: FactPath, { indent, mark }: Place): string[] {
  const [head] = rest;
  const lines: string[] = [];
  for (const [name, one] of [...(node.entries ?? []), ...(node.items?.entries() ?? [])]) {
    const isElement = typeof name === "number";
    const lead = isElement ? "- " : `${text.slice(one.key.start, one.key.end)}:`;
    const value = text.slice(one.start, one.end);
    if (name !== head) lines.push(`${indent}${isElement ? `- ${value}` : `${lead} ${value}`.trimEnd()}   ${mark}`);
    else if (rest.length === 1 || !one.flow)
      lines.push(`${indent}${isElement ? `- ${value}` : `${lead} ${value}`.trimEnd()}`);
    else {
      const below = asBlock(text, one, rest.slice(1), { indent: `${indent}  `, mark });
      if (isElement) lines.push(`${indent}- ${below[0].trimStart()}`, ...below.slice(1));
      else lines.push(`${indent}${lead}`, ...below);
    }
  }
  return lines;
}
