/** Ids that a number cannot stand for, since a program writes the number otherwise: 0042, 12.0, or one of twenty digits. */

import { FailureError } from "../../../core/outcome.ts";

/** The first of the data's ids that is such a one; undefined where none is. */
export function oddId(names: readonly string[] | undefined): string | undefined {
  return names?.find(isOdd);
}

function isOdd(name: string): boolean {
  const number = /^[+-]?\.?\d/u.test(name) ? Number(name) : Number.NaN;
  return !(Number.isNaN(number) || (Number.isSafeInteger(number) && String(number) === name));
}

/** Throws a `FailureError` where the data has more ids than were kept of it: which one a request means would not be known. */
export function checkIdsKept(
  entities: Iterable<readonly [string, { readonly count: number; readonly names?: readonly string[] }]>,
): void {
  for (const [name, { count, names }] of entities)
    if (names !== undefined && names.length < count)
      throw new FailureError({
        code: "too-many-ids",
        message: `the data has ${count} ids of \`${name}\`, more than are kept for a service: no request could say which it is about`,
        fix: "serve a note whose features are about fewer, or of which this is not an entity",
      });
}
