/** What the split of ranked requests says of itself: where every event went, who is asked, and what no time means. */

import { capital } from "../../../core/capital.ts";
import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import type { Remark } from "../../../system/stage.ts";
import type { RankedWords } from "../ranked-task.ts";
import type { Requests } from "./request-time.ts";
import type { countParts } from "./split.ts";

/** Said where not everybody is asked: intervals are of those who are. `isCut`: of the test, or of another set of requests. */
export function drawnRemarks(
  { all, asked, isCut }: { readonly all: number; readonly asked: number; readonly isCut: boolean },
  { units }: Pick<RankedWords, "units">,
): Remark[] {
  if (!isCut) return [];
  if (asked === all)
    return [
      {
        kind: "answer",
        text: `All ${formatNumber(all)} ${units} who could ask in the test were asked; of validation, or of a window that a second stage learns from, there were more, and as many at most were drawn at random (\`sampled-users\`).`,
      },
    ];
  return [
    {
      kind: "answer",
      text: `Of ${formatNumber(all)} ${units} who could ask in the test ${formatNumber(asked)} were drawn at random (\`sampled-users\`), and of validation and of each window that a second stage learns from as many at most: figures are of these, with intervals as wide as so few make them. First-stage models learn from all events.`,
    },
  ];
}

export function timelessRemarks(description: string, { count, units }: Requests, words: RankedWords): Remark[] {
  return [
    {
      kind: "answer",
      text: `Split ${description}. Of ${formatNumber(units.active)} ${words.units} with test events ${formatNumber(count)} have one to find.`,
    },
    {
      kind: "warning",
      text: "the data has no time, so nothing here says how the system would do on what comes later: a model may have learned from events that happened after those it is asked about. Drift, alerts, label delay, windows of features and the length of the history are left out",
    },
  ];
}

/** Where every event that was read went, so that none is missing without a word: the parts add up to all. */
export function accountOf({ train, validation, test, unused }: ReturnType<typeof countParts>): string {
  const used = train + validation + test;
  const rest = unused === 0 ? "" : `, ${formatNumber(unused)} lie in a gap, before training or were known too late`;
  return `Of ${formatNumber(used + unused)} events ${formatNumber(used)} are in a part${rest}.`;
}

export function splitRemarks(
  description: string,
  { units }: Pick<Requests, "units">,
  words: Pick<RankedWords, "units">,
  account: string,
): Remark[] {
  const share = units.active === 0 ? 0 : (units.active - units.seenBefore) / units.active;
  const text = `Split ${description}. ${account} ${capital(words.units)} active after the test cut: ${formatNumber(units.active)}, of them seen before it ${formatNumber(units.seenBefore)}. ${formatShare(share, 2)} of the ${words.units} start cold.`;
  return [{ kind: "answer", text }];
}
