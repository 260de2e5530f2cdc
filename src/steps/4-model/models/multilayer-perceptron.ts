/** A multilayer perceptron on standardized features: a small student for a large teacher, or a model of its own. */

import { type Failure, fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { Table } from "../../../core/table.ts";
import { sigmoid, softLogLoss } from "../losses/log-loss.ts";
import type { BoundLoss, Loss, Target } from "../losses/loss.ts";
import { squaredError } from "../losses/squared-error.ts";
import {
  addDerivatives,
  copyLayers,
  createActivations,
  createLayers,
  createLayersAdam,
  type DenseLayer,
  runForward,
  zeroLayers,
} from "../train/dense-network.ts";
import { fitStandardization, type StandardizedFeature, standardized, standardizeRows } from "../train/standardize.ts";
import { isFailure, readTarget, type TrainingRows } from "../train/training-rows.ts";

export type PerceptronObjective = "log-loss" | "squared-error";

export interface PerceptronOptions {
  /**
   * Labels of `log-loss` lie from 0 to 1: classes, or a teacher's probabilities. Labels of `squared-error` are any numbers, such as a
   * teacher's margins.
   */
  readonly objective: PerceptronObjective;
  /** Numeric columns to use. Default: all of the table. */
  readonly features?: readonly string[];
  /** Units of each hidden layer. Default one layer of 32. */
  readonly hidden?: readonly number[];
  /** Passes over the rows. Default 20. */
  readonly epochs?: number;
  /** Rows per step. Default 128. */
  readonly batch?: number;
  /** Default 0.003. */
  readonly learningRate?: number;
  /** Default 0. */
  readonly weightDecay?: number;
  /** Stop after so many epochs without a better validation loss. Default 5; only with validation rows. */
  readonly patience?: number;
}

/** margin = offset + scale x the network's output. JSON as it stands; a layer's weights lie input after input. */
export interface Perceptron {
  readonly format: "heptad perceptron";
  readonly version: 1;
  readonly objective: PerceptronObjective;
  readonly features: readonly StandardizedFeature[];
  readonly layers: readonly {
    readonly inputs: number;
    readonly outputs: number;
    readonly weights: readonly number[];
    readonly biases: readonly number[];
  }[];
  readonly scale: number;
  readonly offset: number;
}

export interface TrainedPerceptron {
  readonly model: Perceptron;
  /** The validation loss after each epoch, or the training loss where there are no validation rows. */
  readonly history: readonly number[];
}

/**
 * Trains with Adam on shuffled batches; the same seed gives the same model. Keeps the weights of the epoch with the least
 * validation loss. Fails with `no-rows`, `bad-label`, `bad-weight`, `missing-column`, `infinite-value`, `bad-option` or `diverged`.
 */
export function trainPerceptron(
  rows: TrainingRows,
  options: PerceptronOptions,
  random: Random,
  validation?: TrainingRows,
): Outcome<TrainedPerceptron> {
  const filled = { hidden: [32], epochs: 20, batch: 128, learningRate: 0.003, weightDecay: 0, patience: 5, ...options };
  const fault = rejectOptions(filled);
  if (fault !== undefined) return fail(fault);
  const loss = lossOf(filled.objective);
  const target = readTarget(rows, loss, "training");
  if (isFailure(target)) return fail(target);
  const held = validation === undefined ? null : readTarget(validation, loss, "validation");
  if (held !== null && isFailure(held)) return fail(held);
  const features = fitStandardization(
    rows.features,
    options.features ?? [...rows.features.columns.keys()],
    target.weights,
  );
  if ("code" in features) return fail(features);
  if (features.length === 0) return fail({ code: "missing-column", message: "the rows have no features" });

  const training = {
    ...scaleOf(target, filled.objective),
    objective: filled.objective,
    values: standardizeRows(rows.features, features),
    target,
  };
  const watched = {
    values: validation === undefined ? training.values : standardizeRows(validation.features, features),
    loss: loss.bind(held ?? target),
    chooses: held !== null,
  };
  const layers = createLayers([features.length, ...filled.hidden, 1], random.fork("weights"));
  const learned = runEpochs(layers, training, watched, filled, random);
  if ("code" in learned) return fail(learned);
  return succeed({ model: storeModel(training, features, learned.layers), history: learned.history });
}

/** A model made ready for scoring. */
export interface PerceptronScorer {
  /** The margin of each row of the table. Throws when a column of the model is missing. */
  margins(table: Table): Float64Array;
  /** The margin of one row, its values in the order of the model's features. */
  margin(values: ArrayLike<number>): number;
}

export function createPerceptronScorer(model: Perceptron): PerceptronScorer {
  const layers = model.layers.map((layer) => ({
    ...layer,
    weights: Float64Array.from(layer.weights),
    biases: Float64Array.from(layer.biases),
  }));
  const activations = createActivations(layers);
  return {
    margins: (table) => marginsOf(layers, standardizeRows(table, model.features), model),
    margin(values) {
      for (const [index, feature] of model.features.entries())
        activations[0][index] = standardized(values[index], feature);
      return model.offset + model.scale * runForward(layers, activations);
    },
  };
}

/** How the network's output becomes a margin: regression targets are standardized, so that one learning rate fits all. */
interface OutputScale {
  readonly scale: number;
  readonly offset: number;
}

function lossOf(objective: PerceptronObjective): Loss {
  return objective === "squared-error" ? squaredError : softLogLoss;
}

interface NetworkRows extends OutputScale {
  readonly objective: PerceptronObjective;
  readonly values: Float64Array;
  readonly target: Target;
}

/** The rows whose loss is followed, and whether it chooses the epoch that is kept. */
interface WatchedRows {
  readonly values: Float64Array;
  readonly loss: BoundLoss;
  readonly chooses: boolean;
}

function runEpochs(
  layers: readonly DenseLayer[],
  training: NetworkRows,
  watched: WatchedRows,
  { epochs, batch, patience, learningRate, weightDecay }: FilledOptions,
  random: Random,
): { layers: readonly DenseLayer[]; history: number[] } | Failure {
  const step = createLayersAdam(layers, { learningRate, weightDecay });
  const sums = zeroLayers(layers);
  const [activations, slopes] = [createActivations(layers), createActivations(layers)];
  const order = Uint32Array.from(training.target.labels, (_, row) => row);
  const history: number[] = [];
  let best = { layers: copyLayers(layers), epoch: -1, loss: Number.POSITIVE_INFINITY };
  for (let epoch = 0; epoch < epochs; epoch++) {
    random.fork(`epoch ${epoch}`).shuffle(order);
    for (let from = 0; from < order.length; from += batch) {
      const some = order.subarray(from, from + batch);
      for (const row of some) learnRow(layers, activations, slopes, training, row, sums);
      step(sums, some.length);
    }
    const loss = watched.loss.measure(marginsOf(layers, watched.values, training));
    if (!Number.isFinite(loss)) {
      const message = `the loss is ${loss} after epoch ${epoch + 1}`;
      return { code: "diverged", message, fix: "lower the learning rate, or clip features with extreme values" };
    }
    history.push(loss);
    if (!watched.chooses || loss < best.loss) best = { layers: copyLayers(layers), epoch, loss };
    else if (epoch - best.epoch >= patience) break;
  }
  return { layers: best.layers, history };
}

/** Adds the derivatives of one row's loss to `sums`. */
function learnRow(
  layers: readonly DenseLayer[],
  activations: readonly Float64Array[],
  slopes: readonly Float64Array[],
  { values, target, scale, offset, objective }: NetworkRows,
  row: number,
  sums: readonly DenseLayer[],
): void {
  const width = activations[0].length;
  activations[0].set(values.subarray(row * width, (row + 1) * width));
  const output = runForward(layers, activations);
  const label = target.labels[row];
  const residual = objective === "log-loss" ? sigmoid(offset + output) - label : output - (label - offset) / scale;
  addDerivatives(layers, activations, (target.weights?.[row] ?? 1) * residual, slopes, sums);
}

function marginsOf(layers: readonly DenseLayer[], values: Float64Array, { scale, offset }: OutputScale): Float64Array {
  const activations = createActivations(layers);
  const width = activations[0].length;
  return Float64Array.from({ length: values.length / width }, (_, row) => {
    activations[0].set(values.subarray(row * width, (row + 1) * width));
    return offset + scale * runForward(layers, activations);
  });
}

/** Regression starts at the mean and counts in standard deviations, log loss at the base rate. */
function scaleOf({ labels, weights }: Target, objective: PerceptronObjective): OutputScale {
  const weightOf = (row: number) => weights?.[row] ?? 1;
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? labels.length;
  const mean = labels.reduce((sum, label, row) => sum + weightOf(row) * label, 0) / total;
  if (objective === "log-loss")
    return { scale: 1, offset: Math.log((mean * total + 0.5) / ((1 - mean) * total + 0.5)) };
  const variance = labels.reduce((sum, label, row) => sum + weightOf(row) * (label - mean) ** 2, 0) / total;
  return { scale: variance === 0 ? 1 : Math.sqrt(variance), offset: mean };
}

function storeModel(
  { objective, scale, offset }: NetworkRows,
  features: readonly StandardizedFeature[],
  layers: readonly DenseLayer[],
): Perceptron {
  return {
    format: "heptad perceptron",
    version: 1,
    objective,
    features,
    layers: layers.map((layer) => ({ ...layer, weights: [...layer.weights], biases: [...layer.biases] })),
    scale,
    offset,
  };
}

type FilledOptions = Required<Omit<PerceptronOptions, "features">>;

function rejectOptions({
  hidden,
  epochs,
  batch,
  learningRate,
  weightDecay,
  patience,
}: FilledOptions): Failure | undefined {
  const counts = {
    epochs,
    batch,
    patience,
    ...Object.fromEntries(hidden.map((units, index) => [`hidden.${index}`, units])),
  };
  for (const [where, value] of Object.entries(counts)) {
    if (Number.isInteger(value) && value >= 1) continue;
    return { code: "bad-option", where, message: `${where} is ${value}, and has to be a whole number from 1` };
  }
  if (!(learningRate > 0 && Number.isFinite(learningRate) && weightDecay >= 0 && Number.isFinite(weightDecay))) {
    const message = `learningRate is ${learningRate} and weightDecay ${weightDecay}: the one above 0, the other not below`;
    return { code: "bad-option", where: "learningRate", message };
  }
  return undefined;
}
