/** Whether a simulated world fits into a machine, asked before it is made: a slip of a zero in a note ends with a sum, not with the memory. */

import { FailureError } from "../../../core/outcome.ts";

/** Days on which one person may act: each is drawn, and about one in four leaves an event. */
const MOST_PERSON_DAYS = 1e8;
const BYTES_PER_PERSON_DAY = 40;
const MOST_THINGS = 2e6;
const BYTES_PER_THING = 1000;

export interface WorldSize {
  readonly people: readonly [name: string, count: number];
  readonly things: readonly [name: string, count: number];
  readonly days: number;
}

/** Throws a `FailureError` that shows the sum for a world that no machine holds. */
export function checkWorldSize({ people: [persons, count], things: [objects, number], days }: WorldSize): void {
  const personDays = count * days;
  if (personDays > MOST_PERSON_DAYS) {
    throw tooLarge(
      `${written(count)} ${persons} x ${written(days)} days = ${written(personDays)}, at ${BYTES_PER_PERSON_DAY} bytes each ` +
        `${written((personDays * BYTES_PER_PERSON_DAY) / 1e9)} GB`,
      `simulate ${written(MOST_PERSON_DAYS)} ${persons} x days at most: fewer ${persons} over the same days measure the same`,
    );
  }
  if (number > MOST_THINGS) {
    throw tooLarge(
      `${written(number)} ${objects} at ${BYTES_PER_THING} bytes each are ${written((number * BYTES_PER_THING) / 1e9)} GB`,
      `simulate ${written(MOST_THINGS)} ${objects} at most, and size the full catalog with \`heptad estimate NOTE\``,
    );
  }
}

function tooLarge(sum: string, fix: string): FailureError {
  return new FailureError({
    code: "world-too-large",
    message: `the simulated world does not fit: ${sum}`,
    where: "section 3, source",
    fix,
  });
}

function written(value: number): string {
  return value < 1e6
    ? value.toLocaleString("en-US", { maximumFractionDigits: 1 })
    : value.toExponential(1).replace("e+", "e");
}
