/** What is said and drawn of a comparison of rankings: the verdict with its intervals, the warning of a cheat, the charts. */

import type { Chart } from "../../../core/chart.ts";
import type { Figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import type { Remark } from "../../../system/stage.ts";
import type { RankedWords } from "../../3-data/ranked-task.ts";

/** The slice of requests that come as early as they can: nothing of the test is history yet, and all before it is. */
export const COLD = "first events after the cut";
/** The part of them whose history is empty. */
export const NO_HISTORY = "no history at all";

/** What was chosen, by how much it beats the baseline and the best single model, and how it does where the test asks at the first event. */
export function verdictRemarks(
  figures: readonly Figure[],
  baseline: string,
  chosen: string,
  metric: string,
  rival: string,
  words: RankedWords,
  isUnchosen = false,
): Remark[] {
  const { units } = words;
  const find = (subject: string, slice: string, against?: string): Figure | undefined =>
    figures.find(
      (one) => one.subject === subject && one.against === against && one.slice === slice && one.name === metric,
    );
  const remarks: Remark[] = [];
  const base = find(baseline, "all");
  const best = find(chosen, "all");
  const difference = find(chosen, "all", baseline);
  if (base === undefined || best === undefined)
    return [{ kind: "warning", text: "there was no test request to evaluate on" }];
  if (difference === undefined) {
    remarks.push({
      kind: "answer",
      text: `${isUnchosen ? `The validation window holds nothing to measure ${metric} on, so nothing was held against the ${baseline} before the test; there` : `On the validation window nothing beat the ${baseline}; on the test`} it reaches ${metric} **${formatNumber(base.value)}**.`,
    });
  } else {
    remarks.push({
      kind: "answer",
      text: `Chosen on the validation window: **${chosen}**. On the test its ${metric} is **${formatNumber(best.value)}** against ${formatNumber(base.value)} for the ${baseline}: ${describeDifference(difference, words)}, over ${base.n} ${units}.`,
    });
  }
  const overSingle = find(chosen, "all", rival);
  if (overSingle !== undefined && rival !== baseline) {
    remarks.push({
      kind: "answer",
      text: `The best single model on the validation window is ${rival}; against it: ${describeDifference(overSingle, words)}.`,
    });
  }
  const cold = find(chosen, COLD, baseline);
  const coldBase = find(baseline, COLD);
  const coldBest = find(chosen, COLD);
  if (cold !== undefined && coldBase !== undefined && coldBest !== undefined) {
    remarks.push({
      kind: "answer",
      text: `Asked of ${words.units} at their first event after the cut instead, with all that was known of them before it as history (“${COLD}”), ${chosen} reaches ${formatNumber(coldBest.value)} and the ${baseline} ${formatNumber(coldBase.value)}: ${describeDifference(cold, words)}.`,
    });
  }
  return remarks;
}

/** What a ranker that reads the future claims, beside the honest one. */
export function leakRemark(
  figures: readonly Figure[],
  chosen: string,
  leaking: string,
  metric: string,
  words: RankedWords,
): Remark {
  const value = (subject: string): string => {
    const found = figures.find(
      (one) => one.subject === subject && one.against === undefined && one.name === metric && one.slice === "all",
    );
    return found === undefined ? "not measured" : formatNumber(found.value);
  };
  const difference = figures.find((one) => one.subject === leaking && one.against === chosen && one.slice === "all");
  const gap = difference === undefined ? "" : ` (${describeDifference(difference, words)})`;
  return {
    kind: "warning",
    text: `a feature of the note is known only after the prediction. A ranker that reads it reaches ${metric} **${value(leaking)}** offline; the honest one **${value(chosen)}**${gap}. In production the first number cannot be had`,
  };
}

function describeDifference({ value, interval }: Figure, { units }: Pick<RankedWords, "units">): string {
  const sign = value >= 0 ? "+" : "−";
  const size = `${sign}${formatNumber(Math.abs(value))}`;
  if (interval === null) return `a difference of ${size}, too few ${units} for an interval`;
  const [low, high] = interval;
  const verdict = low > 0 ? "a gain" : high < 0 ? "a loss" : "no difference that these requests could show";
  return `${size} [${formatNumber(low)}, ${formatNumber(high)}], ${verdict}`;
}

/** By slice only the subjects that matter are drawn: the baseline, the best single model, and what was chosen. */
export function evaluationCharts(
  figures: readonly Figure[],
  metric: string,
  drawn: readonly string[],
  { unit, items }: RankedWords,
): Chart[] {
  const plain = figures.filter(({ name, against }) => name === metric && against === undefined);
  const intervals = (title: string, caption: string, chosen: readonly Figure[], bySlice: boolean): Chart => ({
    form: "intervals",
    title,
    caption,
    xLabel: bySlice ? "slice" : "model",
    yLabel: metric,
    points: chosen.map(({ subject, slice, value, interval }) =>
      bySlice
        ? { x: slice, y: value, interval, series: subject }
        : { x: subject, y: value, interval, label: formatNumber(value, 3) },
    ),
  });
  const sliced = plain.filter(({ slice, subject }) => slice !== "all" && drawn.includes(subject));
  const charts = [
    intervals(
      `${metric} after the cut`,
      `Half of a ${unit}'s later events are history, the ${items} they liked in the rest are to be found. Bars are 95 % bootstrap intervals by ${unit}; overlapping bars can still differ, see the paired differences.`,
      plain.filter(({ slice }) => slice === "all"),
      false,
    ),
  ];
  if (sliced.length > 0)
    charts.push(
      intervals(
        `${metric} by slice`,
        "The same figure on parts of the traffic, for the baseline, the best single model and the chosen system. Small slices have wide bars.",
        sliced,
        true,
      ),
    );
  return charts;
}

/** A run ranks all items, whatever the note says: what else it may have meant is said. */
export function candidateRemarks(candidates: string): Remark[] {
  if (candidates !== "sampled") return [];
  return [
    {
      kind: "warning",
      text: "the note evaluates against a sample of items; this run ranks all of them, which is harder, and its figures must not be held against sampled ones.",
    },
  ];
}
