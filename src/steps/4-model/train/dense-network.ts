/** A small network of dense layers with rectified linear units and one output: values, derivatives, and Adam. */

import type { Random } from "../../../core/random.ts";
import { type AdamOptions, createAdam } from "./adam.ts";

/** z = W'a + b, and max(0, z) after every layer but the last. Weights lie input after input. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/** Layers of the given widths, weights normal with variance 2 / inputs (He et al. 2015), biases 0. */
export function createLayers(widths: readonly number[], random: Random): DenseLayer[] {
  return widths.slice(1).map((outputs, index) => {
    const inputs = widths[index];
    const spread = Math.sqrt(2 / inputs);
    const weights = Float64Array.from({ length: inputs * outputs }, () => spread * random.normal());
    return { inputs, outputs, weights, biases: new Float64Array(outputs) };
  });
}

export function copyLayers(layers: readonly DenseLayer[]): DenseLayer[] {
  return layers.map((layer) => ({ ...layer, weights: layer.weights.slice(), biases: layer.biases.slice() }));
}

/** Layers of the same shape, all 0: where derivatives are added up. */
export function zeroLayers(layers: readonly DenseLayer[]): DenseLayer[] {
  return layers.map((layer) => ({
    ...layer,
    weights: new Float64Array(layer.weights.length),
    biases: new Float64Array(layer.biases.length),
  }));
}

/** What a row makes of each layer: the inputs first, then each layer's outputs. Filled anew for each row. */
export function createActivations(layers: readonly DenseLayer[]): Float64Array[] {
  return [new Float64Array(layers[0].inputs), ...layers.map((layer) => new Float64Array(layer.outputs))];
}

/** Fills the activations after the first and returns the network's output. */
export function runForward(layers: readonly DenseLayer[], activations: readonly Float64Array[]): number {
  for (let index = 0; index < layers.length; index++) {
    const { inputs, outputs, weights, biases } = layers[index];
    const from = activations[index];
    const to = activations[index + 1];
    to.set(biases);
    for (let i = 0; i < inputs; i++) {
      const value = from[i];
      if (value === 0) continue;
      const start = i * outputs;
      for (let o = 0; o < outputs; o++) to[o] += value * weights[start + o];
    }
    if (index === layers.length - 1) return to[0];
    for (let o = 0; o < outputs; o++) if (to[o] < 0) to[o] = 0;
  }
  return activations[0][0];
}

/**
 * Adds the derivatives of one row to `sums` (shaped as the layers), given the loss's derivative by the output. `slopes` is shaped as
 * the activations: scratch for the loss's derivatives by them.
 */
export function addDerivatives(
  layers: readonly DenseLayer[],
  activations: readonly Float64Array[],
  slope: number,
  slopes: readonly Float64Array[],
  sums: readonly DenseLayer[],
): void {
  slopes[layers.length][0] = slope;
  for (let index = layers.length - 1; index >= 0; index--) {
    const { inputs, outputs, weights } = layers[index];
    const from = activations[index];
    const [before, after] = [slopes[index], slopes[index + 1]];
    const { weights: weightSums, biases: biasSums } = sums[index];
    for (let o = 0; o < outputs; o++) biasSums[o] += after[o];
    for (let i = 0; i < inputs; i++) {
      const value = from[i];
      const start = i * outputs;
      before[i] = 0;
      // A unit at 0 passes nothing on: neither its weights nor what lies before it moves.
      if (value === 0) continue;
      for (let o = 0; o < outputs; o++) weightSums[start + o] += value * after[o];
      if (index === 0) continue;
      let slopeHere = 0;
      for (let o = 0; o < outputs; o++) slopeHere += weights[start + o] * after[o];
      before[i] = slopeHere;
    }
  }
}

/** A function that moves the layers by one step of Adam and clears the derivatives; biases do not decay. */
export function createLayersAdam(layers: readonly DenseLayer[], { learningRate, weightDecay }: AdamOptions) {
  const parts = layers.map(({ weights, biases }) => ({
    weights: createAdam(weights, { learningRate, weightDecay }),
    biases: createAdam(biases, { learningRate }),
  }));
  return (sums: readonly DenseLayer[], rows: number): void => {
    for (const [index, { weights, biases }] of parts.entries()) {
      weights.step(sums[index].weights, rows);
      biases.step(sums[index].biases, rows);
    }
  };
}
