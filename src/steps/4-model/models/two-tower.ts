/** A two-tower network: one tower makes a vector of a history, the other of an item, and their inner product is the score. */

import type { TowerLayer } from "../train/tower.ts";
import { type TrainedTwoTower, type TwoTowerOptions, trainTwoTower } from "../train/train-two-tower.ts";
import {
  artefactFloats,
  artefactIntegers,
  type History,
  type ModelArtefact,
  type Recommender,
  type RecommenderModel,
} from "./recommender.ts";

/**
 * After Yi et al. (2019), "Sampling-bias-corrected neural modeling for large corpus item recommendations". An item brings a learned
 * embedding plus its projected attributes; the item tower makes its vector of that, the user tower a unit's vector of the
 * history's mean. Any history can be asked about, and an item that nobody has chosen is known by its attributes.
 */
export const twoTower: RecommenderModel<TwoTowerOptions> = {
  name: "two-tower",
  defaults: { factors: 32, hidden: [64], epochs: 10, learningRate: 0.003, targets: 8, batch: 64, history: 64 },
  async fit({ interactions, attributes }, options, { random }) {
    const widths = [options.factors, ...options.hidden, options.factors];
    if (interactions.indices.length === 0) return create(zeroParts(widths, interactions.columns));
    return create(partsOf(trainTwoTower(interactions, attributes, options, random), widths, interactions.columns));
  },
  fromArtefact(artefact: ModelArtefact) {
    const floats = (name: string) => artefactFloats(artefact, name);
    const widths = [...artefactIntegers(artefact, "widths")];
    const layers = widths.slice(1).map((outputs, index) => ({
      inputs: widths[index],
      outputs,
      weights: floats(`user.${index}.weights`),
      biases: floats(`user.${index}.biases`),
    }));
    return create({ widths, itemVectors: floats("items"), inputs: floats("inputs"), layers });
  },
};

/** What serving needs: the item tower's work is done for every item, and the user tower's is done at each request. */
interface TwoTowerParts {
  readonly widths: readonly number[];
  readonly itemVectors: Float32Array;
  /** Items x factors: what an item of a history brings into the user tower. */
  readonly inputs: Float32Array;
  readonly layers: readonly TowerLayer[];
}

function create({ widths, itemVectors, inputs, layers }: TwoTowerParts): Recommender {
  const [factors] = widths;
  const items = itemVectors.length / factors;
  const embed = (history: History) => embedHistory(history, inputs, layers, factors);
  return {
    model: twoTower.name,
    items,
    score(history) {
      const unit = embed(history);
      return Float32Array.from({ length: items }, (_, item) => {
        let score = 0;
        for (let d = 0; d < factors; d++) score += unit[d] * itemVectors[item * factors + d];
        return score;
      });
    },
    embedding: { dimensions: factors, itemVectors, embed },
    toArtefact: () => ({
      model: twoTower.name,
      meta: {},
      arrays: {
        widths: Int32Array.from(widths),
        items: itemVectors,
        inputs,
        ...Object.fromEntries(
          layers.flatMap(({ weights, biases }, index) => [
            [`user.${index}.weights`, weights],
            [`user.${index}.biases`, biases],
          ]),
        ),
      },
    }),
  };
}

/** The mean of what the history's items bring, weighted by the signals, through the user tower. */
function embedHistory(
  { indices, values }: History,
  inputs: Float32Array,
  layers: readonly TowerLayer[],
  factors: number,
): Float32Array {
  const mean = new Float32Array(factors);
  const total = values.reduce((sum, value) => sum + value, 0);
  indices.forEach((item, entry) => {
    for (let d = 0; d < factors; d++) mean[d] += (values[entry] / total) * inputs[item * factors + d];
  });
  let from = mean;
  for (const [index, { inputs: width, outputs, weights, biases }] of layers.entries()) {
    const to = biases.slice();
    for (let i = 0; i < width; i++) for (let o = 0; o < outputs; o++) to[o] += from[i] * weights[i * outputs + o];
    if (index < layers.length - 1) for (let o = 0; o < outputs; o++) if (to[o] < 0) to[o] = 0;
    from = to;
  }
  return mean.map((value, d) => value + from[d]);
}

/** Every item through the item tower, a block at a time. */
function partsOf({ network }: TrainedTwoTower, widths: readonly number[], items: number): TwoTowerParts {
  const [factors] = widths;
  const inputs = new Float32Array(items * factors);
  for (let item = 0; item < items; item++) network.inputs.bring(item, inputs, item * factors);
  const itemVectors = new Float32Array(items * factors);
  const block = network.item.input.length / factors;
  for (let from = 0; from < items; from += block) {
    const rows = Math.min(block, items - from);
    network.item.input.set(inputs.subarray(from * factors, (from + rows) * factors));
    network.item.forward(rows);
    itemVectors.set(network.item.output.subarray(0, rows * factors), from * factors);
  }
  const layers = network.user.layers.map((layer) => ({
    ...layer,
    weights: layer.weights.slice(),
    biases: layer.biases.slice(),
  }));
  return { widths, itemVectors, inputs, layers };
}

/** Trained on nothing: every score is 0. */
function zeroParts(widths: readonly number[], items: number): TwoTowerParts {
  const [factors] = widths;
  const layers = widths.slice(1).map((outputs, index) => ({
    inputs: widths[index],
    outputs,
    weights: new Float32Array(widths[index] * outputs),
    biases: new Float32Array(outputs),
  }));
  return {
    widths,
    itemVectors: new Float32Array(items * factors),
    inputs: new Float32Array(items * factors),
    layers,
  };
}
