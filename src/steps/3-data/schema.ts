/** The facts of step 3: sources, columns, repairs, the split and the feature declarations. */

import { z } from "zod";
import { day, facts, flag, oneOf, quantity, text, window } from "../../design/fact.ts";
import { repairSchema, sourceSchema, timeColumn } from "./source-schema.ts";

const catalogueSource = facts("A source as the review sees it", {
  name: text("Name"),
  kind: oneOf(["events", "snapshot", "dimension", "content"], "What a row is").optional(),
  time: text("The column that holds the event's time; none where there is none").optional(),
  rows: quantity("count", "Rows").optional(),
  updated: z
    .union([z.literal("never"), quantity("duration", "How often it is refreshed")])
    .meta({ description: "How often it is refreshed, or never", examples: ["1 d", "never"] })
    .optional(),
  "as-of": flag("Past states can be read").optional(),
  deduplicated: flag("Repeated rows are removed").optional(),
  duplicates: quantity("share", "Share of repeated rows").optional(),
  "logged-by-this-system": flag("The model's own choices decided what is in it").optional(),
  "labels-seen-for": oneOf(["all", "approved", "exposed", "reviewed"], "For which rows the label is known").optional(),
  owner: text("The team upstream").optional(),
});

const split = facts("What is trained on, chosen on and tested on", {
  by: oneOf(
    [
      "time",
      "time-per-member",
      "random",
      "random-per-member",
      "random-stratified",
      "rolling",
      "group",
      "group-and-time",
      "leave-one-out",
      "k-fold",
      "nested",
      "member-holdout",
      "given",
    ],
    "How rows are divided; `given` where the data says it: folders or files of their own, or a column `split`",
  ).optional(),
  train: quantity("period", "Share of the events, or the duration").optional(),
  validation: quantity("period", "Share of the events, or the duration").optional(),
  test: quantity("period", "Share of the events, or the duration").optional(),
  gap: quantity("duration", "Time left out between training and test, for labels to arrive").optional(),
  start: day("First day of training").optional(),
  "test-start": day("First day of the test period").optional(),
  rows: quantity("count", "Test rows").optional(),
  group: text("The key that stays on one side").optional(),
  for: oneOf(["same", "new"], "Whether the model serves the same entities or new ones").optional(),
});

const feature = facts("A feature, declared and never written as SQL", {
  name: text("Its name"),
  entity: z
    .union([z.string(), z.array(z.string())])
    .meta({ description: "Whom it describes; two for an affinity" })
    .optional(),
  aggregate: text("mean(rating), count(), rate(click), recency(), ratio(a, b), value(column)").optional(),
  window: window("How far back it looks").optional(),
  delay: quantity("duration", "How long until an event may be used").optional(),
  smoothing: z.number().min(0).meta({ description: "Prior weight of a rate or a mean" }).optional(),
  where: text("Which events count, such as `click`").optional(),
  current: text(
    "The event that is asked about counts too: the entity that has its values, such as transaction",
  ).optional(),
  available: quantity("moment", "When it is known relative to the prediction; after it is a leak").optional(),
  train: text("Source in training").optional(),
  serve: text("Source in serving").optional(),
  "shared-code": flag("One piece of code computes both").optional(),
  refresh: quantity("duration", "How often the served value is renewed").optional(),
  "target-based": flag("Computed from the label").optional(),
  fit: oneOf(
    ["cross-fit", "past-only", "train-only-holdout", "all-rows"],
    "On which rows a target-based one is fitted",
  ).optional(),
  identifier: oneOf(["none", "pseudonymous", "direct"], "Whether it names a person").optional(),
  kind: text("What sort of value it is").optional(),
  purpose: text("Why it is needed").optional(),
  sensitive: flag("Whether it is a protected attribute or stands for one").optional(),
  reviewed: flag("Whether that was reviewed").optional(),
});

export const dataSchema = facts("Step 3: data engineering and feature pipeline", {
  source: sourceSchema.optional(),
  sources: z.array(catalogueSource).meta({ description: "All sources, for the review" }).optional(),
  time: z
    .union([z.string(), timeColumn])
    .meta({
      description: "The column that holds the event's time, or `none` for data without one",
      examples: ["timestamp", "{ column: ts, format: us, zone: Europe/Vilnius }"],
    })
    .optional(),
  history: quantity("duration", "How far back the data goes").optional(),
  repair: repairSchema.optional(),
  entities: z
    .array(facts("An entity", { key: text("Its key column"), rows: quantity("count", "Rows per entity").optional() }))
    .meta({ description: "Who or what rows repeat for: members, cards, titles" })
    .optional(),
  split: split.optional(),
  features: z.array(feature).meta({ description: "Feature declarations" }).optional(),
  fetch: quantity("duration", "p99 of reading the features of one request").optional(),
  "feature-log": flag("Feature vectors are logged when they are served").optional(),
  "impressions-logged": flag("What was shown is logged with its position").optional(),
  preprocessing: z
    .array(
      facts("A fitted step", {
        step: text("What is done"),
        kind: oneOf(
          [
            "scaling",
            "imputation",
            "imputation-with-target",
            "vocabulary",
            "pca",
            "selection",
            "encoding",
            "resampling",
          ],
          "Kind of step",
        ).optional(),
        "fit-on": oneOf(["train", "all"], "Which rows it is fitted on").optional(),
      }),
    )
    .meta({ description: "Steps that are fitted on rows" })
    .optional(),
  imbalance: facts("What is done about rare positives", {
    handling: oneOf(
      ["none", "class-weight", "downsample", "oversample", "smote", "focal"],
      "How; smote and focal are reviewed, and not run",
    ).optional(),
    "applied-to": oneOf(
      ["train", "all"],
      "To which rows; a run trains on handled rows alone, and measures `all` beside",
    ).optional(),
    keep: quantity("share", "Share of negatives kept").optional(),
    "rate-after": quantity(
      "share",
      "Share of positives afterwards, by weight; without `keep` or a stage's `class-weight` it decides, 50% where absent",
    ).optional(),
    corrected: flag("Probabilities are corrected for it").optional(),
  }).optional(),
});

export type DataFacts = z.output<typeof dataSchema>;
