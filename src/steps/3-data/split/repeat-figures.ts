/** How many units only had again what they had before: they make no request, and a run that left that out would say that nobody wanted anything. */

import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { Remark } from "../../../system/stage.ts";
import type { RankedWords } from "../ranked-task.ts";
import type { Requests } from "./request-time.ts";

/** Units whose later events are wanted and make no request: none where there are none. */
export function repeatFigures(part: "test" | "validation", { units }: Requests, words: RankedWords): Figure[] {
  if (units.onlyHad === 0) return [];
  return [
    figure({
      step: 3,
      name: `with only repeats in ${part}`,
      subject: "split",
      value: units.onlyHad,
      unit: words.units,
      note: `their later wanted events are all of ${words.items} that they had before, and what somebody had is no find: they make no request`,
    }),
  ];
}

/** A warning where they are more than those who make a request. */
export function repeatRemarks({ count, units }: Requests, words: RankedWords): Remark[] {
  if (units.onlyHad <= count) return [];
  return [
    {
      kind: "warning",
      text: `of ${formatNumber(count + units.onlyHad)} ${words.units} with later wanted events in the test ${formatNumber(units.onlyHad)} have them only with ${words.items} that they had before; what somebody had is no find and is left out of every list, so nothing here says how well repeats are foreseen`,
    },
  ];
}
