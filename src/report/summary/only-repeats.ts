/** Why a ranking had nothing to find although people did wanted things later: all of it was what they had had before. */

import { formatNumber, formatValue } from "../../core/format-figure.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { findFigure } from "../figures.ts";
import { doubt, type Remark } from "./advice-remark.ts";

/** Half a sentence that goes on after `there was nothing to measure`; empty where no repeats are the reason. */
export function onlyRepeats(run: MeasuredRun, part: "test" | "validation" = "test"): string {
  const had = repeatsIn(run, part);
  return had === undefined
    ? ""
    : `: the later wanted events of ${formatValue(had)} are all of items that they had before, and what somebody had is no find`;
}

/** What can be asked of such data instead. */
export const ASK_FOR_REPEATS =
  "No ranking of what people have again can be measured yet. Whether somebody has an item again can: make one row for each person, item and week, with a column that says whether it was had in that week, and draft a note of it with `heptad new --data FILE --label COLUMN`.";

function repeatsIn(
  run: MeasuredRun,
  part: "test" | "validation",
): { readonly value: number; readonly unit: string } | undefined {
  return findFigure(run, { step: 3, name: `with only repeats in ${part}` });
}

/** A test of the fewer people who found something new says nothing of the others. */
export function onRepeats(run: MeasuredRun): Remark[] {
  const had = repeatsIn(run, "test");
  const asked = findFigure(run, { step: 3, name: "test requests" })?.value ?? 0;
  if (had === undefined || asked === 0 || had.value <= asked) return [];
  return [
    doubt(
      3,
      4,
      "That the test stands for most",
      `${formatNumber(had.value)} of ${formatNumber(had.value + asked)} ${had.unit} with later wanted events only had again what they had before: they are in no figure.`,
    ),
  ];
}
