/** Finds experiments whose analysis counts one unit's actions as independent. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";

interface Found extends Hit {
  readonly unit: string;
  readonly analysed: string;
  readonly inferred: boolean;
  readonly coarser: boolean;
  readonly metric: string;
}

/** From the finest to the coarsest. */
const ORDER: readonly RegExp[] = [
  /request|impression|view|event|prediction/iu,
  /page/iu,
  /session|visit/iu,
  /user|member|customer|visitor|account|card|device/iu,
  /cluster|city|region|market|team|school|country/iu,
];

export const rule = defineRule<Found>({
  code: "HP612",
  name: "analysis-unit-mismatch",
  step: 6,
  reads: ["6.experiment.unit", "6.experiment.analysis-unit", "6.experiment.metric", "6.experiment.variance"],
  severity: "warning",
  consequence: "false-figures",
  summary: "the metric is taken over smaller units than were assigned, as if they were independent",
  why: "forty views of one person are not forty opinions; the interval comes out too narrow and chance looks like an effect",
  fix: "write `variance: delta` (or cluster, bootstrap-by-unit), or use a metric per assigned unit",
  sources: ["Applying the Delta Method (2018)", "Trustworthy Online Controlled Experiments (2020), ch. 14 and 18"],
  examples: {
    bad: { 6: "experiment: { unit: user, analysis-unit: page view, metric: click rate }" },
    good: { 6: "experiment: { unit: user, analysis-unit: page view, metric: click rate, variance: delta }" },
  },
  check({ deploy: { experiment } }) {
    if (experiment === undefined) return unknown("6.experiment");
    if (experiment.skip !== undefined) return "not applicable";
    const { unit, metric = "", variance } = experiment;
    if (unit === undefined) return unknown("6.experiment.unit");
    const stated = experiment["analysis-unit"];
    const analysed = stated ?? unitOfMetric(metric);
    if (analysed === undefined) return [];
    const fine = rankOf(analysed);
    const coarse = rankOf(unit);
    if (fine === undefined || coarse === undefined || fine === coarse) return [];
    const coarser = fine > coarse;
    if (!coarser && variance !== undefined && variance !== "iid") return [];
    const at = stated === undefined ? "6.experiment.metric" : "6.experiment.analysis-unit";
    return [{ at, also: ["6.experiment.unit"], unit, analysed, inferred: stated === undefined, coarser, metric }];
  },
  say: ({ unit, analysed, inferred, coarser, metric }) => ({
    message: coarser
      ? `each ${code(unit)} is assigned by itself, so a metric by ${code(analysed)} mixes the arms and cannot be measured`
      : `each ${code(unit)} is assigned, but ${inferred ? `${code(metric)} is taken over each ${analysed} (by its name)` : `the analysis counts each ${code(analysed)}`} as if it were independent`,
    label: coarser ? "mixes the arms" : "counted as independent",
    also: ["assigned"],
    fix: coarser ? `assign by ${code(analysed)}, or measure by ${code(unit)}` : undefined,
  }),
  repair: ({ coarser }) => (coarser ? [] : [{ addTo: "6.experiment", key: "variance", value: "delta" }]),
});

function rankOf(unit: string): number | undefined {
  const rank = ORDER.findIndex((pattern) => pattern.test(unit));
  return rank === -1 ? undefined : rank;
}

function unitOfMetric(metric: string): string | undefined {
  const per = /\bper (?<unit>\w+)/iu.exec(metric.replaceAll(/[_-]/gu, " "))?.groups?.unit;
  if (per !== undefined) return per;
  return /click.?(?:through)?.?rate|\bctr\b/iu.test(metric) ? "page view" : undefined;
}
