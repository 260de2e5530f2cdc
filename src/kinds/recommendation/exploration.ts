/** Exploration slots: for a share of requests the last places of a list are drawn by chance, and the chance of each choice is known. */

import type { Random } from "../../core/random.ts";

/** How much is given to chance. */
export type Exploration = {
  /** Share of requests that explore. */
  readonly share: number;
  /** Places at the end of the list that are drawn then; all of them where it is the list's length. */
  readonly slots: number;
};

/** The list that is shown, and the probability with which the policy shows a title at a place (from 0). */
export interface ExploredList {
  readonly titles: readonly number[];
  propensity(title: number, place: number): number;
}

/**
 * The list of a policy that explores: `base` as it stands, or with its last slots drawn without replacement from all candidates that
 * are not above them. The base list's own titles for these slots are among the candidates.
 */
export function exploreList(
  base: readonly number[],
  candidates: Iterable<number>,
  { share, slots }: Exploration,
  random: Random,
): ExploredList {
  const fixed = base.slice(0, Math.max(0, base.length - slots));
  const open = new Set([...base, ...candidates]);
  for (const title of fixed) open.delete(title);
  const tail =
    random.uniform() < share ? drawDistinct([...open], base.length - fixed.length, random) : base.slice(fixed.length);
  return {
    titles: [...fixed, ...tail],
    propensity(title, place) {
      if (place < fixed.length) return title === fixed[place] ? 1 : 0;
      return (open.has(title) ? share / open.size : 0) + (title === base[place] ? 1 - share : 0);
    },
  };
}

/** The first steps of a Fisher–Yates shuffle. */
function drawDistinct(titles: number[], count: number, random: Random): number[] {
  for (let at = 0; at < count; at++) {
    const other = at + random.below(titles.length - at);
    [titles[at], titles[other]] = [titles[other], titles[at]];
  }
  return titles.slice(0, count);
}
