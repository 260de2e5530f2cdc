/** Which rows have features: all that a round trains on or judges, from the first to the last of them; and how many have none, and why. */

import { count } from "../../../core/plural.ts";
import type { ScoredTask } from "../scored-task.ts";
import type { Rounds } from "../split/late-label-split-stage.ts";

/** Rows from `from` up to `until`. */
export interface RowsWithFeatures {
  readonly from: number;
  readonly until: number;
}

export function rowsWithFeatures({ earlier, final }: Rounds): RowsWithFeatures {
  return { from: (earlier[0] ?? final).trainFrom, until: final.test[final.test.length - 1] + 1 };
}

/** The rows that have none, in words; empty where all have. */
export function rowsWithout(
  { time, words }: Pick<ScoredTask, "time" | "words">,
  { from, until }: RowsWithFeatures,
): string {
  const after = time.length - until;
  const parts = [
    ...(from > 0 ? [`${count(from)} before the first round`] : []),
    ...(after > 0 ? [`${count(after)} after the last that is judged`] : []),
  ];
  if (parts.length === 0) return "";
  const [others, need] = from + after === 1 ? [`other ${words.case}`, "needs"] : [`other ${words.cases}`, "need"];
  const said = parts.length === 1 ? parts[0] : `${count(from + after)}, ${parts.join(" and ")}`;
  return ` The ${others} ${need} none: ${said}.`;
}
