/** Finds targets that the baseline already meets. */

import { exceeds } from "../../../core/comparison.ts";
import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, number } from "../../../review/words.ts";
import { readMetricName } from "../metric-name.ts";
import { tunedMetric } from "../tuned-metric.ts";

interface Found extends Hit {
  readonly baseline: number;
  readonly success?: number;
  readonly gain?: number;
  readonly metric: string;
  /** What a target would be stated in. */
  readonly tuned: string;
}

export const rule = defineRule<Found>({
  code: "HP205",
  name: "baseline-already-enough",
  step: 2,
  reads: ["2.baseline.value", "2.baseline.metric", "2.success.metric", "2.success.value", "2.success.gain"],
  severity: "warning",
  consequence: "learns-nothing",
  summary: "the baseline already reaches the target, or comes closer than the gain that pays",
  why: "a model adds training, serving and monitoring; here it would do so for no stated gain",
  fix: "ship the rule and log its inputs and outcomes, or raise the target and say what the extra points are worth",
  sources: ["Rules of ML (2016), rules 1 and 3", "ML Test Score (2017), Model 5"],
  examples: {
    bad: {
      2: "baseline: { rule: amount over $500, metric: recall, value: 0.82 }\nsuccess: { metric: recall, value: 0.80 }",
    },
    good: {
      2: "baseline: { rule: amount over $500, metric: recall, value: 0.61 }\nsuccess: { metric: recall, value: 0.80, gain: 0.05 }",
    },
  },
  check(design) {
    const { baseline, success } = design.frame;
    if (baseline?.value === undefined) return unknown("2.baseline.value");
    const value = baseline.value.value;
    const metric = baseline.metric ?? success?.metric ?? "";
    const base = { baseline: value, metric, tuned: metric || tunedMetric(design) };
    if (success?.value === undefined) return [{ ...base, at: "2.success", severity: "advice" }];
    const target = success.value.value;
    if (!sameMetric(baseline.metric, success.metric)) return [];
    const better = success.direction === "lower" ? value - target : target - value;
    const gain = success.gain?.value;
    if (better > 0 && (gain === undefined || !exceeds(gain, better))) return [];
    return [
      {
        ...base,
        at: "2.success.value",
        also: ["2.baseline.value"],
        success: target,
        gain: better > 0 ? gain : undefined,
      },
    ];
  },
  say({ baseline, success, gain, metric, tuned }) {
    const name = metric === "" ? "" : ` ${metric}`;
    if (success === undefined) {
      return {
        message: `the baseline reaches${name} ${number(baseline)}, but no value says when a model is worth it`,
        label: "no `success` here",
        why: "without a value to stop at, every result looks like progress",
        fix: `state the value at which you would stop, such as ${code(`success: { metric: ${tuned}, value: …, gain: … }`)}`,
      };
    }
    const also = [`reached ${number(baseline)} without a model`];
    if (gain !== undefined) {
      return {
        message: `the target of${name} ${number(success)} is ${number(Math.abs(success - baseline))} above the baseline, less than the ${number(gain)} that pays`,
        label: "less than pays",
        also,
      };
    }
    return {
      message: `the baseline already reaches${name} ${number(baseline)}, and the target is ${number(success)}`,
      label: "already met",
      also,
    };
  },
});

function sameMetric(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  const [one, other] = [readMetricName(a), readMetricName(b)];
  return one.name === other.name && (one.k === other.k || one.k === undefined || other.k === undefined);
}
