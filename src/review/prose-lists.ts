/** Which items of the lists of a plain note are headings, and where what stands below them ends. */

import { BOLD_DEPTH, ITEM_DEPTH, type ProseHeading } from "../design/prose-heading.ts";
import { FEWEST_STEPS } from "./prose-titles.ts";
import { isStep, markAt, type Read, stepsNamed } from "./read-heading.ts";

/**
 * Headings with signs, bold lines that a reader would take for headings, and of the items of lists those that are a known wording and
 * hold something. Where such an item ends a mark without words stands: what follows belongs to the part around it again.
 */
export function withItems(text: string, read: readonly Read[], titles: ReadonlySet<ProseHeading>): Read[] {
  const kept: Read[] = [];
  const headings = new Set(read.flatMap((one) => (one.heading.form === "item" ? [] : [one.heading.start])));
  const named = read.filter(({ wording }) => isStep(wording));
  const isBoldNote = named.filter(({ heading }) => heading.form === "bold" && heading.isRunIn !== true).length >= 3;
  const isFoldNote = named.filter(({ heading }) => heading.form === "fold").length >= 3;
  const lists = listsOf(text, read, headings);
  let around: Read | undefined;
  const open: { readonly end: number; readonly depth: number }[] = [];
  const closeBefore = (place: number): void => {
    for (let item = open.at(-1); item !== undefined && item.end <= place; item = open.at(-1)) {
      open.pop();
      if (text.slice(item.end, place).trim() !== "") kept.push(markAt(item.end, item.depth));
    }
  };
  for (const one of read) {
    const { heading, wording, mapped } = one;
    const isNamed = mapped !== undefined || isStep(wording);
    if (heading.form !== "item") {
      const isLoose = (heading.form === "bold" && !isBoldNote) || (heading.form === "fold" && !isFoldNote);
      if (isLoose && !isNamed && !titles.has(heading)) continue;
      closeBefore(heading.start);
      open.length = 0;
      kept.push(one);
      around = titles.has(heading) ? undefined : one;
      continue;
    }
    const list = lists.get(heading);
    const isAsked = around === undefined && heading.text !== "" && list !== undefined && list.named >= FEWEST_NAMED;
    if (!isNamed && !isAsked) continue;
    const isPartOfUnknown = around !== undefined && around.mapped === undefined && !around.wording.known;
    if (mapped === undefined && isPartOfUnknown && list?.isWhole === false && list.steps < FEWEST_STEPS) continue;
    // One of three approaches in a numbered list is not torn out of it for its name.
    if (mapped === undefined && around !== undefined && list?.isNumbered === true && list.named < list.holding / 2)
      continue;
    const end = itemEnd(text, heading);
    const holds = holdsWords(text, heading, end);
    const isOutermost = isNamed && !holds && heading.depth === ITEM_DEPTH && !followsItem(text, heading.start);
    // A number with nothing below it is as empty as a heading with nothing below it.
    const isEmptyStep = list?.isNumbered === true && list.isOverLines && isBeforeBlank(text, end);
    const isLine = isOutermost && (isEmptyStep || isBeforeParagraph(text, end, headings));
    if (!holds && !isLine) continue;
    closeBefore(heading.start);
    kept.push(isLine ? { ...one, heading: { ...heading, depth: BOLD_DEPTH } } : one);
    if (holds) open.push({ end, depth: heading.depth });
  }
  closeBefore(text.length);
  return kept;
}

/** So many items of a list are steps, and the others with something under them are headings as well: they have to be asked. */
const FEWEST_NAMED = 3;

interface List {
  /** How many of its items are a known wording and hold something. */
  readonly named: number;
  /** How many steps these are. */
  readonly steps: number;
  /** How many hold something. */
  readonly holding: number;
  /** Its order means something: an item alone would lose its number. */
  readonly isNumbered: boolean;
  /** Each item is one: in "user: …, track: …" the word `user` says nothing of a step, and "latency: …" beside other limits is one of them. */
  readonly isWhole: boolean;
  /** All its items are steps, and behind one of them stands a paragraph: it is a note, and no table of contents. */
  readonly isOverLines: boolean;
}

/** The list of each item, where some item of it is a known wording; items of one depth up to a heading, or to an item further out. */
function listsOf(text: string, read: readonly Read[], headings: ReadonlySet<number>): ReadonlyMap<ProseHeading, List> {
  const lists = new Map<ProseHeading, List>();
  const open = new Map<number, Read[]>();
  const close = (from: number): void => {
    for (const [depth, items] of open) {
      if (depth < from) continue;
      open.delete(depth);
      if (!items.some(({ wording }) => isStep(wording))) continue;
      const holding = items.filter(({ heading }) => holdsWords(text, heading, itemEnd(text, heading)));
      const known = holding.filter(({ wording }) => isStep(wording));
      const named = known.length;
      const isNumbered = items.every(({ heading }) => /^\s*\d/u.test(text.slice(heading.start, heading.end)));
      const list = {
        named,
        steps: stepsNamed(known).size,
        holding: holding.length,
        isNumbered,
        isWhole: named === items.length,
        isOverLines:
          stepsNamed(items).size >= FEWEST_NAMED &&
          items.every(({ wording }) => isStep(wording)) &&
          items.some(({ heading }) => isBeforeParagraph(text, itemEnd(text, heading), headings)),
      };
      for (const { heading } of items) lists.set(heading, list);
    }
  };
  for (const one of read) {
    const { depth, form } = one.heading;
    if (form !== "item") {
      close(0);
      continue;
    }
    close(depth + 1);
    const items = open.get(depth);
    if (items === undefined) open.set(depth, [one]);
    else items.push(one);
  }
  close(0);
  return lists;
}

function holdsWords(text: string, heading: ProseHeading, end: number): boolean {
  return text.slice(heading.end, end).replace(/^[\s:*_–—-]+/u, "") !== "";
}

/** Where the lines end that are indented deeper than an item, or go on with its words; bullets at the edge of a number are below it. */
function itemEnd(text: string, heading: ProseHeading): number {
  const isNumber = /^\s*\d/u.test(text.slice(heading.start, heading.end));
  const line = /[^\r\n]*(?:\r\n|\n|\r|$)/uy;
  let at = heading.start;
  let end = at;
  let isFirst = true;
  let afterBlank = false;
  while (at < text.length) {
    line.lastIndex = at;
    const words = line.exec(text)?.[0] ?? "";
    const next = at + words.length;
    const isBlank = words.trim() === "";
    if (!isFirst && !isBlank) {
      const indent = (/^[ \t]*/u.exec(words)?.[0] ?? "").replaceAll("\t", "    ").length;
      const goesOn = !afterBlank && !/^\s*(?:[-*+]\s|\d{1,3}[.)]\s|#|```|~~~|\||<|>)/u.test(words);
      const edge = heading.depth - ITEM_DEPTH;
      const isBelow = isNumber && indent === edge && /^\s*[-*+]\s/u.test(words);
      if (indent <= edge && !goesOn && !isBelow) break;
    }
    if (!isBlank) end = next;
    isFirst = false;
    afterBlank = isBlank;
    at = next;
  }
  return end;
}

/** Whether the next line that is not empty is prose at the left edge, and no heading: the item before it was meant as a heading. */
function isBeforeParagraph(text: string, end: number, headings: ReadonlySet<number>): boolean {
  const blank =
    /^\s*(?:^|[\r\n])(?![ \t]|[-*+]\s|\d{1,3}[.)]\s|[#<>|]|```|~~~|(?:-[ \t]*){3,}[\r\n]|(?:\*[ \t]*){3,}[\r\n]|_{3,}[ \t]*[\r\n]|={3,})(?=\S)/u.exec(
      text.slice(end, end + 2000),
    );
  return blank !== null && !headings.has(end + blank[0].length);
}

function isBeforeBlank(text: string, end: number): boolean {
  return /^[ \t]*(?:\r\n|\n|\r)/u.test(text.slice(end, end + 200));
}

/** A line of a list right under another item is one of several names, as in a table of contents. */
function followsItem(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 400), start).replace(/(?:\r\n|\n|\r)$/u, "");
  return /(?:^|[\r\n])[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+[^\r\n]*$/u.test(before);
}
