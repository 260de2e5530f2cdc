/** Finds rankings that are judged by the error of each score alone. */

import { defineRule, unknown } from "../../../review/rule.ts";
import { count, list } from "../../../review/words.ts";
import { readMetricNames } from "../metric-name.ts";
import { ordersThings } from "../task.ts";

const OF_ORDER: readonly string[] = [
  "ndcg",
  "map",
  "mrr",
  "recall",
  "precision",
  "hit rate",
  "grouped auc",
  "pairwise accuracy",
  "err",
  "auc roc",
];

export const rule = defineRule({
  code: "HP208",
  name: "pointwise-error-for-ranking",
  step: 2,
  reads: ["2.task", "2.metrics.offline", "2.slots"],
  severity: "error",
  consequence: "false-figures",
  summary: "a ranking has no metric of its order",
  why: "a pointwise error spends most of its weight on things that nobody is shown, and can fall while the top of the list gets worse",
  fix: "make ndcg@k or recall@k the first metric, with k as many as are shown; keep the pointwise one as a diagnostic",
  sources: ["On Sampled Metrics (2020), §2", "Top-N Tasks (2010)"],
  examples: {
    bad: { 2: "task: ranking\nslots: 10\nmetrics: { offline: [rmse] }" },
    good: { 2: "task: ranking\nslots: 10\nmetrics: { offline: [ndcg@10, rmse] }" },
  },
  check(design) {
    if (design.frame.task === undefined) return unknown("2.task");
    if (!ordersThings(design)) return "not applicable";
    const offline = design.frame.metrics?.offline ?? [];
    if (offline.length === 0) return unknown("2.metrics.offline");
    // A recall or precision of single decisions has no cut-off and no order.
    const ordered = readMetricNames(offline).some(
      ({ name, k }) =>
        OF_ORDER.includes(name) && (k !== undefined || !["recall", "precision", "auc roc"].includes(name)),
    );
    if (ordered) return [];
    return [
      {
        at: "2.metrics.offline",
        also: ["2.task"],
        metrics: offline.map(({ metric }) => metric),
        slots: design.frame.slots?.value,
      },
    ];
  },
  say: ({ metrics, slots }) => ({
    message: `the task is to rank${slots === undefined ? "" : ` ${count(slots)} slots`}, and ${list(metrics)} ${metrics.length === 1 ? "says" : "say"} nothing of the order`,
    label: "no metric of order",
    also: ["this task is judged by its order"],
    fix: `write \`offline: [ndcg@${slots ?? 10}, ${metrics.join(", ")}]\``,
  }),
  repair: ({ metrics, slots }) => [
    { replace: "2.metrics.offline", by: `[ndcg@${slots ?? 10}, ${metrics.join(", ")}]` },
  ],
});
