/** Asks for a baseline and for what it reaches. */

import { defineRule, type Hit } from "../../../review/rule.ts";
import { code } from "../../../review/words.ts";
import { ordersThings } from "../task.ts";
import { tunedMetric } from "../tuned-metric.ts";

interface Found extends Hit {
  readonly rule?: string;
  /** What would be written: the note's own metric, and a rule that fits its task. */
  readonly metric?: string;
  readonly usual?: string;
}

export const rule = defineRule<Found>({
  code: "HP202",
  name: "missing-baseline",
  step: 2,
  reads: ["2.baseline.rule", "2.baseline.metric", "2.baseline.value"],
  severity: "error",
  consequence: "learns-nothing",
  summary: "there is no baseline, or nobody has measured it",
  why: "a metric without a baseline cannot be read as good or bad, and nothing shows that a model is needed at all",
  fix: "measure the rule, the popularity list or the system in use on the same test period: `baseline: { rule: most-popular, metric: ndcg@10, value: 0.31 }`",
  prose: { path: "2.baseline", about: "a baseline", words: /baseline|most popular|heuristic|rule[- ]based/iu },
  sources: [
    "Rules of ML (2016), rules 1, 3 and 4",
    "ML Test Score (2017), Model 5",
    "Are We Really Making Much Progress? (2019)",
  ],
  examples: {
    bad: { 2: "baseline: { rule: none }" },
    good: { 2: "baseline: { rule: most-popular, metric: ndcg@10, value: 0.31 }" },
  },
  check(design) {
    const { baseline } = design.frame;
    const rule = baseline?.rule?.trim();
    if (baseline === undefined || rule === undefined || rule === "none" || rule === "") {
      const metric = tunedMetric(design);
      const usual = ordersThings(design) ? "most-popular" : "…";
      return [{ at: "2.baseline", lacks: ["2.baseline.rule", "2.baseline.value"], metric, usual }];
    }
    if (baseline.value !== undefined) return [];
    return [{ at: "2.baseline.value", lacks: ["2.baseline.value"], severity: "warning", rule }];
  },
  say: ({ rule, metric = "", usual = "" }) =>
    rule === undefined
      ? {
          message: "there is no baseline to beat",
          label: "no baseline",
          fix: `measure the rule, the popularity list or the system in use on the same test period: ${code(`baseline: { rule: ${usual}, metric: ${metric}, value: … }`)}`,
        }
      : {
          message: `the note gives no measured value of the baseline ${code(rule)}, so by itself it calls no result better`,
          label: "what does it reach?",
          why: "the gain of the model is a difference, and the note lacks one side of it",
          fix: "measure it on the test period and add `metric:` and `value:`; a run of the design prints both",
        },
});
