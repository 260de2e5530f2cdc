/** Gradient-boosted decision trees: training on the rows of a table, with or without later rows to stop on. */

import { type Failure, fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { Table } from "../../../core/table.ts";
import type { KernelPath } from "../../../kernels/feature-probe.ts";
import { kernelHistogramBytes } from "../../../kernels/leaf-histograms.kernel.ts";
import { openStreamedHistograms } from "../../../kernels/leaf-histograms.streamed.ts";
import { openLeafHistograms } from "../../../kernels/leaf-histograms.ts";
import type { HistogramShape, LeafHistograms } from "../../../kernels/leaf-problem.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
import { MOST_KERNEL_BYTES } from "../../../kernels/webassembly.ts";
import type { Scratch } from "../../../system/environment.ts";
import { type Machine, whyImpossible } from "../../../system/need.ts";
import { createLambdaRank } from "../losses/lambdarank.ts";
import { logLoss, softLogLoss } from "../losses/log-loss.ts";
import type { Loss, Target } from "../losses/loss.ts";
import { squaredError } from "../losses/squared-error.ts";
import { binFeatures, type FeatureChoice, fillBins } from "../train/bin-features.ts";
import { type BoostingResult, boostTrees, type WatchedMetric } from "../train/boost-trees.ts";
import { isFailure, readTarget, rejectOneClass, type TrainingRows } from "../train/training-rows.ts";
import { treesNeed } from "../train/trees-need.ts";
import {
  type FilledOptions,
  fillOptions,
  rejectOptions,
  splitRules,
  type TreesOptions,
} from "../train/trees-options.ts";
import type { TreesModel } from "./trees-model.ts";

/** What training is given beside rows and options. */
export interface TreesEnvironment {
  /** Draws the samples of rows and features. Same seed, same model, whatever the number of threads. */
  readonly random: Random;
  /** Threads; without it everything runs on the calling one. */
  readonly pool?: KernelPool;
  /** The scalar twin instead of the kernel, where the two are compared. */
  readonly path?: KernelPath;
  /** What training has to fit into; not asked where absent. */
  readonly machine?: Machine;
  /** Where the bins of rows go that would not fit; without it they have to. */
  readonly scratch?: Scratch;
}

/** Rows later than the training rows, on which training is stopped. */
export interface TreesValidation extends TrainingRows {
  /** Judged by this instead of the loss's own metric. */
  readonly metric?: WatchedMetric;
}

export interface TrainedTrees extends Omit<BoostingResult, "trees"> {
  readonly model: TreesModel;
  /** The metric that `history` holds. */
  readonly metric: string;
}

/**
 * Trains boosted trees. Fails with a code when the rows cannot be learned from (`no-rows`, `one-class`, `bad-label`, `bad-weight`,
 * `no-queries`, …), an option makes no sense (`bad-option`, `missing-column`), or no such machine could do it (`does-not-fit`,
 * `takes-too-long`). NaN and empty texts are missing values and the
 * trees learn where they go; infinities are the largest and smallest values there are.
 */
export async function trainTrees(
  rows: TrainingRows,
  options: TreesOptions,
  environment: TreesEnvironment,
  validation?: TreesValidation,
): Promise<Outcome<TrainedTrees>> {
  const filled = fillOptions(options);
  const choices = rejectOptions(filled) ?? chooseFeatures(rows.features, filled);
  if ("code" in choices) return fail(choices);
  const need = treesNeed(filled, { rows: rows.features.rows, features: choices.length });
  const impossible = environment.machine && whyImpossible(need, environment.machine);
  if (impossible !== undefined) return fail(impossible);
  const loss = createLoss(filled);
  const target = readTarget(rows, loss, "training");
  if (isFailure(target)) return fail(target);
  const oneClass = filled.objective === "log-loss" ? rejectOneClass(target) : undefined;
  if (oneClass !== undefined) return fail(oneClass);
  const unlike = validation === undefined ? undefined : compareColumns(choices, rows.features, validation.features);
  if (unlike !== undefined) return fail(unlike);
  const held = validation === undefined ? null : readTarget(validation, loss, "validation");
  if (held !== null && isFailure(held)) return fail(held);

  const watched = held === null ? null : (validation?.metric ?? ownMetric(loss, held));
  const binned = binFeatures(rows.features, choices, filled, environment.random.fork("bins"));
  const histograms = await openHistograms(
    {
      rows: rows.features.rows,
      followers: validation?.features.rows ?? 0,
      features: binned.shapes,
      maxLeaves: filled.leaves,
      rules: splitRules(filled),
    },
    environment,
  );
  const bound = loss.bind(target, environment.pool);
  try {
    await fillBins(histograms, binned, rows.features, 0);
    if (validation !== undefined) await fillBins(histograms, binned, validation.features, rows.features.rows);
    const { trees, ...rest } = await boostTrees(histograms, binned, bound, watched, filled, environment.random);
    const model = { objective: filled.objective, baseScore: bound.baseScore, features: binned.features, trees };
    return succeed({ model, metric: watched?.name ?? loss.metric, ...rest });
  } finally {
    bound.close?.();
    await histograms.close();
  }
}

/** The kernel's memory ends at 4 GiB, and beside it lie the rows that it is filled from. */
const SHARE = 1 / 3;

/** In the kernel's memory where the rows fit, else with their bins on disk, which is slower and comes to the same trees. */
function openHistograms(
  shape: HistogramShape,
  { pool, path, machine, scratch }: Pick<TreesEnvironment, "pool" | "path" | "machine" | "scratch">,
): LeafHistograms | Promise<LeafHistograms> {
  const most = Math.min(MOST_KERNEL_BYTES, (machine?.memory ?? Number.POSITIVE_INFINITY) * SHARE);
  const fits = path === "scalar" || kernelHistogramBytes(shape, pool?.threads ?? 1) <= most;
  return fits || scratch === undefined
    ? openLeafHistograms(shape, { pool, path })
    : openStreamedHistograms(shape, scratch.open);
}

function createLoss({ objective, softLabels, ndcgAt, rankTruncation }: FilledOptions): Loss {
  switch (objective) {
    case "log-loss":
      return softLabels ? softLogLoss : logLoss;
    case "squared-error":
      return squaredError;
    case "lambdarank":
      return createLambdaRank({ cutoff: ndcgAt, truncation: Math.max(ndcgAt, rankTruncation) });
    default:
      return objective satisfies never;
  }
}

function chooseFeatures(table: Table, options: FilledOptions): FeatureChoice[] | Failure {
  const names = options.features ?? [...table.columns.keys()];
  if (names.length === 0) return { code: "missing-column", message: "there are no features to train on" };
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return { code: "bad-option", where: "features", message: `${twice} is named twice` };
  for (const name of [...names, ...options.categorical, ...Object.keys(options.monotone)]) {
    if (names.includes(name) && table.columns.has(name)) continue;
    const message = `${name} is not among the features; there are ${[...table.columns.keys()].join(", ")}`;
    return { code: "missing-column", where: name, message };
  }
  const choices = names.map((name) => ({
    name,
    categorical: options.categorical.includes(name) || !ArrayBuffer.isView(table.columns.get(name)),
    monotone: options.monotone[name] ?? (0 as const),
  }));
  const torn = choices.find((choice) => choice.categorical && choice.monotone !== 0);
  if (torn === undefined) return choices;
  return { code: "bad-option", where: torn.name, message: `${torn.name} is categorical and cannot be monotone` };
}

/** Validation rows need every feature, in the kind it had in training. */
function compareColumns(choices: readonly FeatureChoice[], training: Table, validation: Table): Failure | undefined {
  for (const { name } of choices) {
    const column = validation.columns.get(name);
    const sameKind = ArrayBuffer.isView(column) === ArrayBuffer.isView(training.columns.get(name));
    if (column !== undefined && sameKind) continue;
    const message =
      column === undefined ? `the validation rows have no column ${name}` : `${name} is text in one table only`;
    return { code: "missing-column", where: name, message };
  }
  return undefined;
}

function ownMetric(loss: Loss, held: Target): WatchedMetric {
  const bound = loss.bind(held);
  return { name: loss.metric, higherIsBetter: loss.higherIsBetter, measure: bound.measure };
}
