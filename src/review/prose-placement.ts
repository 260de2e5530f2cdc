/** Places the parts of a plain note in the seven steps: by their headings, by the headings above them, and by what the reader has said. */

import type { StepNumber } from "../core/figure.ts";
import type { Stretch } from "../design/markdown.ts";
import { BOLD_DEPTH, ITEM_DEPTH, type ProseHeading, type ProseOutline } from "../design/prose-outline.ts";
import { isOfPairs, withFoldEnds, withPairs, withRowHeads } from "./prose-forms.ts";
import { type ProseStep, readWording, type Wording } from "./prose-wording.ts";
import { isStep, markAt, type Read, stepsNamed } from "./read-heading.ts";

/** A heading and what stands under it up to the next. */
export interface ProsePart {
  readonly heading: ProseHeading;
  /** Empty where it belongs to none, or where nobody can say. */
  readonly steps: readonly StepNumber[];
  /** `split`: below a heading of two steps it says which; `unknown` has to be asked. */
  readonly how: "title" | "mapped" | "wording" | "split" | "inherited" | "beside" | "unknown";
  /** It belongs to no step because the reader has said so; its questions are asked all the same. */
  readonly isSetAside?: true;
  /** From the end of the heading to the next part. */
  readonly body: Stretch;
  /** Of which design of the file it is, from 0. */
  readonly design: number;
}

/** What a reader has said of a heading: a step, or 0 for none. */
export type HeadingMap = ReadonlyMap<string, StepNumber | 0>;

export interface PlacementOptions {
  /** By the words of a heading, in any case. */
  readonly map?: HeadingMap;
  /** In a folder of one file a step the title names the step. */
  readonly titleNamesStep?: boolean;
}

/** Fewer steps than this under a heading, and it is not the title of a design of its own. */
const FEWEST_STEPS = 4;
/** Of a design that is one of several in its file. */
const FEWEST_OF_SEVERAL = 3;
const FEWEST_REPEATED = 2;
/** What follows requirements need not be much. */
const FEWEST_AFTER_THE_FIRST = 2;

/** The parts of a note in order; what stands before the first heading is in none of them. */
export function placeParts(
  text: string,
  { headings }: ProseOutline,
  steps: readonly ProseStep[],
  options: PlacementOptions = {},
): ProsePart[] {
  const said = new Map([...(options.map ?? [])].map(([words, step]) => [keyOfHeading(words), step]));
  const all = headings.map(
    (heading): Read => ({
      heading,
      wording: readWording(heading.text, steps),
      mapped: said.get(keyOfHeading(heading.text)),
    }),
  );
  const read = withPairs(
    all.filter(({ heading, wording, mapped }) => heading.isRunIn !== true || mapped !== undefined || isStep(wording)),
  );
  const open = read.filter(({ heading }) => heading.form !== "item");
  const hasItems = read.some(({ heading, wording }) => heading.form === "item" && isStep(wording));
  const titles = titlesOf(text, open, options.titleNamesStep === true, hasItems);
  const kept = withRowHeads(text, withFoldEnds(text, withItems(text, read, titles)));
  const first = options.titleNamesStep === true ? undefined : firstOverOthers(open, titles);
  const parts: ProsePart[] = [];
  const above: Above[] = [];
  let design = 0;
  let holdsSteps = false;
  for (const [i, one] of kept.entries()) {
    const { heading } = one;
    while (above.length > 0 && above[above.length - 1].part.heading.depth >= heading.depth) above.pop();
    const isTitle = titles.has(heading);
    // A title over titles belongs to the first design below it.
    if (isTitle && holdsSteps) {
      design++;
      holdsSteps = false;
    }
    const body = { start: heading.end, end: kept[i + 1]?.heading.start ?? text.length };
    const part: ProsePart = {
      heading,
      ...placed(one, isOfPairs(heading) ? undefined : above.at(-1), isTitle),
      body,
      design,
    };
    parts.push(part);
    // What stands below a first step that has become the title's form stands beside it.
    if (heading !== first) above.push({ part, isWhole: one.wording.isWhole === true && one.mapped === undefined });
    holdsSteps ||= part.steps.length > 0;
  }
  return parts;
}

/** The steps of words that stand by themselves, as the name of a file does: by what the reader has said, else by their wording. */
export function stepsOfWords(words: string, steps: readonly ProseStep[], map?: HeadingMap): StepNumber[] {
  const mapped = [...(map ?? [])].findLast(([said]) => keyOfHeading(said) === keyOfHeading(words))?.[1];
  if (mapped !== undefined) return mapped === 0 ? [] : [mapped];
  return [...readWording(words, steps).steps];
}

/** Headings are told apart by their words alone. */
export function keyOfHeading(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A heading over others; `isWhole` where its words mean the design as a whole and say nothing of the steps below. */
interface Above {
  readonly part: ProsePart;
  readonly isWhole: boolean;
}

function placed(
  { wording, mapped }: Read,
  above: Above | undefined,
  isTitle: boolean,
): Pick<ProsePart, "steps" | "how" | "isSetAside"> {
  if (mapped === 0) return { steps: [], how: "beside", isSetAside: true };
  if (mapped !== undefined) return { steps: [mapped], how: "mapped" };
  if (isTitle) return { steps: [], how: "title" };
  const parent = above?.part;
  if (above?.isWhole === true && isStep(wording)) return { steps: wording.steps, how: "wording" };
  const inherited = parent?.steps ?? [];
  if (inherited.length > 0) {
    const isPart = inherited.length > 1 && wording.steps.some((step) => inherited.includes(step));
    if (isPart) return { steps: wording.steps.filter((step) => inherited.includes(step)), how: "split" };
    if (wording.sure && wording.steps.length > 0) return { steps: wording.steps, how: "wording" };
    return { steps: inherited, how: "inherited" };
  }
  if (parent?.how === "beside" && above?.isWhole !== true && !wording.sure)
    return { steps: [], how: "beside", ...(parent.isSetAside === true ? { isSetAside: true } : {}) };
  if (!wording.known) return { steps: [], how: "unknown" };
  return { steps: wording.steps, how: wording.steps.length === 0 ? "beside" : "wording" };
}

/**
 * The first step where it stands one level above all others, as under `# Requirements` with `## Data`, `## Model`, `## Serving`: the others are
 * no parts of it. No step of them comes before it, and no other heading of its level names one.
 */
function firstOverOthers(open: readonly Read[], titles: ReadonlySet<ProseHeading>): ProseHeading | undefined {
  const named = open.filter(({ heading, wording }) => isStep(wording) && !titles.has(heading));
  const [first, ...others] = named;
  if (first === undefined || others.some(({ heading }) => heading.depth <= first.heading.depth)) return undefined;
  return comesFirst(first.wording, others) ? first.heading : undefined;
}

/** Whether a step is followed by steps enough, each of them a later one or another part of the same. */
function comesFirst({ steps }: Wording, others: readonly Read[]): boolean {
  const least = Math.min(...steps);
  const after = new Set(others.flatMap(({ wording }) => wording.steps.filter((step) => !steps.includes(step))));
  const fewest = least === 1 ? FEWEST_AFTER_THE_FIRST : FEWEST_OF_SEVERAL;
  return after.size >= fewest && [...after].every((step) => step > least);
}

/** The title of the file, and in a file of several designs the title of each. A heading over a list of steps is one, though no other follows. */
function titlesOf(
  text: string,
  open: readonly Read[],
  titleNamesStep: boolean,
  hasItems: boolean,
): ReadonlySet<ProseHeading> {
  const several = titlesOfSeveral(open);
  const [first] = open;
  if (first === undefined) return several;
  const { depth } = first.heading;
  const isAlone = open.every(({ heading }, i) => i === 0 || heading.depth > depth);
  const namesStep = isStep(first.wording);
  const isAbove = open.length > 1 || (hasItems && !namesStep);
  // Under `# Requirements` the other steps: the first of them is no title.
  const named = open.filter(({ wording }, i) => i > 0 && isStep(wording));
  const isFirstStep = namesStep && isAlone && comesFirst(first.wording, named) && !namesAgain(first.wording, named);
  // Bold lines and headings of one level throughout: a first one with nothing under it names the whole.
  const isBare = open.length > 1 && text.slice(first.heading.end, open[1].heading.start).trim() === "";
  const isTitle = isAlone
    ? !(titleNamesStep && namesStep) && isAbove && !isFirstStep
    : !namesStep && (depth === 1 || (isBare && !first.wording.known));
  return isTitle ? new Set([...several, first.heading]) : several;
}

/** A step that has a heading of its own below is not the one above: that is the title. */
function namesAgain({ steps }: Wording, others: readonly Read[]): boolean {
  return others.some(({ wording }) => wording.steps.some((step) => steps.includes(step)));
}

/**
 * Titles of as many designs: each over steps enough, or over some that stand under another one too, its own requirements among them:
 * candidates and ranking of one design may each have their data and their model, and share what is asked.
 */
function titlesOfSeveral(open: readonly Read[]): Set<ProseHeading> {
  for (let depth = 1; depth < BOLD_DEPTH; depth++) {
    const over = open.flatMap(({ heading, wording }, i) => {
      if (heading.depth !== depth || isStep(wording)) return [];
      const under = new Set<StepNumber>();
      for (const below of open.slice(i + 1)) {
        if (below.heading.depth <= depth) break;
        for (const step of below.wording.steps) under.add(step);
      }
      return under.size >= FEWEST_OF_SEVERAL ? [{ heading, under }] : [];
    });
    const repeats = (a: ReadonlySet<StepNumber>, b: ReadonlySet<StepNumber>): boolean =>
      a.has(1) && b.has(1) && [...a].filter((step) => b.has(step)).length >= FEWEST_REPEATED;
    const found = over.filter(
      ({ under }) =>
        under.size >= FEWEST_STEPS || over.some((other) => other.under !== under && repeats(under, other.under)),
    );
    if (found.length > 1)
      return withSisters(
        found.map(({ heading }) => heading),
        open,
      );
  }
  return new Set();
}

/**
 * With the headings beside the titles of designs that have their form, name no step and stand over one: a short design among others is a
 * design too, and its words are not those of the one before.
 */
function withSisters(titles: readonly ProseHeading[], open: readonly Read[]): Set<ProseHeading> {
  const { depth } = titles[0];
  const forms = new Set(titles.map(({ form }) => form));
  const parents = new Map<ProseHeading, ProseHeading | undefined>();
  let parent: ProseHeading | undefined;
  for (const { heading } of open) {
    if (heading.depth < depth) parent = heading;
    if (heading.depth === depth) parents.set(heading, parent);
  }
  const under = new Set(titles.map((title) => parents.get(title)));
  const sisters: ProseHeading[] = [];
  let holdsStep = false;
  for (const { heading, wording } of open.toReversed()) {
    if (heading.depth > depth) {
      holdsStep ||= isStep(wording);
      continue;
    }
    const isSister = heading.depth === depth && forms.has(heading.form) && under.has(parents.get(heading));
    const isBeside = wording.known && wording.steps.length === 0;
    if (isSister && holdsStep && !isBeside && !isStep(wording)) sisters.push(heading);
    holdsStep = false;
  }
  return new Set([...titles, ...sisters]);
}

/**
 * Headings with signs, bold lines that a reader would take for headings, and of the items of lists those that are a known wording and
 * hold something. Where such an item ends a mark without words stands: what follows belongs to the part around it again.
 */
function withItems(text: string, read: readonly Read[], titles: ReadonlySet<ProseHeading>): Read[] {
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
