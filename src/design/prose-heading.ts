/** A heading of a plain note in any form, and its words as Markdown shows them. */

import type { Stretch } from "./markdown.ts";

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

/** Depth of a bold line: below every heading with signs. */
export const BOLD_DEPTH = 7;
/** Depth of an item of the outermost list. */
export const ITEM_DEPTH = 8;

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
export function plainWords(text: string): string {
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
