/** Trains the two towers: histories cut into examples, examples into batches, batch after batch through Adam. */

import { type Failure, FailureError } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import { type SparseMatrix, sparseRow } from "../../../core/sparse-matrix.ts";
import type { ItemVectors } from "../../3-data/ranked-task.ts";
import { createAdam } from "./adam.ts";
import { createTwoTowerNetwork, type TowerExample, type TwoTowerNetwork } from "./two-tower-network.ts";

export interface TwoTowerOptions {
  /** Length of the vectors. Default 32. */
  readonly factors: number;
  /** Widths of the hidden layers of each tower. Default one of 64. */
  readonly hidden: readonly number[];
  /** Passes over the data. Default 10. */
  readonly epochs: number;
  /** Default 0.003. */
  readonly learningRate: number;
  /** Items of a unit that are to be found from one part of the rest. Default 8. */
  readonly targets: number;
  /** Histories of a batch. Default 64. */
  readonly batch: number;
  /** The most items of a history in training. Default 64. */
  readonly history: number;
}

export interface TrainedTwoTower {
  readonly network: TwoTowerNetwork;
  /** The mean loss of each epoch. */
  readonly losses: readonly number[];
}

/** Throws a `FailureError` of code `diverged` when the loss stops being a number. */
export function trainTwoTower(
  interactions: SparseMatrix,
  attributes: ItemVectors | undefined,
  options: TwoTowerOptions,
  random: Random,
): TrainedTwoTower {
  const { learningRate, factors } = options;
  const network = createTwoTowerNetwork(
    {
      items: interactions.columns,
      factors,
      hidden: options.hidden,
      attributes,
      mostExamples: options.batch,
      mostTargets: options.targets,
      mostHistory: options.history,
    },
    random.fork("weights"),
  );
  const embeddings = createAdam(network.inputs.embeddings, { learningRate });
  const dense = [
    { adam: createAdam(network.inputs.projection, { learningRate }), slopes: network.inputs.projectionSlopes },
    ...[network.item, network.user].flatMap(({ layers, slopes }) =>
      layers.flatMap((layer, index) => [
        { adam: createAdam(layer.weights, { learningRate }), slopes: slopes[index].weights },
        { adam: createAdam(layer.biases, { learningRate }), slopes: slopes[index].biases },
      ]),
    ),
  ];
  const losses: number[] = [];
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const examples = drawExamples(interactions, options, random.fork(`epoch ${epoch}`));
    const batches = Math.ceil(examples.length / options.batch);
    const logChance = logChances(interactions, batches);
    let sum = 0;
    for (let batch = 0; batch < batches; batch++) {
      sum += network.derive(examples.slice(batch * options.batch, (batch + 1) * options.batch), logChance);
      const { items, slopes } = network.touched();
      embeddings.stepRows(items, slopes, factors);
      for (const one of dense) one.adam.step(one.slopes);
    }
    if (!Number.isFinite(sum)) throw new FailureError(diverged(epoch, learningRate));
    losses.push(sum / batches);
  }
  return { network, losses };
}

function diverged(epoch: number, learningRate: number): Failure {
  return {
    code: "diverged",
    message: `the two towers' loss is no number after epoch ${epoch + 1} at a learning rate of ${learningRate}`,
    fix: `lower \`learning-rate\`; ${learningRate > 0.003 ? "0.003 is the default" : "a third of it, to begin with"}`,
  };
}

/**
 * Each entry is a target once. A unit's entries are shuffled and cut into targets; what follows the targets in the shuffled round
 * is their history, of a length drawn anew each time, so that short histories are learned from too.
 */
function drawExamples(
  interactions: SparseMatrix,
  { targets, history }: TwoTowerOptions,
  random: Random,
): TowerExample[] {
  const examples: TowerExample[] = [];
  for (let unit = 0; unit < interactions.rows; unit++) {
    const { indices: known, values } = sparseRow(interactions, unit);
    const all = known.length;
    const order = random.shuffle(Int32Array.from(known.keys()));
    // Twice around, so that every history is a stretch.
    const items = new Int32Array(2 * all);
    const strengths = new Float32Array(2 * all);
    for (let at = 0; at < 2 * all; at++) {
      items[at] = known[order[at % all]];
      strengths[at] = values[order[at % all]];
    }
    // A short history is not all targets: half of it stays to find them from.
    const size = Math.min(targets, Math.ceil(all / 2));
    for (let from = 0; from < all; from += size) {
      const to = Math.min(from + size, all);
      const end = to + random.below(Math.min(history, all - (to - from)) + 1);
      examples.push({
        targets: items.subarray(from, to),
        strengths: strengths.subarray(from, to),
        history: items.subarray(to, end),
        weights: strengths.subarray(to, end),
        known,
      });
    }
  }
  return random.shuffle(examples);
}

/** An item chosen c times in an epoch of B batches is in a given one with chance 1 - (1 - 1/B)^c. */
function logChances({ columns, indices }: SparseMatrix, batches: number): Float32Array {
  const counts = new Float64Array(columns);
  for (const item of indices) counts[item]++;
  return Float32Array.from(counts, (count) => (count === 0 ? 0 : Math.log(1 - (1 - 1 / batches) ** count)));
}
