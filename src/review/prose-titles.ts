/** Which headings of a plain note are titles: of the file, and in a file of several designs of each. */

import type { StepNumber } from "../core/figure.ts";
import { BOLD_DEPTH, type ProseHeading } from "../design/prose-heading.ts";
import type { Wording } from "./prose-wording.ts";
import { isStep, type Read } from "./read-heading.ts";

/** Fewer steps than this under a heading, and it is not the title of a design of its own. */
export const FEWEST_STEPS = 4;
/** Of a design that is one of several in its file. */
const FEWEST_OF_SEVERAL = 3;
const FEWEST_REPEATED = 2;
/** What follows requirements need not be much. */
const FEWEST_AFTER_THE_FIRST = 2;

/**
 * The first step where it stands one level above all others, as under `# Requirements` with `## Data`, `## Model`, `## Serving`: the others are
 * no parts of it. No step of them comes before it, and no other heading of its level names one.
 */
export function firstOverOthers(open: readonly Read[], titles: ReadonlySet<ProseHeading>): ProseHeading | undefined {
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
export function titlesOf(
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
