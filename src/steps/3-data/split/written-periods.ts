/** How long the parts of a split are, as a note writes them: shares of the events or stretches of time. */

import type { DataFacts } from "../schema.ts";
import type { TimeSplitOptions } from "./by-time.ts";

type PeriodFacts = { readonly share: number } | { readonly seconds: number };

/** The split that a note writes. Plain data. */
export type WrittenPeriods = {
  readonly train: PeriodFacts | null;
  readonly validation: PeriodFacts | null;
  readonly test: PeriodFacts | null;
  readonly gap: number;
};

/** What the note says of its parts, each null where it says nothing. */
export function writtenPeriods(split: DataFacts["split"]): WrittenPeriods {
  return {
    train: period(split?.train),
    validation: period(split?.validation),
    test: period(split?.test),
    gap: split?.gap?.value ?? 0,
  };
}

/** The same for `splitByTime`. */
export function splitOptions({ train, validation, test, gap }: WrittenPeriods): TimeSplitOptions {
  return {
    ...(train !== null && { train }),
    ...(validation !== null && { validation }),
    ...(test !== null && { test }),
    gap,
  };
}

function period(
  written: { readonly value: number; readonly dimension: { readonly second?: number } } | undefined,
): PeriodFacts | null {
  if (written === undefined) return null;
  return written.dimension.second === 1 ? { seconds: written.value } : { share: written.value };
}
