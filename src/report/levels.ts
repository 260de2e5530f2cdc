/** Levels of the metric that decides, written with the same decimals wherever they stand: in the ledger, a doubt, an answer, a plot. */

import type { MeasuredRun } from "../system/run-record.ts";
import { contestOf, differenceOf, findFigure } from "./figures.ts";
import { type Pair, pairOf, sharedDecimals, type Written } from "./numbers.ts";

/**
 * The decimals that the difference of system and baseline needs, or one of the two levels if that needs more: a difference that is known
 * to three decimals stands beside levels of three, however wide their own intervals are. Undefined where nothing has an interval.
 */
function levelDecimals(run: Pick<MeasuredRun, "figures" | "evaluation">): number | undefined {
  const contest = contestOf(run);
  if (contest === undefined) return undefined;
  const { metric, baseline, system } = contest;
  const known = [
    findFigure(run, { step: 5, name: metric, subject: baseline }),
    findFigure(run, { step: 5, name: metric, subject: system }),
    differenceOf(run, { step: 5, name: metric, before: baseline, after: system }),
  ];
  return sharedDecimals(known.filter((one) => one !== undefined));
}

/** A level of the deciding metric, its bounds apart. */
export function levelOf(run: Pick<MeasuredRun, "figures" | "evaluation">, level: Written): Pair {
  return pairOf(level, { least: levelDecimals(run) });
}
