/** The few intervals that say most: the best single model, the system, and its smallest slices, each against the baseline. */

import type { MeasuredRun } from "../../system/run-record.ts";
import { contestOf, differenceOf, figuresOf, type RunFigure, sidesOf } from "../figures.ts";

export interface ForestRow {
  readonly name: string;
  readonly isSlice: boolean;
  readonly figure: RunFigure;
}

export interface Forest {
  readonly metric: string;
  readonly rows: readonly ForestRow[];
  /** The smallest gain that pays; null where the note does not say. */
  readonly gain: number | null;
}

/** `slices` is how many of them; those with the fewest requests come first, because they decide least and are believed most. */
export function forestRows(run: MeasuredRun, slices: number): Forest | undefined {
  const contest = contestOf(run);
  if (contest === undefined || contest.system === contest.baseline) return undefined;
  const { metric, baseline, system, rival } = contest;
  const of = (after: string): RunFigure | undefined =>
    differenceOf(run, { step: 5, name: metric, before: baseline, after });
  const whole = of(system);
  if (whole?.interval == null) return undefined;
  const other = rival === undefined ? undefined : of(rival);
  const parts = figuresOf(run, { step: 5, name: metric })
    .filter((one) => {
      const sides = sidesOf(one);
      return one.slice !== "all" && one.interval !== null && sides?.before === baseline && sides.after === system;
    })
    .sort((a, b) => (a.n ?? 0) - (b.n ?? 0))
    .slice(0, slices);
  return {
    metric,
    gain: run.context.stated.success?.gain ?? null,
    rows: [
      ...(other?.interval == null || rival === undefined ? [] : [{ name: rival, isSlice: false, figure: other }]),
      { name: system, isSlice: false, figure: whole },
      ...parts.map((figure) => ({ name: figure.slice, isSlice: true, figure })),
    ],
  };
}
