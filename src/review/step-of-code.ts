/** The step that a finding belongs to, by its code: that of a rule says it, that of a check of files or models says it where it is another. */

import { MAPPING_CODES } from "./mapping-codes.ts";

const STEPS = new Map<string, number>(
  Object.entries(MAPPING_CODES).flatMap(([code, text]) => ("step" in text ? [[code, text.step] as const] : [])),
);

/** 0 for what belongs to the note as a whole. A team's own rule names its step as `T4-…`. */
export function stepOfCode(code: string): number {
  return (
    STEPS.get(code) ??
    Number(
      /^(?:HP(\d)\d\d$|T(\d)-)/u
        .exec(code)
        ?.slice(1)
        .find((step) => step !== undefined) ?? 0,
    )
  );
}
