/** What a training stage says about rare positives: what was learned from, and what that did to the log-odds. */

import { capital } from "../../../core/capital.ts";
import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import type { Remark } from "../../../system/stage.ts";
import type { Imbalance } from "../../3-data/sample/imbalance.ts";
import type { ScoredWords } from "../../3-data/scored-task.ts";
import type { OpenRound } from "./fit-round.ts";

/** A note's `rate-after` beside `keep` may be so far from what comes out, as a factor, before it is remarked on. */
const CLAIM_TOLERANCE = 1.1;

/** `total` counts the cases of the training period. Nothing to say where nothing was done. */
export function imbalanceRemarks(
  subject: string,
  { handling, odds, rateAfter, corrected }: Imbalance,
  { training: { labels }, lift }: OpenRound,
  total: number,
  words: ScoredWords,
): readonly Remark[] {
  if (handling === "none") return [];
  const positives = labels.reduce((sum, one) => sum + one, 0);
  const raised = (positives / (total - positives)) * Math.exp(lift);
  const share = raised / (1 + raised);
  const learned =
    handling === "downsample"
      ? `learned from ${formatNumber(labels.length)} of ${formatNumber(total)} ${words.cases}: all ${words.positives} and ${formatShare((labels.length - positives) / (total - positives))} of the ${words.others}, drawn by the seed`
      : `counted every ${words.positive} ${formatNumber(Math.exp(lift), 3)} times in training${handling === "oversample" ? ", which is what so many copies of it would do" : ""}`;
  const undone = corrected
    ? `Its log-odds are lowered by ${formatNumber(lift, 3)} for it, so that they speak of the world again.`
    : "Its log-odds are left as they came out: they rank, and are no probabilities before a calibration.";
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `**${subject}** ${learned}. ${capital(words.positives)} weigh ${formatShare(share)} there and are ${formatShare(positives / total)} of the ${words.cases}. ${undone}`,
    },
  ];
  const isFar =
    odds !== null && rateAfter !== null && Math.abs(Math.log(share / rateAfter)) > Math.log(CLAIM_TOLERANCE);
  if (isFar)
    remarks.push({
      kind: "warning",
      text: `the note says \`rate-after: ${formatShare(rateAfter)}\`; with its \`keep\`, ${words.positives} weigh ${formatShare(share)} in what **${subject}** learned from.`,
    });
  return remarks;
}
