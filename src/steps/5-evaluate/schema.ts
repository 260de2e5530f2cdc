/** The facts of step 5: how it is evaluated, and what is done to make it smaller and faster. */

import { z } from "zod";
import { amount, condition, day, facts, flag, integer, names, oneOf, quantity, text } from "../../design/fact.ts";

const evaluation = facts("How offline figures are made", {
  candidates: oneOf(["full", "retrieved", "sampled"], "Which items are ranked").optional(),
  "sampled-negatives": integer("Negatives a request where they are sampled", 1).optional(),
  "sampled-users": quantity("count", "Users that are drawn to be asked, where not all are").optional(),
  correction: text("Correction of sampled metrics").optional(),
  "tuned-on": oneOf(["train", "validation", "test"], "Where parameters were chosen").optional(),
  "stopped-on": oneOf(["train", "validation", "test"], "Where early stopping looked").optional(),
  "gap-limit": quantity("share", "How far a slice may fall below the whole").optional(),
  gain: amount("Gain over the baseline").optional(),
  "half-width": amount("Half width of the gain's 95% interval").optional(),
  backtests: integer("Periods that it was tested on", 1).optional(),
  "popularity-baseline": flag("A popularity list stands beside it").optional(),
});

const optimization = facts("One way to make it smaller or faster, with what it may cost", {
  method: oneOf(["quantization", "pruning", "distillation"], "How"),
  stage: text("Which stage").optional(),
  precision: oneOf(["int8", "fp16", "int4"], "Quantization: target").optional(),
  from: oneOf(["fp32", "fp16", "bf16"], "Quantization: source").optional(),
  kind: oneOf(["static", "dynamic", "qat"], "Quantization: when scales are found").optional(),
  keep: quantity("share", "Pruning: share that stays").optional(),
  structure: oneOf(["unstructured", "structured", "2:4"], "Pruning: pattern").optional(),
  student: facts("Distillation: the small model", {
    model: text("mlp, logistic-regression, gbdt, cnn"),
    hidden: z.array(z.int().min(1).max(65_536)).meta({ description: "Widths of the hidden layers" }).optional(),
    trees: integer("Trees", 1).optional(),
    leaves: integer("Leaves", 2).optional(),
    width: integer("Filters of a picture network's first layer", 1, 1024).optional(),
  }).optional(),
  accept: condition("The most it may cost, such as `ndcg@10 drop <= 1%`").optional(),
  "size-ratio": quantity("factor", "Claimed reduction of size").optional(),
  speedup: quantity("factor", "Claimed speed-up of the model").optional(),
  "model-share": quantity("share", "The model's share of the request's time").optional(),
  "total-speedup": quantity("factor", "Claimed speed-up of the request").optional(),
  hardware: text("Where it runs: x86-vnni, x86-amx, arm-dotprod, gpu-int8, gpu-sparse, …").optional(),
  runtime: text("What runs it").optional(),
  "measured-drop": amount("Measured loss, in the terms of `accept`").optional(),
  slices: names("Slices on which the loss was measured").optional(),
  "calibration-rows": quantity("count", "Rows that the scales are found on").optional(),
  "calibration-from": oneOf(["train", "validation", "test", "production"], "Where they come from").optional(),
});

export const evaluateSchema = facts("Step 5: training, offline evaluation and optimization", {
  seed: integer("Seed of everything random").optional(),
  slices: names("Parts of the data that are reported apart").optional(),
  evaluation: evaluation.optional(),
  negatives: facts("Negatives in training", {
    kind: oneOf(["in-batch", "uniform", "hard", "mixed"], "Where they come from").optional(),
    correction: oneOf(["none", "logq"], "Correction of the sampling").optional(),
  }).optional(),
  "policy-correction": oneOf(
    ["none", "ips", "doubly-robust"],
    "Correction for what the old system chose to show",
  ).optional(),
  optimize: z.array(optimization).meta({ description: "Compression with its acceptance clause" }).optional(),
  teacher: facts("The model that is distilled", {
    "data-end": day("Last day of its training data").optional(),
    "saw-test": oneOf(["yes", "no", "unknown"], "Whether it saw the test period").optional(),
    features: names("Features it reads").optional(),
  }).optional(),
});

export type EvaluateFacts = z.output<typeof evaluateSchema>;
