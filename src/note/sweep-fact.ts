/** Sweeps one fact of a design over a range written as people write it: `1M..100M`. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { parseQuantity } from "../core/quantity.ts";
import type { QuantityKind } from "../core/quantity-kind.ts";
import { type Dimension, describeDimension, sameDimension } from "../core/unit.ts";
import { fillSheets } from "../estimate/fill-sheets.ts";
import { type Sweep, sweep } from "../estimate/sweep.ts";
import type { Design } from "../steps/design.ts";
import { SHEETS } from "./sheets.ts";
import { vary, withFacts } from "./with-fact.ts";

export interface FactSweep {
  readonly sweep: Sweep;
  /** How the swept number is written: as its dimension, or in percent. */
  readonly as: Dimension | QuantityKind;
}

/** A fact that the note does not hold is set to the start of the range first. */
export function sweepFact(design: Design, key: string, range: string): Outcome<FactSweep> {
  const ends = range.split("..");
  if (ends.length !== 2) {
    return fail({
      code: "bad-range",
      message: `\`${range.slice(0, 60)}\` is no range`,
      where: key,
      fix: "write it like `1M..100M`",
    });
  }
  let variation = vary(design, key);
  if (!variation.ok) {
    const set = withFacts(design, [[key, ends[0]]]);
    if (!set.ok) return set;
    variation = vary(set.value, key);
    if (!variation.ok) return variation;
  }
  const { current, isWhole, at } = variation.value;
  const isPure = sameDimension(current.dimension, {});
  const isShare = isPure && current.percent;
  const bounds: number[] = [];
  for (const end of ends) {
    const read = parseQuantity(end, isPure ? (end.includes("%") ? "factor" : "count") : undefined);
    if (!read.ok) return fail({ ...read.failure, where: `--sweep ${key}` });
    if (!sameDimension(read.value.dimension, current.dimension)) {
      const message = `\`${end.trim()}\` is ${describeDimension(read.value.dimension)}, but ${key} is ${describeDimension(current.dimension)}`;
      return fail({ code: "wrong-unit", message, where: `--sweep ${key}`, fix: `write it like \`${current.text}\`` });
    }
    bounds.push(read.value.value);
  }
  const [from, to] = bounds;
  if (!(to > from) || from < 0) {
    return fail({
      code: "bad-range",
      message: `the range ${range} does not rise`,
      where: key,
      fix: "write the smaller end first",
    });
  }
  const evaluate = (x: number) => fillSheets(SHEETS, at(x));
  return succeed({ sweep: sweep({ from, to, isWhole, evaluate }), as: isShare ? "share" : current.dimension });
}
