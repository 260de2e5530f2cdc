/** Whether the run reaches what the note counts as a success: from the interval, as every verdict is. */

import type { MeasuredRun } from "../../system/run-record.ts";
import { contestOf, findFigure } from "../figures.ts";
import { levelOf } from "../levels.ts";
import type { Pair } from "../numbers.ts";

export interface Success {
  readonly metric: string;
  /** The value from which the note counts it as one. */
  readonly from: number;
  readonly verdict: "reached" | "missed" | "not settled";
  /** What was measured of the system that was chosen. */
  readonly pair: Pair;
}

/** Undefined where the note names no value of the deciding metric, or where nothing was judged by it. */
export function successOf(run: MeasuredRun): Success | undefined {
  const contest = contestOf(run);
  const { success } = run.context.stated;
  if (contest === undefined || success === null || success.value === null) return undefined;
  if (success.metric !== "" && success.metric !== contest.metric) return undefined;
  const own = findFigure(run, { step: 5, name: contest.metric, subject: contest.system });
  if (own === undefined) return undefined;
  const [low, high] = own.interval ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const verdict = low >= success.value ? "reached" : high < success.value ? "missed" : "not settled";
  return { metric: contest.metric, from: success.value, verdict, pair: levelOf(run, own) };
}
