/** The facts of step 7: alerts on health, drift and quality, and when the model is trained anew. */

import { z } from "zod";
import { condition, facts, integer, names, oneOf, quantity, text } from "../../design/fact.ts";

const alert = {
  metric: text("What is watched, such as latency p99, psi, ndcg@10"),
  of: text("The feature or the output that is watched").optional(),
  alert: condition("When it fires, such as `> 100 ms` or `drop > 5%`").optional(),
  for: quantity("duration", "How long it must hold").optional(),
  window: quantity("duration", "Over which time it is computed").optional(),
  "short-window": quantity("duration", "The second, shorter window of a burn-rate alert").optional(),
  "burn-rate": quantity("factor", "How fast the error budget burns").optional(),
  owner: text("Who is called").optional(),
  action: text("What is done").optional(),
  severity: oneOf(["page", "ticket"], "How loudly").optional(),
  runbook: text("Where the steps are written").optional(),
  kind: oneOf(
    [
      "latency",
      "error-rate",
      "traffic",
      "saturation-cpu",
      "saturation-memory",
      "saturation-gpu",
      "fallback-rate",
      "job-failed",
      "job-late",
      "output-volume",
      "data-quality",
      "drift",
      "performance",
      "business",
    ],
    "What it is about; the metric's name decides where absent",
  ).optional(),
};

const driftAlert = {
  ...alert,
  on: oneOf(["features", "prediction", "label"], "What is compared").optional(),
  bins: integer("Bins", 2, 10_000).optional(),
  reference: quantity("count", "Rows of the reference").optional(),
  current: quantity("count", "Rows of the window").optional(),
  features: integer("Features that are tested", 1, 1_000_000).optional(),
  "windows-daily": quantity("count", "Tests a day").optional(),
  "p-value": quantity("share", "Level of the test").optional(),
  correction: text("Correction for many tests").optional(),
};

const qualityAlert = {
  ...alert,
  lag: quantity("duration", "Age of the newest prediction whose label is known").optional(),
  early: names("Signals that come before the label").optional(),
};

const responses = ["none", "rules", "blocklist", "threshold-change", "anomaly-review"] as const;
const fastResponseFacts = facts("What can be done before a retraining, and how soon", {
  by: oneOf(responses, "What is changed"),
  within: quantity("duration", "How soon it takes effect").optional(),
});
const fastResponse = z
  .union([z.enum(responses), fastResponseFacts])
  .meta({ description: "What can be done before a retraining, alone or with how soon" })
  .transform(
    (written): z.output<typeof fastResponseFacts> => (typeof written === "string" ? { by: written } : written),
  );

const risk = facts("What may go wrong although everything works as designed", {
  risk: text("What may happen, and to whom"),
  likelihood: oneOf(["low", "medium", "high"], "How likely it is").optional(),
  impact: oneOf(["low", "medium", "high"], "How much harm it does").optional(),
  status: oneOf(["open", "accepted", "closed"], "Open unless said; accepted needs no action").optional(),
  sign: text("What shows early that it comes true").optional(),
  action: text("What is done against it, or when it comes true").optional(),
  owner: text("Who answers for it: a role or a team").optional(),
});

export const monitorSchema = facts("Step 7: monitoring and continuous improvement", {
  health: z
    .array(facts("An alert on the software", alert))
    .meta({ description: "Latency, errors, saturation" })
    .optional(),
  drift: z.array(facts("An alert on the data", driftAlert)).meta({ description: "Distributions that move" }).optional(),
  quality: z
    .array(facts("An alert on the model", qualityAlert))
    .meta({ description: "Metrics in production" })
    .optional(),
  "data-quality": z
    .array(z.enum(["null-rate", "range-or-vocabulary", "freshness", "volume", "schema"]))
    .meta({ description: "Checks on incoming data" })
    .optional(),
  slices: names("Parts of the traffic that are watched apart").optional(),
  retrain: facts("When the model is trained anew", {
    skip: text("Why it never is").optional(),
    every: quantity("duration", "On schedule").optional(),
    when: z.array(condition("A trigger, such as `psi > 0.2`")).meta({ description: "Triggers" }).optional(),
    "data-age": quantity("duration", "Oldest training data that is acceptable").optional(),
    deploy: oneOf(["automatic", "manual"], "Who puts the new model in place").optional(),
    gate: oneOf(
      ["none", "champion-challenger", "shadow", "canary", "holdout-and-canary"],
      "What it must pass",
    ).optional(),
    "gate-metric": text("The metric of the gate").optional(),
  }).optional(),
  "fast-response": fastResponse.optional(),
  risks: z.array(risk).meta({ description: "What may go wrong, with who answers for it" }).optional(),
  audit: quantity("share", "Share of low-score cases that a person checks all the same").optional(),
  "skew-check": facts("Served features are compared with computed ones", {
    sample: quantity("share", "Share of requests that is compared").optional(),
    limit: quantity("share", "Largest share that may differ").optional(),
  }).optional(),
  logs: facts("What is written down about a prediction", {
    retention: quantity("duration", "How long").optional(),
    fields: names("Which fields").optional(),
  }).optional(),
  deletion: names("Where a deletion request reaches: raw, features, logs, embeddings, index, training-set").optional(),
});

export type MonitorFacts = z.output<typeof monitorSchema>;
