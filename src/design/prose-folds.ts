/** The folds of a plain note, `<details>` with a `<summary>`, as headings of what they hold. */

import type { Stretch } from "./markdown.ts";
import { BOLD_DEPTH, type ProseHeading, plainWords } from "./prose-heading.ts";

const FOLD = /^[ \t]{0,3}<details(?:\s[^<>]*)?>\s*<summary(?:\s[^<>]*)?>(?<said>[\s\S]{1,400}?)<\/summary>/gimu;

/** The outermost folds: neighbours are as deep as what they hold allows. `headings` in the order of the text. */
export function folds(text: string, headings: readonly ProseHeading[], hidden: readonly Stretch[]): ProseHeading[] {
  const found: ProseHeading[] = [];
  const endOf = foldEnds(text);
  let end = 0;
  let next = 0;
  let nextHidden = 0;
  let group: number[] = [];
  const levels: (readonly number[])[] = [];
  for (const match of text.matchAll(FOLD)) {
    const { index: start } = match;
    while (nextHidden < hidden.length && hidden[nextHidden].end <= start) nextHidden++;
    if (start < end || (nextHidden < hidden.length && hidden[nextHidden].start <= start)) continue;
    const said = start + match[0].length;
    const until = endOf.get(start + match[0].indexOf("<"));
    end = until ?? said;
    let depth = BOLD_DEPTH;
    let isApart = false;
    for (; next < headings.length && headings[next].start < said; next++)
      isApart ||= headings[next].start < start && headings[next].depth < BOLD_DEPTH;
    if (isApart) group = [];
    for (; next < headings.length && headings[next].start < end; next++)
      depth = Math.min(depth, headings[next].depth - 0.5);
    group.push(depth);
    levels.push(group);
    const words = plainWords((match.groups?.said ?? "").replaceAll(/\s+/gu, " "));
    found.push({
      start,
      end: said,
      depth: BOLD_DEPTH,
      text: words,
      form: "fold",
      ...(until === undefined ? {} : { until }),
    });
  }
  const depths = new Map(
    [...new Set(levels)].map((of) => [of, of.reduce((least, one) => Math.min(least, one))] as const),
  );
  return found.map((fold, i) => ({ ...fold, depth: depths.get(levels[i]) ?? BOLD_DEPTH }));
}

/** Where the fold that begins at a place ends, behind the tag that closes it. */
function foldEnds(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (const { index, 0: tag } of text.matchAll(/<\/?details(?:\s[^<>]*)?>/giu)) {
    if (!tag.startsWith("</")) open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined) ends.set(start, index + tag.length);
    }
  }
  return ends;
}
