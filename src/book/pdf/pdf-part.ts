/** One PDF of several that are joined: what is kept of it, under which numbers, and where its pages, headings and tags begin. */

import type { OutlineItem } from "./outline.ts";
import { mapReferences, type PdfDictionary, type PdfValue } from "./pdf-value.ts";
import { type PdfFile, readPdf } from "./read-pdf.ts";

export interface PdfPart {
  readonly file: PdfFile;
  readonly catalog: PdfDictionary;
  /** The number in the whole of each object that is kept. */
  readonly renumbered: ReadonlyMap<number, number>;
  readonly pageTree: number;
  readonly pages: readonly { readonly number: number; readonly height: number }[];
  readonly outline: readonly OutlineItem[];
  /** The root of its tags, where it has any. */
  readonly tags: { readonly number: number; readonly root: PdfDictionary } | undefined;
  /** What is added to the keys by which pages and links find their tags. */
  readonly firstKey: number;
  /** Before the names of its table heads, which each part counts from 1. */
  readonly prefix: string;
  /** The value with its references led to the numbers of the whole. */
  led(value: PdfValue): PdfValue;
  /** The number in the whole of the object a value refers to. */
  numberOf(value: PdfValue | undefined): number;
}

export interface PartOrder {
  readonly bytes: Uint8Array;
  /** How deep its first heading stands in the outline. */
  readonly depth: number;
  readonly firstNumber: number;
  readonly firstKey: number;
  readonly prefix: string;
}

export function readPart({ bytes, depth, firstNumber, firstKey, prefix }: PartOrder): PdfPart {
  const file = readPdf(bytes);
  const catalog = file.entries(file.trailer.of.get("Root"));
  const outlineRoot = catalog.of.get("Outlines");
  const tagRoot = catalog.of.get("StructTreeRoot");
  const pageTree = target(catalog.of.get("Pages"));
  const heads = [file.trailer.of.get("Root"), file.trailer.of.get("Info"), catalog.of.get("Metadata"), outlineRoot];
  const left = new Set([...heads, tagRoot].flatMap((one) => (one === undefined ? [] : [target(one)])));
  const kept = file.numbers.filter((number) => !left.has(number));
  const renumbered = new Map(kept.map((number, i) => [number, firstNumber + i]));
  const renumber = (old: number): number => {
    const number = renumbered.get(old);
    if (number === undefined) throw new Error(`a part of the PDF refers to its object ${old}, which is not kept`);
    return number;
  };
  return {
    file,
    catalog,
    renumbered,
    pageTree,
    pages: pagesBelow(file, pageTree).map((page) => ({
      number: renumber(page),
      height: numberIn(listOf(file.entries({ kind: "reference", to: page }).of.get("MediaBox"))[3]),
    })),
    outline: outlineRoot === undefined ? [] : itemsBelow(file, file.entries(outlineRoot), depth, renumber),
    tags: tagRoot === undefined ? undefined : { number: target(tagRoot), root: file.entries(tagRoot) },
    firstKey,
    prefix,
    led: (value) => mapReferences(value, renumber),
    numberOf: (value) => renumber(target(value)),
  };
}

export function pageCount(bytes: Uint8Array): number {
  const file = readPdf(bytes);
  return pagesBelow(file, target(file.entries(file.trailer.of.get("Root")).of.get("Pages"))).length;
}

/** The pages of a tree of pages, in their order. */
function pagesBelow(file: PdfFile, number: number): number[] {
  const { of } = file.entries({ kind: "reference", to: number });
  const kids = of.get("Kids");
  return kids === undefined ? [number] : listOf(kids).flatMap((kid) => pagesBelow(file, target(kid)));
}

function itemsBelow(
  file: PdfFile,
  above: PdfDictionary,
  depth: number,
  renumber: (old: number) => number,
): OutlineItem[] {
  const items: OutlineItem[] = [];
  for (let at = above.of.get("First"); at !== undefined; ) {
    const entry = file.entries(at);
    items.push({ number: renumber(target(at)), depth }, ...itemsBelow(file, entry, depth + 1, renumber));
    at = entry.of.get("Next");
  }
  return items;
}

export function listOf(value: PdfValue | undefined): readonly PdfValue[] {
  return value?.kind === "array" ? value.of : [];
}

export function textOf(value: PdfValue | undefined): string | undefined {
  return value?.kind === "plain" ? value.text : undefined;
}

export function numberIn(value: PdfValue | undefined): number {
  const number = Number(textOf(value));
  if (!Number.isFinite(number)) throw new Error("the PDF has no number where one belongs");
  return number;
}

/** The object that a value refers to. */
function target(value: PdfValue | undefined): number {
  if (value?.kind !== "reference") throw new Error("the PDF has no reference where one belongs");
  return value.to;
}
