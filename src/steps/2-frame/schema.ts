/** The facts of step 2: the task, the label, the baseline and the metrics. */

import { z } from "zod";
import { amount, condition, facts, names, oneOf, quantity, text, window } from "../../design/fact.ts";

/** A condition on the value of the label's event, or a list of conditions and names of events. */
function preference(description: string) {
  return z.union([condition(description), z.array(z.string()).min(1)]).meta({
    description,
    examples: ['">= 4"', '[purchase, "rating >= 4"]'],
    kind: "a condition, or a list of conditions and events",
  });
}

const label = facts("The event that makes an example positive", {
  event: text("What is counted").optional(),
  positive: preference(
    "When an event is wanted: `>= 4` of its value, or several of `rating >= 4`, `purchase`",
  ).optional(),
  negative: preference(
    "When an event is unwanted: `<= 2`, or several of `dislike`, `return`, `rating <= 2`",
  ).optional(),
  window: quantity("duration", "How long after the prediction the event counts").optional(),
  "proxy-for": text("What one would rather know").optional(),
});

const baseline = facts("What the model has to beat", {
  rule: text("The rule in words, or one of most-popular, current-system, last-value, linear, random, none").optional(),
  window: window("Events that the rule counts").optional(),
  metric: text("The metric it was measured with").optional(),
  value: amount("What it reaches").optional(),
});

const offlineMetric = z
  .union([
    text("A metric with its cut-off, such as ndcg@10"),
    facts("A metric of one stage", {
      metric: text("The metric with its cut-off, such as recall@200"),
      stage: text("The stage it judges, by its name in step 4").optional(),
    }),
  ])
  .transform((written): { metric: string; stage?: string } =>
    typeof written === "string" ? { metric: written } : written,
  );

const threshold = facts("How a score becomes a decision", {
  policy: oneOf(["cost", "capacity", "precision-floor", "recall-floor"], "What fixes the threshold").optional(),
  value: quantity("number", "The threshold").optional(),
  "false-positive": quantity("money", "Cost of a false alarm").optional(),
  "false-negative": quantity("money", "Cost of a miss").optional(),
  capacity: quantity("rate", "Alerts that can be reviewed, per day").optional(),
  alerts: quantity("rate", "Alerts expected, per day").optional(),
  "alert-rate": quantity("share", "Share of predictions that become alerts").optional(),
  "chosen-on": oneOf(["train", "validation", "test"], "Where the threshold was chosen").optional(),
});

const TASKS = [
  "ranking",
  "retrieval",
  "binary-classification",
  "multiclass",
  "multilabel",
  "regression",
  "forecasting",
  "clustering",
  "generation",
  "detection",
  "anomaly-detection",
] as const;

export const frameSchema = facts("Step 2: frame the ML problem", {
  task: oneOf(TASKS, "The kind of problem").optional(),
  predict: text("What is predicted, in a sentence").optional(),
  unit: text("What one prediction is made for").optional(),
  label: label.optional(),
  output: oneOf(["rank", "threshold", "probability"], "How the output is used").optional(),
  slots: quantity("count", "Items shown at once; the last stage's `keep` where absent").optional(),
  signals: facts("Events that say something about preference", {
    explicit: names("Given on purpose").optional(),
    implicit: names("Come with use").optional(),
    weights: z
      .record(z.string(), z.number().min(0))
      .meta({
        description:
          'Weight of each signal, by event or by event and value: `{ view: 1, purchase: 5, "rating >= 5": 2 }`',
      })
      .optional(),
    "explicit-share": quantity("share", "Share of explicit signals").optional(),
  }).optional(),
  negatives: oneOf(["impressions-without-click", "sampled", "in-batch"], "Where negatives come from").optional(),
  baseline: baseline.optional(),
  success: facts("When it was worth it", {
    metric: text("The metric").optional(),
    value: amount("The value to reach").optional(),
    gain: amount("The smallest gain that pays").optional(),
    direction: oneOf(["higher", "lower"], "Which way is better").optional(),
  }).optional(),
  metrics: facts("What is measured, where", {
    offline: z
      .array(offlineMetric)
      .meta({ description: "Offline metrics, such as ndcg@10, or { metric: recall@200, stage: candidates }" })
      .optional(),
    online: names("Online metrics").optional(),
    guardrails: names("What must not get worse").optional(),
  }).optional(),
  link: facts("Why the offline metric foretells the online one", {
    offline: text("Offline metric").optional(),
    online: text("Online metric").optional(),
    evidence: oneOf(
      ["past-experiments", "interleaving", "replay-with-propensities", "human-agreement", "assumed", "none"],
      "What shows it",
    ).optional(),
  }).optional(),
  threshold: threshold.optional(),
});

export type FrameFacts = z.output<typeof frameSchema>;
