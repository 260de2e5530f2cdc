/** The facts of step 1: the goal, the scale, the limits, the labels and the questions asked. */

import { z } from "zod";
import { day, facts, flag, names, oneOf, quantity, text } from "../../design/fact.ts";

const latency = facts("Latency limits by percentile, measured at the edge of the service", {
  p50: quantity("duration", "Half of the requests are faster").optional(),
  p90: quantity("duration", "Nine of ten requests are faster").optional(),
  p95: quantity("duration", "95% of the requests are faster").optional(),
  p99: quantity("duration", "99% of the requests are faster").optional(),
  "p99.9": quantity("duration", "99.9% of the requests are faster").optional(),
  mean: quantity("duration", "Mean latency; a percentile says more").optional(),
});

const labels = facts("What is known of the truth, and when", {
  explicit: names("Signals that users give on purpose, such as rating").optional(),
  implicit: names("Signals that come with use, such as view and click").optional(),
  count: quantity("count", "Labelled examples at hand").optional(),
  delay: quantity("duration", "Time from prediction to final label, 95th percentile").optional(),
  available: oneOf(["yes", "no", "partial"], "Whether labels exist today; `count` above 0 means yes").optional(),
  source: oneOf(["natural", "human", "heuristic"], "Where labels come from").optional(),
  "positive-rate": quantity("share", "Share of positives").optional(),
  "largest-class": quantity("share", "Share of the largest class").optional(),
  daily: quantity("count", "New labels a day").optional(),
  audited: quantity("count", "Labels checked by a second person").optional(),
  plan: text("How labels will be had where there are none").optional(),
});

const privacy = facts("Personal data: which, why, how long", {
  personal: names("Personal fields that are used; an empty list says there are none").optional(),
  excluded: names("Fields that must not be used").optional(),
  retention: z
    .union([z.literal("forever"), quantity("duration", "How long personal data is kept")])
    .meta({ description: "How long personal data is kept, or forever", examples: ["400 d", "forever"] })
    .optional(),
  deletion: quantity("duration", "How soon a deletion request is carried out everywhere").optional(),
  consent: oneOf(["opt-in", "opt-out", "none"], "How people agree").optional(),
  basis: oneOf(
    ["consent", "contract", "legal-obligation", "vital-interests", "public-task", "legitimate-interests"],
    "Lawful basis (GDPR Article 6)",
  ).optional(),
  purpose: text("What the personal data is used for").optional(),
  special: names("Special categories in use (GDPR Article 9), such as health").optional(),
  "special-basis": text("The Article 9(2) condition that allows them").optional(),
});

const question = facts("A clarifying question", {
  ask: text("The question"),
  answer: z
    .union([z.string(), z.number(), z.boolean()])
    .meta({ description: "What was answered or assumed" })
    .optional(),
  topic: oneOf(
    [
      "goal",
      "users",
      "scale",
      "latency",
      "labels",
      "privacy",
      "error-costs",
      "existing-system",
      "adversary",
      "freshness",
      "other",
    ],
    "What it is about",
  ).optional(),
  status: oneOf(["open", "assumed", "answered"], "Open without an answer, answered with one, unless said").optional(),
  changes: z.array(z.int().min(1).max(7)).meta({ description: "Steps that the answer changes" }).optional(),
  "check-by": day("When an assumption will be checked").optional(),
  owner: text("Who finds out, where it is open or assumed").optional(),
});

export const clarifySchema = facts("Step 1: clarify requirements and goals", {
  goal: text("What the system is for, in one sentence").optional(),
  "business-metric": text("The number of the business that should move").optional(),
  domain: oneOf(
    [
      "recommendation",
      "search",
      "feed",
      "ads",
      "fraud",
      "abuse",
      "spam",
      "security",
      "credit",
      "churn",
      "pricing",
      "dispatch",
      "marketplace",
      "forecast",
      "vision",
      "assistant",
      "other",
    ],
    "The field; the note's `system` decides where this is absent",
  ).optional(),
  stakes: oneOf(["low", "medium", "high", "legal"], "What a wrong answer costs a person").optional(),
  adversarial: flag("Whether somebody gains when the model errs").optional(),
  decision: facts("What is done with a prediction", {
    automated: flag("The system acts by itself").optional(),
    review: flag("A person can review a decision").optional(),
  }).optional(),
  users: facts("People served", {
    daily: quantity("count", "Daily active users").optional(),
    total: quantity("count", "All users with a profile").optional(),
    growth: quantity("growth", "Growth, as a share or a count per time").optional(),
  }).optional(),
  items: facts("Things to choose from", {
    count: quantity("count", "Items in the catalogue or the index").optional(),
    growth: quantity("growth", "New items, as a count or a share per time").optional(),
    scored: quantity("count", "Items scored in one request").optional(),
  }).optional(),
  requests: facts("Traffic", {
    average: quantity("rate", "Mean rate").optional(),
    peak: quantity("peak", "Peak rate, or the factor over the mean").optional(),
  }).optional(),
  predictions: quantity("rate", "Predictions made, such as 2M/day, where they are not one a request").optional(),
  latency: latency.optional(),
  availability: quantity("share", "Share of requests answered well").optional(),
  freshness: quantity("duration", "Oldest acceptable answer").optional(),
  labels: labels.optional(),
  privacy: privacy.optional(),
  budget: quantity("budget", "Money per month, or per predictions").optional(),
  questions: z.array(question).meta({ description: "Clarifying questions with what they change" }).optional(),
});

export type ClarifyFacts = z.output<typeof clarifySchema>;
