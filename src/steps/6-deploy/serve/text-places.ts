/** What stands in a table of texts where one is found: its number in the bits that no place has more of, and above them those of its hash. */

import type { Characters } from "./text-hash.ts";

/** Text `number`, from 1 on, in a table whose last place is `last`, one less than a power of two and no less than any number. */
export function placed(number: number, hash: number, last: number): number {
  return (hash & ~last) | number;
}

/** Whether what stands there may be the text of this hash; mostly, what is another's says so. */
export function mayBe(one: number, hash: number, last: number): boolean {
  return ((one ^ hash) & ~last) === 0;
}

export function numberIn(one: number, last: number): number {
  return one & last;
}

/** Whether text `number`, from 1 on, of those that begin at `starts`, is this one. Backwards: ids differ at their ends. */
export function isText(characters: Characters, starts: Uint32Array, number: number, text: string): boolean {
  const start = starts[number - 1];
  if (starts[number] - start !== text.length) return false;
  for (let at = text.length - 1; at >= 0; at--) if (characters[start + at] !== text.charCodeAt(at)) return false;
  return true;
}
