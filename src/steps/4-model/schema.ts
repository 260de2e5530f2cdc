/** The facts of step 4: the stages with their models, cold start, exploration and position bias. */

import { z } from "zod";
import { formatNumber, formatValue } from "../../core/format-figure.ts";
import { facts, flag, integer, names, oneOf, quantity, text } from "../../design/fact.ts";

const index = facts("The index of a retrieval stage", {
  type: oneOf(["exact", "exact-int8", "hnsw", "ivf-flat", "ivf-sq8", "ivf-pq"], "Kind of index"),
  m: integer("HNSW: links a node; PQ: sub-vectors", 1, 4096).optional(),
  "ef-search": integer("HNSW: candidates kept while searching", 1, 100_000).optional(),
  "ef-construction": integer("HNSW: candidates kept while building", 1, 100_000).optional(),
  lists: integer("IVF: clusters", 1).optional(),
  probes: integer("IVF: clusters read per query", 1).optional(),
  "code-bytes": integer("PQ: bytes a vector", 1, 65_536).optional(),
  shards: integer("Parts that are searched side by side", 1, 100_000).optional(),
  "training-vectors": quantity("count", "Vectors that the clusters are learned from").optional(),
  recall: quantity("share", "Recall against the exact search").optional(),
  "recall-floor": quantity("share", "Least acceptable recall").optional(),
});

const indexChoice = z
  .union([z.enum(["exact", "exact-int8", "hnsw", "ivf-flat", "ivf-sq8", "ivf-pq"]), index])
  .meta({ description: "Kind of index, alone or with its parameters" })
  .transform((written): z.output<typeof index> => (typeof written === "string" ? { type: written } : written));

function systemOf(factors: number): string {
  const bytes = formatValue({ value: 4 * factors ** 2, unit: "B" });
  return `als solves ${formatNumber(factors)} x ${formatNumber(factors)} numbers of 4 bytes for each unit and item, ${bytes}`;
}

function forestOf(trees: number): string {
  const bytes = formatValue({ value: trees * 61 * 24, unit: "B" });
  return `${formatNumber(trees)} trees of 31 leaves have 61 nodes of 24 bytes each, ${bytes}, and each is a pass over all rows`;
}

/** Parameters of first-stage models: each model reads its own. */
const recommenderParameters = {
  factors: integer("Length of the vectors", 1, 4096, systemOf).optional(),
  regularization: z.number().min(0).meta({ description: "Strength of regularization" }).optional(),
  confidence: z
    .number()
    .min(0)
    .meta({ description: "ALS: weight of an observed event over an unobserved one (alpha)" })
    .optional(),
  iterations: integer("Passes over the data", 1, 10_000).optional(),
  dropout: z
    .number()
    .min(0)
    .lt(1)
    .meta({ description: "EASE: share of a history left out in training, in closed form" })
    .optional(),
  neighbours: integer("Models of neighbours: how many are kept for each item", 1, 100_000).optional(),
  shrinkage: z.number().min(0).meta({ description: "Models of neighbours: shrinkage of rare pairs" }).optional(),
  decay: z
    .number()
    .gt(0)
    .max(1)
    .meta({ description: "Order-aware models: factor for each further step between the two items of a pair; 1 none" })
    .optional(),
  recency: z
    .number()
    .min(0)
    .max(1)
    .meta({ description: "Order-aware models: factor for each step back in the history that is asked with; 1 none" })
    .optional(),
  backward: z
    .number()
    .min(0)
    .max(1)
    .meta({ description: "Sequence-kNN: what a pair counts that was chosen in the other order; 0 never, 1 as much" })
    .optional(),
  damping: z
    .number()
    .min(0)
    .max(1)
    .meta({ description: "Sequence-kNN: exponent that holds popular items back; 0.5 is the cosine" })
    .optional(),
  smoothing: z
    .number()
    .min(0)
    .meta({
      description:
        "Graph filter: weight of the leading directions beside the graph itself. ease-als: weight of ALS beside EASE",
    })
    .optional(),
  window: quantity("duration", "Most popular: events that count").optional(),
  hidden: z.array(z.int().min(1).max(65_536)).meta({ description: "Widths of the hidden layers" }).optional(),
  epochs: integer("Passes of a network", 1, 100_000).optional(),
  "learning-rate": z.number().gt(0).max(1).meta({ description: "Shrinkage of each tree or step" }).optional(),
};

/** A share of chance, held to what still leaves a picture of the same thing. */
const chance = (most: number, description: string) => z.number().min(0).max(most).meta({ description }).optional();

const augmentation = facts("Pictures: how far training photos are changed by chance", {
  move: chance(0.5, "Farthest move, as a share of the side; 0.1 where absent"),
  zoom: chance(
    0.5,
    "Farthest change of height and of width, each by itself; 0 where absent, which suits short trainings",
  ),
  flip: flag("Whether half of the photos are mirrored; true where absent").optional(),
  light: chance(1, "Deviation of the brightness factor; 0.15 where absent"),
  tint: chance(1, "Deviation of each channel's shift, in units of the channel's own; 0.15 where absent"),
  erase: chance(1, "Share of the photos of which a field is blotted out; 0 where absent"),
});

/** Parameters of a network over pictures. */
const pictureParameters = {
  size: integer("Pictures: side that photos are resized to", 8, 512).optional(),
  width: integer("Pictures: filters of the network's first layer", 1, 1024).optional(),
  batch: integer("Pictures: photos of a training step", 2, 4096).optional(),
  loss: oneOf(["cross-entropy", "triplet"], "Pictures: what training minimises").optional(),
  augmentation: augmentation.optional(),
};

/** Their bounds are held where the encoder is planned, which can say what a number beyond them means. */
const channelNumbers = (what: string) =>
  z
    .union([z.number(), z.array(z.number()).min(1).max(3)])
    .meta({ description: what })
    .transform((written): readonly number[] => (typeof written === "number" ? [written] : written));

/** A network that was trained elsewhere: a file of the open format, and the preprocessing that it was trained with. */
const encoder = facts("Pictures: your own encoder, an ONNX file, in place of a network that is trained here", {
  onnx: text("The file, relative to the note", "models/encoder.onnx"),
  input: text("The input that takes photos; the file's only one where absent").optional(),
  output: text("The output that holds the vector; the file's only one where absent").optional(),
  size: integer("Side that photos are resized to; the file's own where it says one", 8, 512).optional(),
  mean: channelNumbers("Mean of each channel, of values from 0 to 1, as the encoder was trained; 0 for none"),
  std: channelNumbers("Deviation of each channel, of values from 0 to 1; 1 for none"),
  colours: oneOf(
    ["rgb", "bgr"],
    "Order of the colours, which no file says; rgb where absent, bgr for an encoder trained on photos that OpenCV read. `mean` and `std` are in the same order",
  ).optional(),
  layout: oneOf(["nchw", "nhwc"], "Order of the input; found out from the file where it says its channels").optional(),
});

const modelChoice = z.union([z.string(), encoder]).meta({
  description:
    "als, ease, ease-als, item-knn, most-popular, content, two-tower, item-transitions, sequence-knn, sequence-ease, graph-filter, gbdt, logistic-regression, mlp, rules, isolation-forest, cnn; or your own encoder of photos, with its file",
  examples: ["gbdt", "{ onnx: models/encoder.onnx, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }"],
});

const sourceQuota = facts("A further source of candidates", {
  model: text(
    "als, ease, ease-als, item-knn, most-popular, content, two-tower, item-transitions, sequence-knn, sequence-ease, graph-filter",
  ),
  quota: integer("Candidates it may add", 1),
  ...recommenderParameters,
});

const stage = facts("One stage of the model, in the order of serving", {
  name: text("Its name: candidates, ranking, re-ranking, …"),
  kind: oneOf(
    ["retrieval", "filter", "ranking", "re-ranking"],
    "What it does; the name decides where absent",
  ).optional(),
  model: modelChoice.optional(),
  rule: text("A rule in place of a model, such as mmr").optional(),
  keep: quantity("count", "How many it hands on").optional(),
  in: quantity("count", "How many it receives; the stage before decides where absent").optional(),
  ...recommenderParameters,
  ...pictureParameters,
  index: indexChoice.optional(),
  sources: z.array(sourceQuota).meta({ description: "Further sources, merged with quotas" }).optional(),
  objective: oneOf(["lambdarank", "log-loss", "squared-error", "focal"], "What training minimises").optional(),
  trees: integer("Trees", 1, 100_000, forestOf).optional(),
  leaves: integer("Leaves a tree", 2, 65_536).optional(),
  depth: integer("Largest depth", 1, 64).optional(),
  bins: integer("Histogram bins a feature", 2, 65_535).optional(),
  "row-sample": quantity("share", "Share of rows a tree sees").optional(),
  "feature-sample": quantity("share", "Share of features a tree sees").optional(),
  "minimum-rows": integer("Least rows in a leaf", 1).optional(),
  "early-stopping": integer("Rounds without gain on the validation window before it stops", 1).optional(),
  monotone: z
    .record(z.string(), z.enum(["increasing", "decreasing"]))
    .meta({ description: "Monotone features" })
    .optional(),
  parameters: quantity("count", "Parameters of a network").optional(),
  diversity: z.number().min(0).max(1).meta({ description: "MMR: weight of being different" }).optional(),
  exploration: facts("Slots given to chance", {
    slots: integer("Slots of the list", 0, 100),
    share: quantity("share", "Share of requests that explore").optional(),
  }).optional(),
  features: names("Features it reads; all declared ones where absent").optional(),
  calibration: oneOf(["none", "platt", "isotonic"], "How scores become probabilities").optional(),
  "class-weight": z
    .number()
    .gt(0)
    .meta({
      description:
        "Weight of a positive row; goes with `imbalance.handling: class-weight`, in place of its `rate-after`",
    })
    .optional(),
  rules: names("Conditions of a rule list").optional(),
  "item-cost": quantity("duration", "Time for one item").optional(),
  parallelism: integer("Items or shards worked on at once", 1).optional(),
  "fixed-cost": quantity("duration", "Time that does not depend on the items").optional(),
  latency: quantity("duration", "Measured p99 of the stage; what it may take stands in `serving.budget`").optional(),
  "parallel-group": text("Stages of one group run side by side").optional(),
  "fan-out": integer("Calls made side by side", 1).optional(),
  "leaf-percentile": z
    .number()
    .gt(0)
    .lt(100)
    .meta({ description: "Percentile that the leaf latency speaks of" })
    .optional(),
  hedged: flag("A second call is sent when the first is late").optional(),
  "partial-results": flag("Answers without the slowest leaves").optional(),
  "filter-rate": quantity("share", "Share that the filter removes").optional(),
  dimensions: integer("Length of the vectors that are searched; `factors` where absent", 1, 100_000).optional(),
  precision: oneOf(["fp32", "fp16", "int8"], "How vectors are stored").optional(),
});

const alternative = facts("An option that was weighed and not chosen", {
  option: text("What was not chosen"),
  why: text("Why not, with the number that decided"),
  "instead-of": text("What was chosen in its place: a stage, a model, a framing").optional(),
  revisit: text("What would have to change for it to be weighed again").optional(),
});

export const modelSchema = facts("Step 4: model selection and architecture", {
  stages: z.array(stage).meta({ description: "Stages in the order of serving" }).optional(),
  "cold-start": z
    .record(z.string(), z.string())
    .meta({ description: "What serves a new member, a new title" })
    .optional(),
  exploration: facts("How the system tries what it does not know", {
    method: text("epsilon-greedy, thompson-sampling, …").optional(),
    share: quantity("share", "Share of traffic or slots").optional(),
    "propensity-logged": flag("The chance of each choice is logged").optional(),
  }).optional(),
  "position-bias": facts("What is done about items being clicked because they stand on top", {
    method: oneOf(["none", "ips", "position-feature", "click-model", "randomised"], "How").optional(),
    "serve-value": z
      .union([z.string(), z.number()])
      .meta({ description: "The position that is assumed when serving" })
      .optional(),
  }).optional(),
  alternatives: z
    .array(alternative)
    .meta({ description: "Options that were weighed and not chosen, of any step, each with its reason" })
    .optional(),
  memorises: flag("The model can reproduce single training rows").optional(),
});

export type ModelFacts = z.output<typeof modelSchema>;
export type StageFacts = NonNullable<ModelFacts["stages"]>[number];
/** A network of the user's own, as the note writes it. */
export type EncoderFacts = z.output<typeof encoder>;

/** A stage's model in a word: its name, or `onnx` for a file of the user's own. */
export function modelName({ model }: Pick<StageFacts, "model">): string | undefined {
  return typeof model === "object" ? "onnx" : model;
}
