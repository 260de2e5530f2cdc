/** Marks of Obsidian and its kin in a parsed text: wikilinks, embeds, boxes, ids of blocks, comments. They become what Markdown has for them. */

import type { Blockquote, Link, Parents, PhrasingContent, Root, Text } from "mdast";

/** In front of an address that names a file or a heading as a wikilink does: by its words, wherever in the notes it stands. */
const SCHEME = "wikilink:";

export interface WikiTarget {
  /** The name of a note or a file, with or without folders and ending; empty for the note itself. */
  readonly name: string;
  /** The words of a heading or `^id`; empty for the whole. */
  readonly place: string;
}

/** Undefined for an address that Markdown wrote. */
export function wikiTarget(address: string): WikiTarget | undefined {
  if (!address.startsWith(SCHEME)) return undefined;
  const [name = "", ...places] = address.slice(SCHEME.length).split("#");
  return { name: name.trim(), place: places.at(-1)?.trim() ?? "" };
}

/** As it was written, for whoever reads a message. */
export function writtenAddress(address: string): string {
  return address.startsWith(SCHEME) ? `[[${address.slice(SCHEME.length)}]]` : address;
}

export function isEmbed({ data }: Link): boolean {
  return data !== undefined && "isEmbed" in data;
}

/** Comments blanked, so that every line and every other letter keeps its place. `comments` are those that begin a line, of whatever kind. */
export function withoutWikiComments(
  source: string,
  comments: readonly { readonly start: number; readonly end: number }[],
): string {
  if (!source.includes("%%")) return source;
  const blank = (text: string): string => text.replaceAll(/[^\r\n]/gu, " ");
  return comments.reduce((text, { start, end }) => {
    const inside = text.slice(start, end);
    return inside.trimStart().startsWith("%%") ? text.slice(0, start) + blank(inside) + text.slice(end) : text;
  }, source);
}

const WORD = String.raw`[\p{L}\p{N}]`;
const COMMENT = String.raw`(?<!\d)%%(?:(?!%%).)+%%`;
const LINK = String.raw`(?<embed>!?)\[\[(?=[^\]]*\p{L})(?<to>[^\]|\n]+)(?:\|(?<says>[^\]\n]*))?\]\]`;
const LIT = String.raw`(?<!${WORD})==(?<lit>(?=\S)(?:(?!==).)+(?<=\S))==(?!${WORD})`;
const MARKS = new RegExp(`${COMMENT}|${LINK}|${LIT}`, "gu");
const PICTURE = /\.(?:png|jpe?g|gif|webp|svg|bmp|avif)$/iu;

/** In place; the tree is one that was just parsed. */
export function readWikiMarks(root: Root, source: string): void {
  if (!/\[\[|%%|==|\[!|\^/u.test(source)) return;
  const left: Parents[] = [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node.type === "blockquote") nameBox(node);
    if (node.type === "link" || node.type === "linkReference") continue;
    if (isLine(node))
      node.children = node.children.flatMap((child) => (child.type === "text" ? partsOf(child) : [child]));
    if (node.type === "paragraph" || node.type === "heading") dropBlockId(node.children);
    for (const child of node.children) if ("children" in child) left.push(child);
  }
}

function isLine(node: Parents): node is Extract<Parents, { children: PhrasingContent[] }> {
  return /^(?:paragraph|heading|tableCell|emphasis|strong|delete)$/u.test(node.type);
}

function partsOf({ value, position }: Text): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  const say = (text: string): void => {
    if (text !== "") parts.push({ type: "text", value: text, position });
  };
  let at = 0;
  for (const { index, 0: mark, groups = {} } of value.matchAll(MARKS)) {
    say(value.slice(at, index));
    at = index + mark.length;
    const { embed, to, says, lit } = groups;
    if (lit !== undefined)
      parts.push({ type: "emphasis", children: [{ type: "text", value: lit, position }], position });
    if (to === undefined) continue;
    // In a table the bar is escaped.
    const address = to.replace(/\\$/u, "").trim();
    const url = `${SCHEME}${address}`;
    const isPicture = embed === "!" && PICTURE.test(address.split("#")[0]);
    const words = says === undefined || /^\d+(?:x\d+)?$/u.test(says.trim()) ? namedBy(address) : says.trim();
    if (isPicture) parts.push({ type: "image", url, alt: words, position });
    else {
      const of: Text = { type: "text", value: words, position };
      const data = embed === "!" ? { data: { isEmbed: true } } : {};
      parts.push({ type: "link", url, children: [of], position, ...data });
    }
  }
  if (at === 0) return [{ type: "text", value, position }];
  say(value.slice(at));
  return parts;
}

/** `Note#Heading` reads `Note › Heading`. */
function namedBy(address: string): string {
  const [name = "", ...places] = address.split("#").map((one) => one.trim());
  const shown = places.filter((one) => !one.startsWith("^"));
  return [name, ...shown].filter((one) => one !== "").join(" › ") || "above";
}

/** `^id` at the end of a block names it and is not shown. */
const BLOCK_ID = /(?:^|\s)\^(?<id>(?=[\w-]*[a-z])[A-Za-z\d-]{3,})\s*$/u;

/** The id of the block that these words end. */
export function blockId(words: string): string | undefined {
  return BLOCK_ID.exec(words)?.groups?.id;
}

function dropBlockId(children: PhrasingContent[]): void {
  const last = children.at(-1);
  if (last?.type === "text") last.value = last.value.replace(BLOCK_ID, "");
}

const BOX = /^\[!(?<kind>[\w-]+)\][+-]?[ \t]*(?<title>[^\n]*)(?:\n|$)/u;

/** `> [!note] Title` opens a box: its kind and title stand above its words. */
function nameBox(box: Blockquote): void {
  const [first] = box.children;
  if (first?.type !== "paragraph") return;
  const [words, ...more] = first.children;
  if (words?.type !== "text") return;
  const match = BOX.exec(words.value);
  if (match?.groups === undefined) return;
  const { kind, title } = match.groups;
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1).toLowerCase().replaceAll("-", " ")}`;
  const isAll = match[0].length === words.value.length && !match[0].endsWith("\n");
  const head: PhrasingContent = {
    type: "strong",
    children: [
      { type: "text", value: title === "" ? name : `${name}: ${title}`, position: words.position },
      ...(isAll ? more : []),
    ],
    position: words.position,
  };
  const rest: PhrasingContent[] = isAll
    ? []
    : [{ type: "text", value: words.value.slice(match[0].length), position: words.position }, ...more];
  box.children.splice(
    0,
    1,
    { ...first, children: [head] },
    ...(rest.length === 0 ? [] : [{ ...first, children: rest }]),
  );
}
