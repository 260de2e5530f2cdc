/** Tags of HTML in a line that change how the words between them are set, told by where they are closed again. */

import type { PhrasingContent } from "mdast";

export interface Pair {
  readonly from: number;
  readonly to: number;
  readonly kind: "raised" | "lowered" | "strong" | "emphasis" | "struck";
}

const PAIRED: ReadonlyMap<string, Pair["kind"]> = new Map([
  ["sup", "raised"],
  ["sub", "lowered"],
  ["b", "strong"],
  ["strong", "strong"],
  ["i", "emphasis"],
  ["em", "emphasis"],
  ["s", "struck"],
  ["del", "struck"],
]);

/** Further on than this a tag is not closed. */
const LONGEST_PAIR = 40;

/** The next tag that is closed again in the same line: `10<sup>9</sup>` is no 109. */
export function nextPair(children: readonly PhrasingContent[], start: number): Pair | undefined {
  for (let from = start; from < children.length; from++) {
    const child = children[from];
    const name = child.type === "html" ? /^<([a-z]+)(?:\s[^<>]*)?>$/iu.exec(child.value)?.[1].toLowerCase() : undefined;
    const kind = PAIRED.get(name ?? "");
    if (kind === undefined) continue;
    for (let to = from + 1; to < Math.min(children.length, from + LONGEST_PAIR); to++) {
      const other = children[to];
      if (other.type === "html" && other.value.toLowerCase() === `</${name}>`) return { from, to, kind };
    }
  }
  return undefined;
}
