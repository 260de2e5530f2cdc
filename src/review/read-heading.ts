/** A heading as placement reads it: with what its wording says and what the reader has said of it. */

import type { StepNumber } from "../core/figure.ts";
import type { ProseHeading } from "../design/prose-heading.ts";
import type { Wording } from "./prose-wording.ts";

export interface Read {
  readonly heading: ProseHeading;
  readonly wording: Wording;
  readonly mapped: StepNumber | 0 | undefined;
}

export function isStep({ exact, steps }: Wording): boolean {
  return exact && steps.length > 0;
}

/** The steps that headings name, by wordings from end to end or by any. */
export function stepsNamed(read: readonly Read[], exact = true): ReadonlySet<StepNumber> {
  return new Set(read.flatMap(({ wording }) => (wording.exact || !exact ? wording.steps : [])));
}

export const NO_WORDS: Wording = { steps: [], known: true, exact: false, sure: false };

/** Where something ends and the part around it goes on. */
export function markAt(place: number, depth: number, form: "item" | "fold" = "item"): Read {
  const heading: ProseHeading = { start: place, end: place, depth, text: "", form };
  return { heading, wording: NO_WORDS, mapped: undefined };
}
