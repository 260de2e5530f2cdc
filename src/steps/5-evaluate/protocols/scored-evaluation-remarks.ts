/** What an evaluation of cases says beside its figures: what goes on and why, what answers requests, and where a figure flatters. */

import { formatNumber, formatShare, formatValue } from "../../../core/format-figure.ts";
import { NOTHING_TO_TEST_ON } from "../../../system/run-summary.ts";
import type { Remark } from "../../../system/stage.ts";
import { labelsOf } from "../../3-data/scored-task.ts";
import type { AlertDecision } from "./alert-decision.ts";
import { FELT_RATE, flatters, type MeasuredUnits } from "./case-figures.ts";
import type { JudgedClassifier, JudgedRounds } from "./judged-classifier.ts";

/** `served` is what answers requests, whatever was chosen. */
export function scoredEvaluationRemarks(
  measured: readonly MeasuredUnits[],
  chosen: JudgedClassifier,
  served: string,
  data: JudgedRounds,
  decision: AlertDecision | undefined,
): Remark[] {
  const best = measured.find(({ subject }) => subject === chosen.subject);
  const labels = labelsOf(data.task, data.final.test);
  const base = labels.reduce((sum, one) => sum + one, 0) / labels.length;
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `**${chosen.subject}** ${whyChosen(chosen, data)}.${decision === undefined ? "" : ` ${decision.sentence}`}`,
    },
  ];
  if (served !== chosen.subject)
    remarks.push({
      kind: "warning",
      text: `What answers requests is **${served}**, the first boosted trees of the note, and not ${chosen.subject}: steps 6 and 7 measure that, and so does a service.`,
    });
  const alarms = FELT_RATE * labels.length * (1 - base);
  if (best !== undefined && flatters(best)) {
    const { positives } = data.task.words;
    const looked =
      decision === undefined ? "says how well they are told apart" : "and card precision speak of what is looked at";
    remarks.push({
      kind: "warning",
      text: `AUC ROC ${formatNumber(best.value.aucRoc, 3)} flatters: with ${formatShare(base, 2)} ${positives}, a false-alarm rate of 1% already means ${formatNumber(alarms)} false alarms for ${formatValue({ value: base * labels.length, unit: positives })}. Average precision (${formatNumber(best.value.averagePrecision, 3)}; ${formatNumber(base, 2)} by chance) ${looked}.`,
    });
  }
  if (base === 0) remarks.push(nothingToFind(data));
  return remarks;
}

/** In the words of the task, where the report has only general ones. */
function nothingToFind({ task: { words, dealt }, final }: JudgedRounds): Remark {
  const [holds, other] =
    dealt === undefined
      ? ["The test days hold", "a longer or an earlier test"]
      : ["The test part holds", "a larger test"];
  return {
    kind: "next",
    rank: 2,
    short: NOTHING_TO_TEST_ON,
    text: `${holds} no ${words.positive} among ${formatValue({ value: final.test.length, unit: words.cases })}, so nothing was measured: ${other}, or data with more ${words.positives}.`,
  };
}

/** Where no earlier round fits into the data, or none holds a positive, nothing was compared, and nothing may be said to have been best. */
function whyChosen({ earlier: value }: JudgedClassifier, { task, earlier }: JudgedRounds): string {
  if (earlier.length === 0)
    return "goes on because it stands first: no earlier round fits into the data, so nothing could be chosen";
  if (Number.isNaN(value))
    return `goes on because it stands first: what comes before the test holds no ${task.words.positive}, so nothing could be chosen`;
  return `was best on ${task.dealt === undefined ? "the earlier rounds" : "validation"} and is what goes on`;
}
