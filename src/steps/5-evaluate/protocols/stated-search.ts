/** The plain search that a note's rule to beat means, of those that a run makes. */

import type { PhotoSubject } from "../../4-model/convolution/photo-vectors-stage.ts";

export type PlainSearch = Extract<PhotoSubject, "histogram" | "pixels">;

/** The simplest first. */
export const PLAIN_SEARCHES: readonly PlainSearch[] = ["histogram", "pixels"];

const WORDS: Readonly<Record<PlainSearch, RegExp>> = { histogram: /\bhistograms?\b/iu, pixels: /\bpixels?\b/iu };

/** `nearest small pixels`; null where the rule means neither, or both. */
export function statedSearch(rule: string | undefined): PlainSearch | null {
  const meant = PLAIN_SEARCHES.filter((one) => WORDS[one].test(rule ?? ""));
  return meant.length === 1 ? meant[0] : null;
}
