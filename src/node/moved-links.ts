/** Leads the relative links and pictures of a note that is written into another folder to the same files as before. */

import { posix } from "node:path";
import type { Nodes } from "mdast";
import { parseMarkdown } from "../book/read-markdown.ts";

export interface MovedLinks {
  readonly text: string;
  /** How many addresses are written anew. */
  readonly moved: number;
}

/**
 * `back` is the way from the new folder to the old one, with slashes, such as `../notes`. Addresses of the web, from the root of a site and
 * within the note stay, and so does what stands in code; nothing else than the addresses changes.
 */
export function movedLinks(text: string, back: string): MovedLinks {
  // Reading a note whole takes longer than all else of its import.
  if (!MAY_LEAD.test(text)) return { text, moved: 0 };
  const front = /^---\n[\s\S]*?\n---\n/u.exec(text)?.[0].length ?? 0;
  const places = placesIn(treeOf(text), text).filter(({ start }) => start >= front);
  let made = "";
  let at = 0;
  let moved = 0;
  for (const { start, address } of places.toSorted((a, b) => a.start - b.start)) {
    if (start < at || !isRelative(address)) continue;
    made += text.slice(at, start) + throughFolder(address, back);
    at = start + address.length;
    moved++;
  }
  return { text: made + text.slice(at), moved };
}

/** Nothing of a text that is nested deeper than the reader's stack: it is nobody's note. */
function treeOf(text: string): Nodes {
  try {
    return parseMarkdown(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { type: "root", children: [] };
  }
}

/** Something that might be a relative address; most notes have none. */
const MAY_LEAD =
  /(?:\]\(\s*|^ {0,3}\[(?!\^)[^\n]*\]:\s*|\s(?:src|href|poster)\s*=\s*["'])<?(?![a-z][a-z\d+.-]*:|[/\\#?\s<)])/imu;

interface Place {
  readonly start: number;
  /** As it is written. */
  readonly address: string;
}

const AT_END =
  /\]\(\s*(?:<(?<pointed>[^<>\n]*)>|(?<bare>(?:[^\s()\\]|\\.|\([^()\s]*\))+))(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)$/du;
const DEFINED = /^\[(?:[^\]\\]|\\.)+\]:\s*(?:<(?<pointed>[^<>\n]*)>|(?<bare>\S+))/du;
const IN_TAG = /\s(?:src|href|poster)\s*=\s*(?:"(?<double>[^"<>]*)"|'(?<single>[^'<>]*)')/dgiu;

/** Of all nodes; however deep they stand, none of the stack is used. */
function placesIn(root: Nodes, text: string): Place[] {
  const places: Place[] = [];
  const left: Nodes[] = [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    places.push(...placesOf(node, text));
    if ("children" in node) for (const child of node.children) left.push(child);
  }
  return places;
}

function placesOf({ type, position }: Nodes, text: string): Place[] {
  const start = position?.start.offset ?? 0;
  const written = (): string => text.slice(start, position?.end.offset ?? start);
  const of = (match: RegExpExecArray | null): Place[] =>
    Object.values(match?.indices?.groups ?? {}).flatMap((span) =>
      span === undefined ? [] : [{ start: start + span[0], address: text.slice(start + span[0], start + span[1]) }],
    );
  switch (type) {
    case "link":
    case "image":
      return of(AT_END.exec(written()));
    case "definition":
      return of(DEFINED.exec(written()));
    case "html":
      return [...written().matchAll(IN_TAG)].flatMap(of);
    default:
      return [];
  }
}

/** No scheme, no root, no place of the note itself. */
function isRelative(address: string): boolean {
  return !/^(?:[a-z][a-z\d+.-]*:|[/\\#?]|$)/iu.test(address.trim());
}

function throughFolder(address: string, back: string): string {
  const [path] = address.split(/[?#]/u);
  const way = encodeURI(back).replaceAll("(", "%28").replaceAll(")", "%29");
  return posix.join(way, path) + address.slice(path.length);
}
