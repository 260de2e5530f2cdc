/** Where the links of a note to its own places lead, named as GitHub names them: headings by their words, and `<a id="…">`. */

import type { Nodes, Root } from "mdast";
import { parseMarkdown } from "./read-markdown.ts";
import { blockId, wikiTarget } from "./wiki-marks.ts";

export interface NoteAnchors {
  /** The whole note, for footnotes that are cited in one section and stand in another. */
  readonly whole: Root;
  /** What the note defines for all its sections, to be read with each: footnotes that are cited, and addresses of links. */
  readonly definitions: string;
  /** The id, in the book, of the heading on a line, counted from 1, where a link of the note leads to it. */
  idAt(line: number): string | undefined;
  /** The id, in the book, that `#fragment` leads to; undefined where the note has no such place. */
  find(fragment: string): string | undefined;
  /** The same of the words of a heading, or of `^id`, as a wikilink writes them. */
  findWords(words: string): string | undefined;
}

/** A numbered section: the line of its heading, and its id in the book. */
interface SectionPlace {
  readonly line: number;
  readonly id: string;
}

/** `id` is that of the note's chapter; the sections stand in the order of the note. */
export function readAnchors(text: string, id: string, sections: readonly SectionPlace[]): NoteAnchors {
  const source = withoutFront(text);
  const whole = parseMarkdown(source);
  const places = new Map<string, number>();
  const headings = new Set<number>();
  const asked = new Set<string>();
  const repeats = new Map<string, number>();
  for (const node of nodesOf(whole)) {
    const line = node.position?.start.line ?? 1;
    const name = (written: string): void => void (places.has(written) || places.set(written, line));
    if (node.type === "heading") {
      const { words, custom } = partsOf(wordsIn(node));
      const slug = slugOf(words);
      const before = repeats.get(slug) ?? 0;
      repeats.set(slug, before + 1);
      name(before === 0 ? slug : `${slug}-${before}`);
      if (custom !== undefined) name(custom.toLowerCase());
      // The title is the chapter's own.
      if (node.depth > 1) headings.add(line);
    } else if (node.type === "html") {
      for (const [, , own] of node.value.matchAll(/\b(?:id|name)\s*=\s*(["'])([^"']+)\1/giu)) name(own.toLowerCase());
    } else if (node.type === "link" || node.type === "definition") {
      const wiki = wikiTarget(node.url);
      if (wiki?.name === "") asked.add(wikiKey(wiki.place));
      else if (node.url.startsWith("#")) asked.add(keyOf(node.url));
    }
  }
  for (const { id: own, line } of blockIds(source)) if (!places.has(own)) places.set(own, line);
  const targets = new Set([...asked].flatMap((one) => places.get(one) ?? []));
  const isSection = (line: number): boolean => sections.some((one) => one.line === line);
  const idAt = (line: number): string | undefined =>
    headings.has(line) && targets.has(line) && !isSection(line) ? `${id}-line-${line}` : undefined;
  const placeOf = (key: string): string | undefined => {
    const line = places.get(key);
    if (line === undefined) return undefined;
    return idAt(line) ?? sections.findLast((one) => one.line <= line)?.id ?? id;
  };
  return {
    whole,
    definitions: definitionsIn(whole, source),
    idAt,
    find: (fragment) => placeOf(keyOf(fragment)),
    findWords: (words) => placeOf(wikiKey(words)),
  };
}

function definitionsIn(whole: Root, source: string): string {
  const nodes = [...nodesOf(whole)];
  const cited = new Set(nodes.flatMap((node) => (node.type === "footnoteReference" ? [node.identifier] : [])));
  return nodes
    .filter((node) => node.type === "definition" || (node.type === "footnoteDefinition" && cited.has(node.identifier)))
    .map(({ position }) => source.slice(position?.start.offset, position?.end.offset))
    .join("\n\n");
}

function* nodesOf(tree: Nodes): Generator<Nodes> {
  yield tree;
  if ("children" in tree) for (const child of tree.children) yield* nodesOf(child);
}

function wordsIn(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(wordsIn).join("") : "";
}

/** `Sources {#data}` has a name of its own beside its words. */
function partsOf(written: string): { readonly words: string; readonly custom: string | undefined } {
  const custom = /\s*\{#(?<name>[^{}\s]+)\}\s*$/u.exec(written);
  return { words: written.slice(0, custom?.index), custom: custom?.groups?.name };
}

/** Front matter is no Markdown; its lines stay, so that every other keeps its number. */
function withoutFront(text: string): string {
  return text.replace(/^\uFEFF?---[ \t]*\r?\n[\s\S]*?\n---[ \t]*(?=\r?\n|$)/u, (front) =>
    front.replaceAll(/[^\n]/gu, ""),
  );
}

/** As GitHub makes a fragment of a heading. */
function slugOf(words: string): string {
  return words
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\s-]/gu, "")
    .replaceAll(/\s/gu, "-");
}

/** No heading is called as the id of a block is. */
function wikiKey(words: string): string {
  return words.startsWith("^") ? words.toLowerCase() : slugOf(words);
}

function blockIds(source: string): { readonly id: string; readonly line: number }[] {
  if (!source.includes("^")) return [];
  return source.split("\n").flatMap((line, i) => {
    const own = blockId(line);
    return own === undefined ? [] : [{ id: `^${own.toLowerCase()}`, line: i + 1 }];
  });
}

function keyOf(fragment: string): string {
  const name = fragment.replace(/^#/u, "");
  try {
    return decodeURIComponent(name).toLowerCase();
  } catch {
    return name.toLowerCase();
  }
}
