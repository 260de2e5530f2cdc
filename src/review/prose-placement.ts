/** Places the parts of a plain note in the seven steps: by their headings, by the headings above them, and by what the reader has said. */

import type { StepNumber } from "../core/figure.ts";
import type { Stretch } from "../design/markdown.ts";
import type { ProseHeading } from "../design/prose-heading.ts";
import type { ProseOutline } from "../design/prose-outline.ts";
import { isOfPairs, withFoldEnds, withPairs, withRowHeads } from "./prose-forms.ts";
import { withItems } from "./prose-lists.ts";
import { firstOverOthers, titlesOf } from "./prose-titles.ts";
import { type ProseStep, readWording } from "./prose-wording.ts";
import { isStep, type Read } from "./read-heading.ts";

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
