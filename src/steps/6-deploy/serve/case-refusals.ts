/** What a service of cases does not take, in words for whoever sent it. */

import { z } from "zod";

export function saidConflict(id: string): string {
  return `the id \`${id}\` is that of a case about others: nothing was predicted or taken. A case that is sent again is about the same as before, and another case has an id of its own`;
}

/** `odd` is an id of the data that a number would not keep; undefined where a number may stand for any of them. */
export function refuseOddNumber(name: string, who: number, odd: string | undefined): void {
  if (odd === undefined) return;
  throw new z.ZodError([
    {
      code: "custom",
      path: ["entities", name],
      message: `is ${who}, but must be a text in quotes, as the data writes it: a number would be another one than ${JSON.stringify(odd)}`,
      input: who,
    },
  ]);
}

export function refuseFuture(time: number, whose: string): never {
  throw new z.ZodError([
    {
      code: "custom",
      path: ["time"],
      message: `${time} lies ahead of ${whose} clock by more than an hour`,
      input: time,
    },
  ]);
}

/** Why a label is not taken; `before` is what was told earlier, -1 for nothing. */
export function refusalOf(before: number | undefined, label: number, isFinal: boolean): string | undefined {
  if (before === undefined) return "unknown-case";
  if (before === label) return "duplicate";
  return before >= 0 && isFinal ? "already-labelled" : undefined;
}

export function countOf(reasons: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
