/** The events that a model of a ranked task learns from: those of a window, by when they happened and when they were known. */

import type { RankedEvents } from "../ranked-task.ts";

/** What a model may learn from: events that happened at `from` or later and were known strictly before `until`. */
export interface TrainingWindow {
  /** Default: all that happened. */
  readonly from?: number;
  readonly until: number;
}

/** Whether an event lies in the window, by row. */
export function liesIn(
  { time, happened = time }: Pick<RankedEvents, "time" | "happened">,
  { from = Number.NEGATIVE_INFINITY, until }: TrainingWindow,
): (event: number) => boolean {
  return (event) => happened[event] >= from && time[event] < until;
}
