/** From when to when the parts of a split go: the moments of the first and the last row in each, both included, whatever divides them. */

import { type Figure, figure } from "../../../core/figure.ts";

/** The first and the last moment of a part, in seconds since 1970; a part without rows has none. */
export type PartMoments = readonly [name: string, first: number | undefined, last: number | undefined];

/** `test from` and `test until` for each part that has rows. */
export function partMoments(parts: readonly PartMoments[]): Figure[] {
  return parts.flatMap(([name, first, last]) => [
    ...momentOf(`${name} from`, first, "the first one in it"),
    ...momentOf(`${name} until`, last, "the last one in it"),
  ]);
}

function momentOf(name: string, value: number | undefined, note: string): Figure[] {
  if (value === undefined || !Number.isFinite(value)) return [];
  return [figure({ step: 3, name, subject: "split", value, unit: "time", note })];
}
