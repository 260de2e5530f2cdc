/** Finds metrics that need a threshold where nothing says how the threshold is chosen. */

import { defineRule, type Hit, unknown } from "../../../review/rule.ts";
import { code, money, number } from "../../../review/words.ts";
import { readMetricNames } from "../metric-name.ts";

interface Found extends Hit {
  readonly metric: string;
  /** Undefined where there is no policy at all. */
  readonly policy?: string;
  readonly needs?: string;
  readonly costs?: readonly [number, number];
}

const OF_A_THRESHOLD = /^(?:f1|f ?beta|f ?[\d.]+(?: score)?|precision|recall|mcc|balanced accuracy|accuracy)$/u;

const NEEDS: Readonly<Record<string, readonly string[]>> = {
  cost: ["false-positive", "false-negative"],
  capacity: ["capacity"],
  "precision-floor": ["value"],
  "recall-floor": ["value"],
};

export const rule = defineRule<Found>({
  code: "HP209",
  name: "threshold-metric-without-policy",
  step: 2,
  reads: ["2.metrics.offline", "2.task", "2.threshold.policy", "2.threshold.value", "2.threshold.capacity"],
  severity: "warning",
  consequence: "false-figures",
  summary: "a metric depends on a threshold that nobody has chosen",
  why: "precision, recall and F1 change with the threshold; F1 also weighs both mistakes alike, which costs seldom do",
  fix: "write `threshold: { policy: cost, false-positive: $4, false-negative: $120 }`; with calibrated scores the threshold is then fp / (fp + fn), here 0.032",
  sources: ["Credit Card Fraud Handbook (2022), ch. 4.2", "Designing Machine Learning Systems (2022), ch. 6"],
  examples: {
    bad: { 2: "task: binary-classification\nmetrics: { offline: [f1] }" },
    good: {
      2: "task: binary-classification\nmetrics: { offline: [f1] }\nthreshold: { policy: cost, false-positive: $4, false-negative: $120 }",
    },
  },
  check({ frame: { task, metrics, threshold } }) {
    if (task === undefined) return unknown("2.task");
    if (task !== "binary-classification" && task !== "multilabel") return "not applicable";
    const metric = readMetricNames(metrics?.offline ?? []).find(
      ({ name, k }) => k === undefined && OF_A_THRESHOLD.test(name),
    );
    if (metric === undefined) return [];
    const at = `2.metrics.offline[${metric.i}]`;
    const fp = threshold?.["false-positive"]?.value;
    const fn = threshold?.["false-negative"]?.value;
    const costs = fp !== undefined && fn !== undefined && fp + fn > 0 ? ([fp, fn] as const) : undefined;
    const policy = threshold?.policy;
    if (policy === undefined) return [{ at, metric: metric.text, costs }];
    const given: Readonly<Record<string, unknown>> = { ...threshold };
    const needs = NEEDS[policy].filter((key) => given[key] === undefined);
    if (needs.length === 0) return [];
    return [{ at: "2.threshold.policy", metric: metric.text, policy, needs: needs.join(" and ") }];
  },
  say({ metric, policy, needs, costs }) {
    if (policy !== undefined) {
      return {
        message: `the policy ${code(policy)} needs ${code(needs ?? "")}, which is not given`,
        label: `needs ${needs}`,
        fix: `add \`${needs}:\` to \`threshold\``,
      };
    }
    const said = {
      message: `${code(metric)} is measured at a threshold that nobody has chosen`,
      label: "at which threshold?",
    };
    if (costs === undefined) return said;
    const [fp, fn] = costs;
    return {
      ...said,
      fix: `with a false alarm at ${money(fp)} and a miss at ${money(fn)}, write \`policy: cost\`: the threshold of a calibrated score is then ${number(fp / (fp + fn))}`,
    };
  },
});
