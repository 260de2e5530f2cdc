/** The facts of step 6: serving, fallback, rollout, rollback and the online experiment. */

import { z } from "zod";
import { amount, day, effect, facts, flag, integer, names, oneOf, quantity, text } from "../../design/fact.ts";

const cache = z
  .union([
    quantity("duration", "How long an answer is kept"),
    facts("Answers kept for a while", {
      ttl: quantity("duration", "How long").optional(),
      "hit-rate": quantity("share", "Share of requests it answers").optional(),
    }),
  ])
  .meta({ description: "Answers kept for a while: how long, alone or with how often they serve", examples: ["60 s"] })
  .transform((written) => ("value" in written ? { ttl: written } : written));

const fallbackFacts = facts("What answers when the model does not", {
  "on-timeout": text("The model is late").optional(),
  "on-missing-features": text("Features are not there").optional(),
  "on-model-error": text("The model fails").optional(),
  "on-empty": text("There are no candidates").optional(),
  latency: quantity("duration", "p99 of the fallback").optional(),
  "same-dependency": flag("It needs what has just failed").optional(),
});

const fallback = z
  .union([text("One fallback for every cause"), fallbackFacts])
  .meta({ description: "What answers when the model does not: one for every cause, or one each" })
  .transform(
    (written): z.output<typeof fallbackFacts> =>
      typeof written === "string"
        ? { "on-timeout": written, "on-missing-features": written, "on-model-error": written, "on-empty": written }
        : written,
  );

const serving = facts("How requests are served", {
  mode: oneOf(["online", "batch", "stream"], "When predictions are made").optional(),
  budget: z
    .record(z.string(), quantity("duration", "The time it may take"))
    .meta({ description: "Time that each stage may take, by its name; `network` for the way there and back" })
    .optional(),
  regions: integer("Regions that can serve alone", 1, 1000).optional(),
  replicas: integer("Copies of the service at peak", 1, 1_000_000).optional(),
  "replicas-average": quantity("count", "Copies on average").optional(),
  concurrency: integer("Requests that one copy works on at once", 1, 1_000_000).optional(),
  "service-time": quantity("duration", "Mean time for one request").optional(),
  utilization: quantity("share", "Planned load at peak").optional(),
  hardware: text("cpu, gpu, or a device of the catalogue such as `L4`").optional(),
  memory: quantity("size", "Memory of one copy").optional(),
  "index-swap": oneOf(["rolling", "in-place"], "How a new index gets in").optional(),
  price: quantity("money rate", "Price of one copy").optional(),
  cache: cache.optional(),
  fallback: fallback.optional(),
  timeout: quantity("duration", "When a caller gives up").optional(),
  retries: integer("How often a caller tries again", 0, 1000).optional(),
});

const guardrail = z
  .union([
    text("What must not get worse"),
    facts("What must not get worse, and by how much at most", {
      metric: text("The metric"),
      margin: amount("Largest loss that is accepted").optional(),
      direction: oneOf(["higher", "lower"], "Which way is worse").optional(),
    }),
  ])
  .transform((written) => (typeof written === "string" ? { metric: written } : written));

const experiment = facts("The online experiment", {
  skip: text("Why there is none").optional(),
  unit: text("What is assigned: member, session, request, region").optional(),
  "analysis-unit": text("What is analysed; the unit where absent").optional(),
  metric: text("The primary metric").optional(),
  metrics: names("All primary metrics, where there are several").optional(),
  baseline: quantity("share", "Rate of a proportion today").optional(),
  mean: amount("Mean of a metric today").optional(),
  deviation: amount("Standard deviation of the metric").optional(),
  effect: effect("Smallest effect worth finding").optional(),
  expected: effect("Effect that is expected").optional(),
  alpha: quantity("share", "Two-sided error of the first kind").optional(),
  power: quantity("share", "Chance of finding the effect").optional(),
  arms: integer("Arms, the control included", 2, 1000).optional(),
  split: text("Shares of the arms, such as 50/50").optional(),
  traffic: quantity("share", "Share of the units that take part").optional(),
  "units-daily": quantity("count", "New units a day; `users.daily` where absent").optional(),
  "units-total": quantity(
    "count",
    "Different units that can take part at all: where units come back, fewer than those of a day times the days",
  ).optional(),
  duration: quantity("duration", "How long it runs").optional(),
  delay: quantity("duration", "How long the metric takes to be known").optional(),
  readout: quantity("duration", "Time between the end and the reading").optional(),
  surface: oneOf(["visible", "hidden"], "Whether users see a change of the surface").optional(),
  analysis: oneOf(["fixed", "sequential", "bayesian"], "How it is read").optional(),
  method: text("obrien-fleming, pocock, always-valid, …").optional(),
  looks: integer("How often it is read", 1, 10_000).optional(),
  "stop-early": flag("It may end as soon as it looks good").optional(),
  "srm-check": flag("The split of units is tested").optional(),
  "srm-alpha": quantity("share", "Level of that test").optional(),
  interference: text("How one unit's treatment reaches another: marketplace, social, shared-budget, none").optional(),
  design: oneOf(["ab", "switchback", "cluster", "budget-split", "interleaving"], "Kind of experiment").optional(),
  segments: integer("Segments that are tested", 0, 100_000).optional(),
  correction: text("bonferroni, holm, benjamini-hochberg, none").optional(),
  variance: oneOf(["iid", "delta", "cluster", "bootstrap-by-unit"], "How the variance is found").optional(),
  guardrails: z.array(guardrail).meta({ description: "What must not get worse" }).optional(),
});

const rolloutStep = z.union([z.literal("shadow"), quantity("share", "Share of the traffic")]);
const rolloutFacts = facts("How it reaches everybody", {
  steps: z.array(rolloutStep).meta({ description: "shadow, 1%, 10%, 100%" }).optional(),
  bake: quantity("duration", "How long each step is watched").optional(),
  "abort-on": names(
    "What stops it; a fraud run measures errors, latency p99, (honest) payments declined, recall and money lost",
  ).optional(),
});

const rollout = z
  .union([z.array(rolloutStep), rolloutFacts])
  .meta({ description: "Steps of the rollout, alone or with what they wait for" })
  .transform((written): z.output<typeof rolloutFacts> => (Array.isArray(written) ? { steps: written } : written));

const milestone = facts("A point of the project at which something can be said to be done", {
  name: text("What is reached"),
  "done-when": text("What must hold, so that two people agree whether it was reached").optional(),
  after: quantity("duration", "Time from the start of the project").optional(),
  by: day("The calendar day").optional(),
  owner: text("Who answers for it").optional(),
});

export const deploySchema = facts("Step 6: deployment and online evaluation", {
  serving: serving.optional(),
  rollout: rollout.optional(),
  rollback: facts("The way back", {
    kind: oneOf(["automatic", "manual", "none"], "Who starts it").optional(),
    time: quantity("duration", "How long it takes").optional(),
    "previous-kept": flag("The last model stays loadable").optional(),
    "schema-compatible": flag("The last model can read today's features").optional(),
  }).optional(),
  experiment: experiment.optional(),
  milestones: z.array(milestone).meta({ description: "From the first step to everybody, in order" }).optional(),
});

export type DeployFacts = z.output<typeof deploySchema>;
